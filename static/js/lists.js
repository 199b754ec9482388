/* Lists: keyboard while a list has the focus, selection with its bar, rows that open by a click.
   Markup (rows come from refprogram/kernel/lists.py):
     [data-list] around rows; a row is a tr of tbody or an li; its first link opens it (a.rp-name before others);
     .rp-pick input[type=checkbox] selects it; [data-select-all] selects all; [data-key="p"] is a row's button for p,
     [data-bulk-key="n"] a verb of the selection bar for n.
     [data-focus-list] on a page: its list has the focus at once.
     [data-bulk] around the list and its .rp-bulk bar; [data-bulk-count] and [data-clear-selection] inside the bar. */
(() => {
  "use strict";
  const { word, ready, all, say } = window.rp;

  /* ---------- preference: single keys can be switched off (WCAG 2.1.4) ---------- */
  const on = () => { try { return localStorage.getItem("rp-keys") !== "off"; } catch { return true; } };
  const show = () => { document.documentElement.dataset.keys = on() ? "on" : "off"; document.querySelectorAll("[data-keys-choice]").forEach((box) => { box.checked = on(); }); };
  document.addEventListener("change", (e) => {
    if (!e.target.matches("[data-keys-choice]")) return;
    try { if (e.target.checked) localStorage.removeItem("rp-keys"); else localStorage.setItem("rp-keys", "off"); } catch { /* private mode */ }
    show();
  });
  show();

  /* ---------- j k x Enter / ---------- */
  const rowsOf = (list) => [...list.querySelectorAll("tbody > tr, :scope > li, :scope > ul > li, :scope > ol > li")].filter((row) => !row.hidden && row.querySelector("a[href], button, input"));
  const target = (row) => row.querySelector("a.rp-name") || row.querySelector("a[href], button, input");
  const current = (list) => rowsOf(list).find((row) => row.contains(document.activeElement)) || list.querySelector(".cur");
  const mark = (list, row) => { list.querySelectorAll(".cur").forEach((r) => r.classList.remove("cur")); row?.classList.add("cur"); };
  function step(list, by) {
    const rows = rowsOf(list), at = rows.indexOf(current(list)), next = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + by))];
    if (!next) return;
    mark(list, next);
    target(next)?.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }
  document.addEventListener("focusin", (e) => {
    const list = e.target.closest?.("[data-list]");
    document.querySelectorAll("[data-list] .cur").forEach((row) => { if (!list?.contains(row)) row.classList.remove("cur"); });
    const row = list && rowsOf(list).find((r) => r.contains(e.target));
    if (row) mark(list, row);
  });
  document.addEventListener("keydown", (e) => {
    if (!on() || e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey) return;
    const list = e.target.closest?.("[data-list]");
    if (!list || e.target.matches("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    const row = current(list), key = e.key.length === 1 ? e.key.toLowerCase() : e.key;
    if (key === "j" || key === "k") { e.preventDefault(); step(list, key === "j" ? 1 : -1); return; }
    if (key === "/") {
      const field = document.querySelector("[data-filter-search]") || document.getElementById("rp-q");
      if (field) { e.preventDefault(); field.focus(); field.select?.(); }
      return;
    }
    if (!row) return;
    if (key === "x") {
      const box = row.querySelector(".rp-pick input[type=checkbox]");
      if (box) { e.preventDefault(); box.checked = !box.checked; box.dispatchEvent(new Event("change", { bubbles: true })); }
      return;
    }
    if (key === "Enter" && !e.target.matches("a, button, summary")) { e.preventDefault(); target(row)?.click(); return; }
    if (key.length === 1) {
      const button = row.querySelector(`[data-key="${CSS.escape(key)}"]`);
      const verb = button || list.closest("[data-bulk]")?.querySelector(`.rp-bulk:not([hidden]) [data-bulk-key="${CSS.escape(key)}"]`);
      if (verb) { e.preventDefault(); verb.click(); }
    }
  });

  /* ---------- a page that is worked through by keys begins in its list ---------- */
  ready(() => {
    const list = document.querySelector("[data-focus-list]") && document.querySelector("[data-list]");
    if (list && on() && document.activeElement === document.body && !matchMedia("(hover: none)").matches) list.focus({ preventScroll: true });
  });

  /* ---------- selection ---------- */
  const boxes = (bulk) => [...bulk.querySelectorAll("tbody .rp-pick input[type=checkbox], li .rp-pick input[type=checkbox]")];
  function count(bulk, loud) {
    const every = boxes(bulk), picked = every.filter((b) => b.checked), bar = bulk.querySelector(".rp-bulk"), head = bulk.querySelector("[data-select-all]");
    every.forEach((b) => b.closest("tr, li").classList.toggle("sel", b.checked));
    if (head) { head.checked = every.length > 0 && picked.length === every.length; head.indeterminate = picked.length > 0 && picked.length < every.length; }
    const matching = bulk.querySelector("[data-all-matching]");
    if (matching && picked.length < every.length) { matching.checked = false; }
    if (!bar) return;
    const n = matching?.checked ? Number(matching.dataset.allMatching) : picked.length, text = word("selected", { n: n.toLocaleString(document.documentElement.lang) });
    bar.hidden = picked.length === 0;
    bar.setAttribute("aria-label", text);
    const offer = bar.querySelector("[data-offer-matching]");
    if (offer) offer.hidden = !(matching && picked.length === every.length && Number(matching.dataset.allMatching) > every.length);
    bar.querySelectorAll("[data-bulk-count]").forEach((node) => { node.textContent = text; });
    if (loud) say(text);
  }
  let anchor = null;
  document.addEventListener("click", (e) => {
    const box = e.target.closest?.(".rp-pick input[type=checkbox]"), bulk = e.target.closest?.("[data-bulk]");
    if (!bulk) return;
    if (e.target.closest("[data-clear-selection]")) {
      boxes(bulk).forEach((b) => { b.checked = false; });
      count(bulk, true);
      (bulk.querySelector("[data-list]") || bulk).focus();
      return;
    }
    if (!box || box.matches("[data-select-all]")) return;
    const every = boxes(bulk);
    if (e.shiftKey && anchor && every.includes(anchor)) {
      const [from, to] = [every.indexOf(anchor), every.indexOf(box)].sort((a, b) => a - b);
      every.slice(from, to + 1).forEach((b) => { b.checked = box.checked; });
      count(bulk, true);
    }
    anchor = box;
  });
  document.addEventListener("change", (e) => {
    const bulk = e.target.closest?.("[data-bulk]");
    if (!bulk) return;
    if (e.target.matches("[data-select-all]")) boxes(bulk).forEach((b) => { b.checked = e.target.checked; });
    if (e.target.closest(".rp-pick") || e.target.matches("[data-select-all], [data-all-matching]")) count(bulk, true);
  });
  ready((scope) => {
    const near = scope.closest?.("[data-bulk]");
    all(scope, "[data-bulk]").concat(near ? [near] : []).forEach((bulk) => count(bulk, false));
  });

  /* ---------- a click on a row opens it, unless it means something else ---------- */
  document.addEventListener("click", (e) => {
    const row = e.target.closest?.("[data-list] tbody > tr");
    if (!row || e.target.closest("a, button, input, label, summary, select, .rp-pick") || String(getSelection())) return;
    const link = row.querySelector("a.rp-name");
    if (!link) return;
    if (e.ctrlKey || e.metaKey) window.open(link.href, "_blank", "noopener"); else link.click();
  });
})();
