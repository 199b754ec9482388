/* The judging room. Scoring: 1-9 (0 is 10) choose a level of the criterion in hand, n and b go on and back, Ctrl Enter
   sends; the total grows with the levels; what could not be saved is tried again. Ranking: u and d move a line.
   Pairs: 1 and 2 choose, 0 is neither, z takes back. All pages work without it. */
(() => {
  "use strict";
  const { word } = window.rp;
  const typing = (target) => target.matches?.("input:not([type=radio]), textarea, select, [contenteditable]");
  const quiet = (e) => document.documentElement.dataset.keys === "off" || e.defaultPrevented || e.ctrlKey || e.metaKey
    || e.altKey || typing(e.target) || document.querySelector("dialog[open]");

  /* Seconds in which the page was in view and something was done within the last minute. */
  function clock(field) {
    let seen = Date.now();
    const awake = () => { seen = Date.now(); };
    ["keydown", "pointerdown", "scroll", "pointermove"].forEach((kind) => document.addEventListener(kind, awake, { passive: true }));
    setInterval(() => {
      if (!document.hidden && Date.now() - seen < 60_000) field.value = Number(field.value) + 1;
    }, 1000);
  }
  document.querySelectorAll("[data-seconds]").forEach(clock);

  const form = document.querySelector("[data-judging]");
  if (form) scoring(form);
  const list = document.querySelector("[data-ranking]");
  if (list) ranking(list);
  const pair = document.querySelector("[data-pairs]");
  if (pair) comparing(pair);

  function scoring(form) {
    const rows = [...form.querySelectorAll(".rp-criterion")], groups = [...form.querySelectorAll(".rp-rate")];
    const chosen = (group) => group.querySelector("input:checked");
    const total = form.querySelector("[data-total] b");
    function add() {
      let reached = 0, weights = 0;
      rows.forEach((row) => {
        const value = chosen(row)?.value, { weight, lo, hi } = row.dataset;
        if (value === undefined || value === "na") return;
        weights += Number(weight);
        reached += Number(weight) * (Number(value) - Number(lo)) / (Number(hi) - Number(lo));
      });
      if (total) total.textContent = weights ? (100 * reached / weights).toFixed(1) : "–";
    }
    form.addEventListener("change", add);
    add();

    /* A word why, where the level is the lowest or the highest. */
    form.addEventListener("change", (e) => {
      const row = e.target.closest?.(".rp-criterion");
      if (row && (e.target.value === row.dataset.lo || e.target.value === row.dataset.hi)) row.querySelector("[data-why]").open = true;
    });

    const keys = { n: "[data-skip]", s: "[data-skip]", b: "[data-back]" };
    function choose(level) {
      const group = document.activeElement?.closest?.(".rp-rate") || groups.find((one) => !chosen(one)) || groups[0];
      const radio = group?.querySelector(`input[value="${level}"]`);
      if (!radio) return;
      radio.checked = true;
      radio.dispatchEvent(new Event("change", { bubbles: true }));
      const next = groups[groups.indexOf(group) + 1];
      (next ? chosen(next) || next.querySelector("input") : form.querySelector("#comment"))?.focus();
    }
    document.addEventListener("keydown", (e) => {
      if (quiet(e)) return;
      if (/^[0-9]$/.test(e.key)) { e.preventDefault(); choose(e.key === "0" ? "10" : e.key); return; }
      const link = keys[e.key] && form.querySelector(keys[e.key]);
      if (link) { e.preventDefault(); link.click(); }
    });

    const seconds = form.querySelector("[data-seconds]"), saving = form.querySelector("[data-saving]");
    let sent = 0;
    saving?.addEventListener("htmx:beforeRequest", () => { sent = Number(seconds.value); });
    saving?.addEventListener("htmx:afterRequest", (e) => { if (e.detail.successful) seconds.value = Math.max(0, Number(seconds.value) - sent); });
    /* No connection: what is written stays on the page and is saved as soon as there is one. */
    const again = () => window.htmx.trigger(saving, "again");
    saving?.addEventListener("htmx:sendError", () => {
      const line = form.querySelector("#saved");
      line.querySelectorAll("span").forEach((span) => span.remove());
      const note = document.createElement("span");
      note.textContent = word("offline");
      line.append(note);
      setTimeout(again, 5000);
    });
    if (saving) window.addEventListener("online", again);

    fetch(form.dataset.opened, { method: "POST", headers: { "X-CSRFToken": form.dataset.csrf }, credentials: "same-origin" }).catch(() => {});
  }

  function ranking(form) {
    const lines = () => [...form.querySelectorAll("ol > li")];
    const number = () => lines().forEach((line, n) => { line.querySelector("[data-place]").textContent = `${n + 1}.`; });
    function move(line, by) {
      const all = lines(), other = all[all.indexOf(line) + by];
      if (!other) return;
      if (by < 0) other.before(line); else other.after(line);
      number();
      line.focus();
      window.rp.say(line.querySelector("summary").textContent.trim() + ": " + line.querySelector("[data-place]").textContent);
    }
    form.addEventListener("click", (e) => {
      const button = e.target.closest("[data-up], [data-down]");
      if (button) move(button.closest("li"), button.matches("[data-up]") ? -1 : 1);
    });
    form.addEventListener("keydown", (e) => {
      const line = e.target.closest("li");
      if (!line || quiet(e) || !["u", "d"].includes(e.key)) return;
      e.preventDefault();
      move(line, e.key === "u" ? -1 : 1);
    });
  }

  function comparing(form) {
    const words = { 1: "left", ArrowLeft: "left", 2: "right", ArrowRight: "right", 0: "tie" };
    document.addEventListener("keydown", (e) => {
      if (quiet(e)) return;
      const button = words[e.key] ? form.querySelector(`[value="${words[e.key]}"]`) : e.key === "z" && document.querySelector("[data-key='z']");
      if (button) { e.preventDefault(); button.click(); }
    });
  }
})();
