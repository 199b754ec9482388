/* Fields that show what they find below them: the search in the top bar (Ctrl K from anywhere) and the nominate box.
   htmx fills the box; here are only the keys: arrows choose, Enter opens, Escape closes. The field keeps the focus. */
(() => {
  "use strict";
  const { word, say, ready, all } = window.rp;

  function combo(field, box, floating) {
    const options = () => [...box.querySelectorAll("a[href]")];
    let at = -1;
    const choose = (next) => {
      const items = options();
      items.forEach((item, i) => { item.id ||= `${box.id}-${i}`; item.tabIndex = -1; item.setAttribute("aria-selected", String(i === next)); });
      at = next;
      if (items[at]) { field.setAttribute("aria-activedescendant", items[at].id); items[at].scrollIntoView({ block: "nearest" }); } else field.removeAttribute("aria-activedescendant");
    };
    const open = (yes) => {
      if (floating) box.hidden = !yes;
      field.setAttribute("aria-expanded", String(yes && options().length > 0));
      if (!yes) choose(-1);
    };
    const clear = () => { box.replaceChildren(); open(false); };
    field.addEventListener("keydown", (e) => {
      const items = options(), shown = !box.hidden && box.childElementCount > 0;
      if (e.key === "Escape") {
        if (!shown) { if (floating) field.blur(); return; }
        e.preventDefault();
        if (floating) open(false); else clear();
      } else if ((e.key === "ArrowDown" || e.key === "ArrowUp") && items.length) {
        e.preventDefault();
        open(true);
        choose((at + (e.key === "ArrowDown" ? 1 : -1) + items.length) % items.length);
      } else if (e.key === "Enter" && shown && items[at]) { e.preventDefault(); items[at].click(); }
    });
    field.addEventListener("input", () => { if (!field.value.trim()) clear(); });
    field.addEventListener("htmx:beforeRequest", (e) => { if (e.target === field && !field.value.trim()) e.preventDefault(); });
    box.addEventListener("htmx:afterSwap", () => {
      if (!field.value.trim()) { clear(); return; }
      open(true);
      choose(!floating && options().length === 1 ? 0 : -1);
      say(options().map((item) => item.textContent.trim().replace(/\s+/g, " ")).slice(0, 3).join("; ") || word("nothing"));
    });
    return { open, floating };
  }

  const field = document.getElementById("rp-q"), box = document.getElementById("rp-hits");
  if (field && box) {
    const { open } = combo(field, box, true);
    document.addEventListener("keydown", (e) => {
      if ((e.ctrlKey || e.metaKey) && !e.shiftKey && !e.altKey && e.key.toLowerCase() === "k") { e.preventDefault(); field.focus(); field.select(); }
    });
    field.addEventListener("focus", () => { if (box.childElementCount && field.value.trim()) open(true); });
    document.addEventListener("click", (e) => { if (!e.target.closest(".rp-find")) open(false); });
    field.form.addEventListener("focusout", (e) => { if (e.relatedTarget && !field.form.contains(e.relatedTarget)) open(false); });
  }
  ready((scope) => all(scope, "[data-nominate]").forEach((form) => {
    const input = form.querySelector('[role="combobox"]'), list = document.getElementById(input?.getAttribute("aria-controls"));
    if (input && list) combo(input, list, false);
  }));
})();
