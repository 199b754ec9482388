/* What every page shares: words, toasts, the error note, relative times, menus and dialogs. No build step.
   Other scripts use window.rp: words, toast(), problem(), say(), ready(fn). Strict CSP: nothing is evaluated,
   styles are never written as attributes. */
(() => {
  "use strict";
  const root = document.documentElement;
  const files = { ...document.currentScript.dataset }; /* addresses of what is loaded only where it is needed */
  const data = document.getElementById("rp-words");
  const words = data ? JSON.parse(data.textContent) : {};
  const word = (key, values = {}) => (words[key] || key).replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

  /* Run for the page and again for everything that htmx brings. */
  const jobs = [];
  const ready = (job) => { jobs.push(job); job(document); };
  document.addEventListener("htmx:load", (e) => { if (e.detail.elt !== document.body) jobs.forEach((job) => job(e.detail.elt)); });
  const all = (scope, selector) => [...(scope.matches?.(selector) ? [scope] : []), ...scope.querySelectorAll(selector)];

  const make = (tag, css, text) => {
    const node = document.createElement(tag);
    if (css) node.className = css;
    if (text) node.textContent = text;
    return node;
  };
  const icon = (name) => { const i = make("i", `ic ic-${name}`); i.setAttribute("aria-hidden", "true"); return i; };

  /* ---------- say: to screen readers only ---------- */
  const live = document.getElementById("rp-live");
  const say = (text) => { if (live) { live.textContent = ""; setTimeout(() => { live.textContent = text; }, 60); } };
  document.addEventListener("say", (e) => say(e.detail.value || e.detail.text));
  document.addEventListener("htmx:afterSettle", (e) => {
    const counted = e.target.querySelector?.("[data-say]");
    if (counted) say(counted.dataset.say || counted.textContent.trim());
  });

  /* ---------- toasts: confirm and undo, never errors ---------- */
  const tray = document.getElementById("rp-toasts");
  const leave = (node) => { node.classList.add("going"); setTimeout(() => node.remove(), 200); };
  const stay = (node, seconds) => {
    let timer;
    const start = () => { clearTimeout(timer); timer = setTimeout(() => leave(node), seconds * 1000); };
    const hold = () => clearTimeout(timer);
    node.addEventListener("mouseenter", hold); node.addEventListener("focusin", hold);
    node.addEventListener("mouseleave", start); node.addEventListener("focusout", start);
    start();
  };
  const closer = (node) => {
    const button = make("button", "rp-x");
    button.type = "button"; button.setAttribute("aria-label", word("close")); button.append(icon("x"));
    button.addEventListener("click", () => leave(node));
    return button;
  };
  function toast(detail) {
    const { text, tone = "ok", undo, link, icon: picture } = typeof detail === "string" ? { text: detail } : detail;
    if (tone === "stop") { problem(text); return; }
    if (!tray || !text) return;
    const node = make("div", "rp-toast");
    node.append(icon(picture || (tone === "wait" ? "alert" : "check")), make("span", "rp-grow", text));
    if (link) { const a = make("a", "", link.text); a.href = link.url; node.append(a); }
    if (undo) {
      const button = make("button", "", (undo.text || word("undo")));
      button.type = "button";
      button.addEventListener("click", () => {
        button.disabled = true;
        window.htmx.ajax("POST", undo.url || undo, { source: node, target: undo.target || node, swap: undo.target ? (undo.swap || "outerHTML") : "none" }).then(() => leave(node));
      });
      node.append(button);
    }
    node.append(closer(node));
    tray.append(node);
    while (tray.children.length > 3) tray.firstElementChild.remove();
    stay(node, undo || link ? 14 : 7);
  }
  if (tray) [...tray.querySelectorAll("[data-toast]")].forEach((node) => { node.append(closer(node)); stay(node, 9); });
  document.addEventListener("toast", (e) => toast(e.detail.value !== undefined ? e.detail.value : e.detail));

  /* ---------- the note for what went wrong: stays until it is read ---------- */
  const alerts = document.getElementById("rp-alerts");
  function problem(text, { id = "", again = null, reload = false, tone = "stop" } = {}) {
    if (!alerts) return null;
    const node = make("div", `rp-note ${tone} rp-problem`), body = make("div", "rp-grow"), line = make("p", "", text);
    node.append(icon("alert"), body);
    body.append(line);
    if (id) { const ref = make("small", "rp-ref"); ref.textContent = word("reference", { id }); body.append(ref); }
    const button = again ? make("button", "btn btn-line btn-sm", word("again")) : reload ? make("button", "btn btn-line btn-sm", word("reload")) : null;
    if (button) {
      button.type = "button";
      button.addEventListener("click", () => { node.remove(); if (again) again(); else location.reload(); });
      body.append(button);
    }
    const same = [...alerts.querySelectorAll(".rp-problem p")].find((p) => p.textContent === text);
    if (same) same.closest(".rp-problem").remove();
    node.append(closer(node));
    alerts.prepend(node);
    return node;
  }

  /* ---------- htmx that fails, and sessions that ended ---------- */
  const quiet = (e) => Boolean(e.detail.elt?.closest?.("[data-quiet]"));
  const repeat = (e) => {
    const { elt, requestConfig: c } = e.detail;
    return c && c.verb === "get" ? () => window.htmx.ajax("GET", c.path, { source: elt, target: e.detail.target }) : null;
  };
  document.addEventListener("htmx:beforeSwap", (e) => {
    const { xhr } = e.detail;
    if (xhr.responseURL && new URL(xhr.responseURL, location.href).pathname.startsWith("/auth/login/")) {
      e.detail.shouldSwap = false; e.preventDefault();
      if (!quiet(e)) location.assign(`/auth/login/?next=${encodeURIComponent(location.pathname + location.search)}`);
    }
  });
  document.addEventListener("htmx:responseError", (e) => {
    if (quiet(e)) return;
    const { xhr } = e.detail, id = xhr.getResponseHeader("X-Request-ID") || "";
    const key = { 403: "forbidden", 404: "gone", 409: "conflict", 410: "gone", 429: "busy" }[xhr.status] || "failed";
    const said = xhr.getResponseHeader("X-Problem");
    problem(said || word(key), { id, again: xhr.status >= 500 || xhr.status === 429 ? repeat(e) : null, reload: xhr.status === 409 });
  });
  ["htmx:sendError", "htmx:timeout"].forEach((name) => document.addEventListener(name, (e) => {
    if (!quiet(e)) problem(navigator.onLine ? word("network") : word("offline"), { again: repeat(e), tone: "wait" });
  }));
  document.addEventListener("htmx:swapError", (e) => { if (!quiet(e)) problem(word("failed"), { reload: true }); });

  /* ---------- offline ---------- */
  let line = null;
  window.addEventListener("offline", () => { line = line || problem(word("offline"), { tone: "wait" }); });
  window.addEventListener("online", () => { if (line) { line.remove(); line = null; toast(word("online")); } });

  /* ---------- relative times; refprogram/kernel/templatetags/rp.py counts with the same limits ---------- */
  const relative = new Intl.RelativeTimeFormat(root.lang || "en", { numeric: "auto" });
  const zone = root.dataset.tz || undefined;
  function distance(seconds) {
    const size = Math.abs(seconds), sign = seconds > 0 ? 1 : -1;
    if (size < 45) return null;
    if (size < 3570) return [Math.max(1, Math.round(size / 60)) * sign, "minute"];
    if (size < 84600) return [Math.max(1, Math.round(size / 3600)) * sign, "hour"];
    return days(Math.round(size / 86400), sign);
  }
  function days(n, sign) {
    if (n < 14) return [n * sign, "day"];
    if (n < 60) return [Math.round(n / 7) * sign, "week"];
    if (n < 700) return [Math.round(n / 30.44) * sign, "month"];
    return [Math.round(n / 365.25) * sign, "year"];
  }
  function tell(node) {
    const stamp = node.dateTime;
    if (/^\d{4}-\d\d-\d\d$/.test(stamp)) {
      const now = new Date(), n = Math.round((Date.parse(stamp) - Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())) / 864e5);
      node.textContent = relative.format(...days(Math.abs(n), n < 0 ? -1 : 1));
      return;
    }
    const moment = new Date(stamp), far = distance((moment - Date.now()) / 1000);
    if (Number.isNaN(moment.getTime())) return;
    if (far) node.textContent = relative.format(...far);
    if (!node.title) {
      try { node.title = new Intl.DateTimeFormat(root.lang, { dateStyle: "long", timeStyle: "short", timeZone: zone }).format(moment); } catch { /* unknown zone: the server's words stay */ }
    }
  }
  setInterval(() => { if (!document.hidden) document.querySelectorAll("time[data-rel]").forEach(tell); }, 60000);
  ready((scope) => all(scope, "time[data-rel]").forEach((node) => { if (!node.textContent.trim() || !node.title) tell(node); }));

  /* ---------- menus: details.rp-menu closes on Escape, on a click elsewhere and when left ---------- */
  const openMenus = () => document.querySelectorAll("details.rp-menu[open], details.rp-def[open]");
  document.addEventListener("click", (e) => openMenus().forEach((menu) => {
    if (!menu.contains(e.target) || e.target.closest(".rp-menu .rp-pop :is(a, button)")) menu.open = false;
  }));
  document.addEventListener("keydown", (e) => {
    const menu = e.target.closest?.("details.rp-menu[open], details.rp-def[open]");
    if (!menu) return;
    if (e.key === "Escape") { menu.open = false; menu.querySelector("summary").focus(); return; }
    if (!menu.matches(".rp-menu") || !["ArrowDown", "ArrowUp"].includes(e.key)) return;
    const items = [...menu.querySelectorAll(".rp-pop :is(a, button)")], at = items.indexOf(document.activeElement);
    e.preventDefault();
    items[(at + (e.key === "ArrowDown" ? 1 : -1) + items.length) % items.length]?.focus();
  });
  document.addEventListener("toggle", (e) => {
    const pop = e.target.open && e.target.matches?.("details.rp-menu") && e.target.querySelector(".rp-pop");
    if (!pop) return;
    pop.classList.remove("from-left"); // at a phone's left edge it opens to the right, or half of it could not be read
    pop.classList.toggle("from-left", pop.getBoundingClientRect().left < 0);
  }, true);
  document.addEventListener("focusout", (e) => {
    const menu = e.target.closest?.("details.rp-menu[open]");
    if (menu && e.relatedTarget && !menu.contains(e.relatedTarget)) menu.open = false;
  });

  /* ---------- dialogs: [data-dialog=ID] opens, [data-close] closes, a word may be asked for ---------- */
  document.addEventListener("click", (e) => {
    const opener = e.target.closest("[data-dialog]");
    if (opener) { e.preventDefault(); document.getElementById(opener.dataset.dialog)?.showModal(); return; }
    const close = e.target.closest("[data-close]");
    if (close) { e.preventDefault(); close.closest("dialog")?.close(); return; }
    if (e.target.matches("dialog.rp-dialog")) e.target.close();
  });
  document.addEventListener("input", (e) => {
    const asked = e.target.dataset.ask;
    if (asked === undefined) return;
    const go = e.target.form.querySelector("[data-asked]");
    if (go) go.disabled = e.target.value.trim().toLocaleLowerCase() !== asked.toLocaleLowerCase();
  });
  function confirmed(question, action) {
    const dialog = make("dialog", "rp-dialog"), form = make("form"), row = make("div", "rp-dialog-do");
    form.method = "dialog";
    const no = make("button", "btn btn-quiet", word("cancel")), yes = make("button", "btn btn-primary", action || word("go"));
    no.value = ""; yes.value = "yes";
    row.append(no, yes); form.append(make("p", "rp-dialog-ask", question), row); dialog.append(form);
    dialog.setAttribute("aria-label", question);
    document.body.append(dialog);
    dialog.showModal(); yes.focus();
    return new Promise((resolve) => dialog.addEventListener("close", () => { resolve(dialog.returnValue === "yes"); dialog.remove(); }));
  }
  document.addEventListener("htmx:confirm", (e) => {
    if (!e.detail.question) return;
    e.preventDefault();
    confirmed(e.detail.question, e.detail.elt.dataset.confirmYes).then((yes) => { if (yes) e.detail.issueRequest(true); });
  });
  document.addEventListener("submit", (e) => {
    const asks = e.submitter?.dataset.confirm || e.target.dataset.confirm;
    if (!asks || e.target.dataset.confirmedOnce) return;
    e.preventDefault(); e.stopImmediatePropagation();
    confirmed(asks, e.submitter?.dataset.confirmYes || e.submitter?.textContent.trim()).then((yes) => {
      if (!yes) return;
      e.target.dataset.confirmedOnce = "1";
      e.target.requestSubmit(e.submitter);
      delete e.target.dataset.confirmedOnce;
    });
  }, true);

  /* ---------- sections that htmx loads after the page: keep readers informed ---------- */
  document.addEventListener("htmx:beforeRequest", (e) => e.detail.target?.setAttribute?.("aria-busy", "true"));
  document.addEventListener("htmx:afterRequest", (e) => e.detail.target?.removeAttribute?.("aria-busy"));

  window.rp = { words, files, word, toast, problem, say, ready, all, make, icon, confirmed };
})();
