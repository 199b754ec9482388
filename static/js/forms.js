/* Forms: no double submit, the error summary gets the focus, drafts survive, long lists are typed into. */
(() => {
  "use strict";
  const { word, ready, all, make, icon, say } = window.rp;
  const root = document.documentElement;

  /* ---------- double submit does nothing twice ---------- */
  const release = (form) => {
    delete form.dataset.sending;
    form.querySelectorAll("[data-held]").forEach((button) => { button.disabled = false; button.removeAttribute("aria-busy"); delete button.dataset.held; });
  };
  document.addEventListener("submit", (e) => {
    const form = e.target, submitter = e.submitter;
    if (e.defaultPrevented && !form.matches("[hx-post], [hx-put], [hx-patch], [hx-delete]")) return;
    if (form.method !== "post" && !form.matches("[hx-post], [hx-put], [hx-patch], [hx-delete]")) return;
    if (form.dataset.sending) { e.preventDefault(); e.stopImmediatePropagation(); return; }
    form.dataset.sending = "1";
    const buttons = submitter ? [submitter] : [...form.querySelectorAll("button:not([type=button])")].slice(0, 1);
    setTimeout(() => form.dataset.sending && buttons.forEach((button) => { button.disabled = true; button.dataset.held = ""; button.setAttribute("aria-busy", "true"); }));
    if (form.dataset.again !== undefined) setTimeout(() => release(form), 3000); /* a download leaves the page where it is */
  }, true);
  document.addEventListener("htmx:afterRequest", (e) => { const form = e.detail.elt?.closest?.("form"); if (form?.dataset.sending) release(form); });
  document.addEventListener("htmx:confirm", (e) => { const form = e.detail.elt?.closest?.("form"); if (e.detail.question && form?.dataset.sending) release(form); });
  window.addEventListener("pageshow", (e) => { if (e.persisted) document.querySelectorAll("form[data-sending]").forEach(release); });

  /* ---------- errors: summed at the top, focus moved there ---------- */
  ready((scope) => { const sum = all(scope, ".rp-errors")[0]; if (sum) { sum.tabIndex = -1; sum.focus({ preventScroll: false }); } });
  document.addEventListener("click", (e) => {
    const link = e.target.closest(".rp-errors a[href^='#']");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    e.preventDefault();
    (field.tomselect ? field.tomselect.control_input : field.matches("input, select, textarea") ? field : field.querySelector("input, select, textarea") || field).focus();
    field.scrollIntoView({ block: "center" });
  });

  /* ---------- [data-count-to=N]: how much room is left, said aloud only near the end; nothing is cut off ---------- */
  ready((scope) => all(scope, "textarea[data-count-to]").forEach((field) => {
    const most = Number(field.dataset.countTo), line = make("p", "rp-xs rp-muted m-0 mt-1 text-end");
    const left = () => {
      const room = most - field.value.length;
      line.textContent = word(room < 0 ? "tooLong" : "roomLeft", { n: Math.abs(room).toLocaleString(document.documentElement.lang) });
      line.classList.toggle("text-danger", room < 0);
      line.setAttribute("aria-live", room < most / 20 ? "polite" : "off");
    };
    field.after(line);
    field.addEventListener("input", left);
    field.form?.addEventListener("reset", () => setTimeout(left));
    left();
  }));

  /* ---------- drafts: form[data-draft=KEY], kept in this browser for this person ---------- */
  const store = { get(k) { try { return JSON.parse(localStorage.getItem(k)); } catch { return null; } }, set(k, v) { try { localStorage.setItem(k, JSON.stringify(v)); } catch { /* full or private */ } }, drop(k) { try { localStorage.removeItem(k); } catch { /* private */ } } };
  const prefix = `rp-draft:${root.dataset.user || "link"}:`;
  const week = 7 * 864e5;
  const kept = (field) => field.name && !field.disabled && !["password", "file", "hidden", "submit", "button"].includes(field.type) && field.name !== "csrfmiddlewaretoken" && field.dataset.nodraft === undefined;
  const read = (form) => {
    const values = {};
    [...form.elements].filter(kept).forEach((f) => {
      if (f.type === "checkbox" || f.type === "radio") { if (f.checked) (values[f.name] ||= []).push(f.value); else values[f.name] ||= []; }
      else if (f.multiple) values[f.name] = [...f.selectedOptions].map((o) => ({ v: o.value, t: o.textContent }));
      else if (f.tagName === "SELECT") values[f.name] = f.value ? [{ v: f.value, t: f.selectedOptions[0]?.textContent || "" }] : [];
      else values[f.name] = f.value;
    });
    return values;
  };
  const write = (form, values) => {
    [...form.elements].filter(kept).forEach((f) => {
      const value = values[f.name];
      if (value === undefined) return;
      if (f.type === "checkbox" || f.type === "radio") f.checked = value.includes(f.value);
      else if (f.tagName === "SELECT") {
        value.forEach(({ v, t }) => {
          if (f.tomselect) { f.tomselect.addOption({ id: v, text: t }); f.tomselect.addItem(v, true); return; }
          if (![...f.options].some((o) => o.value === v) && f.dataset.typeahead) f.add(new Option(t, v));
          [...f.options].forEach((o) => { if (o.value === v) o.selected = true; });
        });
      } else f.value = value;
      f.dispatchEvent(new Event("change", { bubbles: true }));
    });
  };
  const blank = (values) => Object.values(values).every((v) => !v.length);
  ready((scope) => all(scope, "form[data-draft]").forEach((form) => {
    if (form.dataset.draftOn) return;
    form.dataset.draftOn = "1";
    const brought = scope !== document; /* by htmx, in answer to what was typed: newer than the draft, and part of it */
    const key = prefix + (form.dataset.draft || location.pathname), first = brought ? {} : read(form);
    const sent = store.get(`${key}:sent`), found = store.get(key);
    const failed = Boolean(form.querySelector(".rp-errors, .is-invalid"));
    store.drop(`${key}:sent`);
    if (sent && !failed) store.drop(key);
    else if (found && !failed && !brought && Date.now() - found.at < week && JSON.stringify(found.values) !== JSON.stringify(first)) {
      write(form, found.values);
      const when = new Intl.DateTimeFormat(root.lang, { dateStyle: "medium", timeStyle: "short" }).format(found.at);
      const note = make("div", "rp-note info rp-draft"), text = make("div", "rp-grow", `${word("draft", { when })} `), drop = make("button", "rp-link", word("discard"));
      drop.type = "button";
      drop.addEventListener("click", () => { store.drop(key); write(form, first); form.reset(); note.remove(); });
      text.append(drop); note.append(icon("edit"), text); form.prepend(note); note.setAttribute("role", "status");
    }
    let timer;
    const save = () => { if (!form.isConnected) return; const values = read(form); if (JSON.stringify(values) === JSON.stringify(first) || blank(values)) store.drop(key); else store.set(key, { at: Date.now(), values }); };
    if (brought && found && !sent) save();
    form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(save, 400); });
    form.addEventListener("change", () => { clearTimeout(timer); timer = setTimeout(save, 400); });
    form.addEventListener("submit", () => { clearTimeout(timer); save(); store.set(`${key}:sent`, 1); });
    form.addEventListener("htmx:afterRequest", (e) => { if (e.detail.elt === form && e.detail.successful) { store.drop(key); store.drop(`${key}:sent`); } });
  }));
  document.addEventListener("submit", (e) => {
    if (!e.target.matches("[data-sign-out]")) return;
    Object.keys(localStorage).filter((k) => k.startsWith("rp-draft:")).forEach((k) => store.drop(k)); /* a shared machine keeps nothing */
  });

  /* ---------- type-ahead: <select data-typeahead="/url/"> answers [{id, text, sub}] ---------- */
  let library;
  const tomSelect = () => (library ||= new Promise((done, fail) => {
    if (window.TomSelect) { done(window.TomSelect); return; }
    const script = document.createElement("script");
    script.src = window.rp.files.tomSelect; script.onload = () => done(window.TomSelect); script.onerror = fail;
    document.head.append(script);
  }));
  const option = (item, escape) => `<div><span class="rp-opt">${escape(item.text)}</span>${item.sub ? `<small>${escape(item.sub)}</small>` : ""}</div>`;
  ready((scope) => {
    const selects = all(scope, "select[data-typeahead], select[data-pickmany]").filter((s) => !s.tomselect);
    if (!selects.length) return;
    tomSelect().then((TomSelect) => selects.forEach((select) => {
      if (select.tomselect) return;
      const url = select.dataset.typeahead, label = select.labels?.[0]?.textContent.trim();
      [...select.options].forEach((o) => { if (o.dataset.sub) o.dataset.data = JSON.stringify({ sub: o.dataset.sub }); });
      const picker = new TomSelect(select, {
        valueField: "id", labelField: "text", searchField: url ? [] : ["text", "sub"], sortField: url ? [{ field: "$order" }] : [{ field: "$order" }],
        maxOptions: 50, placeholder: select.dataset.placeholder || word("type"), preload: url ? "focus" : false, loadThrottle: 180,
        plugins: select.multiple ? { remove_button: { title: word("close") } } : {}, closeAfterSelect: !select.multiple, hideSelected: select.multiple || Boolean(url),
        create: select.dataset.create !== undefined, refreshThrottle: 0, selectOnTab: true, openOnFocus: true, allowEmptyOption: false,
        score: url ? () => () => 1 : undefined, shouldLoad: () => true,
        load: url ? (query, done) => {
          const address = new URL(url, location.href);
          address.searchParams.set("q", query);
          (select.dataset.with || "").split(" ").filter(Boolean).forEach((name) => { const other = select.form?.elements[name]; if (other?.value) address.searchParams.set(name, other.value); });
          fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin" })
            .then((r) => (r.ok ? r.json() : Promise.reject(r)))
            .then((items) => { picker.clearOptions((o) => picker.items.includes(String(o.id))); done(items.results || items); say(`${(items.results || items).length}`); })
            .catch(() => done());
        } : undefined,
        render: {
          option, item: (item, escape) => `<div>${escape(item.text)}</div>`,
          no_results: () => `<div class="no-results" role="option" aria-disabled="true">${make("i", "", word("nothing")).innerHTML}</div>`,
          loading: () => `<div class="no-results" role="option" aria-disabled="true">${make("i", "", word("searching")).innerHTML}</div>`,
          option_create: (item, escape) => `<div class="create">${make("i", "", word("add")).innerHTML} <b>${escape(item.input)}</b></div>`,
        },
        onItemAdd: () => { if (select.multiple) { picker.setTextboxValue(""); picker.refreshOptions(); } }, // what was typed is found; the list is whole again
        onChange: () => { if (select.dataset.go !== undefined && select.value) select.form.requestSubmit(); },
      });
      select.setAttribute("aria-hidden", "true");
      if (label) picker.control_input.setAttribute("aria-label", label);
      const described = select.getAttribute("aria-describedby");
      if (described) picker.control_input.setAttribute("aria-describedby", described);
      if (select.matches(".is-invalid")) { picker.wrapper.classList.add("is-invalid"); picker.control_input.setAttribute("aria-invalid", "true"); }
    })).catch(() => { /* without the library the select stays a select */ });
  });

  /* ---------- [data-upload=URL]: files sent ahead of the form; the script comes where there is such a field ---------- */
  let uploading;
  ready((scope) => {
    if (uploading || !all(scope, ".rp-upload").length) return;
    uploading = make("script"); uploading.src = window.rp.files.uploadJs; document.head.append(uploading);
  });

  /* ---------- small things ---------- */
  document.addEventListener("change", (e) => { if (e.target.matches("[data-submit-on-change]")) e.target.form.requestSubmit(); });
  document.addEventListener("input", (e) => {
    const area = e.target;
    if (!area.matches("textarea[data-count]")) return;
    const out = document.getElementById(area.dataset.count);
    if (out) out.textContent = `${area.value.length} / ${area.maxLength}`;
  });
  document.addEventListener("change", (e) => { /* rating: the sentence of the level below the numbers */
    const field = e.target.closest(".rp-rate"), line = field?.querySelector(".lvl");
    if (line && e.target.dataset.say) { const b = make("b", "", `${e.target.value}:`); line.replaceChildren(b, ` ${e.target.dataset.say}`); }
  });
  document.addEventListener("keydown", (e) => {
    if ((e.ctrlKey || e.metaKey) && e.key === "Enter" && e.target.matches("textarea")) { e.preventDefault(); e.target.form?.requestSubmit(); }
    const rate = e.target.closest?.(".rp-rate");
    if (rate && /^[1-9]$/.test(e.key)) { const radio = rate.querySelector(`input[value="${e.key}"]`); if (radio) { radio.checked = true; radio.focus(); radio.dispatchEvent(new Event("change", { bubbles: true })); } }
  });
})();
