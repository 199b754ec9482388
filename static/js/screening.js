/* Screening by keyboard: 1–5 judge the next open question, a approves (pressed twice, or once when the button has the focus),
   p parks, n does not approve (so does r), j and k go on and back. The page works without it. */
(() => {
  "use strict";
  const form = document.querySelector("[data-screening]");
  if (!form) return;
  const rates = [...form.querySelectorAll(".rp-rate")];
  const isOpen = (rate) => !rate.querySelector("input:checked");
  const focusNext = () => (rates.find(isOpen)?.querySelector("input") || form.querySelector("[data-key='a']")).focus();

  /* The sum as it grows. */
  const total = form.querySelector("[data-total]");
  const add = () => {
    const levels = rates.map((rate) => Number(rate.querySelector("input:checked")?.value || 0));
    if (levels.some(Boolean)) total.textContent = levels.reduce((sum, level) => sum + level, 0);
  };
  form.addEventListener("change", add);
  add();

  function judge(level) {
    const rate = document.activeElement?.closest?.(".rp-rate") || rates.find(isOpen) || rates[0];
    const radio = rate.querySelector(`input[value="${level}"]`);
    if (!radio) return;
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
    focusNext();
  }
  function explain(selector) {
    const reasons = form.querySelector("[data-reason]");
    reasons.open = true;
    const field = reasons.querySelector("textarea");
    if (field.value.trim() && document.activeElement !== field) form.requestSubmit(form.querySelector(selector));
    else { field.dataset.enter = selector; field.focus(); }
  }
  /* A customer is written to: the button takes the focus first, and is pressed when it has it. */
  function approve() {
    const button = form.querySelector("[data-key='a']");
    if (document.activeElement === button || !rates.some(isOpen)) form.requestSubmit(button);
    else button.focus();
  }
  const keys = {
    a: approve,
    p: () => explain("[data-park]"),
    n: () => explain("[data-refuse]"),
    r: () => explain("[data-refuse]"),
    j: () => document.querySelector("[data-skip]")?.click(),
    s: () => document.querySelector("[data-skip]")?.click(),
    k: () => document.querySelector("[data-back]")?.click(),
  };

  document.addEventListener("keydown", (e) => {
    if (document.documentElement.dataset.keys === "off" || e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey) return;
    if (e.target.matches("input:not([type=radio]), textarea, select, [contenteditable]") || document.querySelector("dialog[open]")) return;
    const act = /^[1-5]$/.test(e.key) ? () => judge(e.key) : keys[e.key.toLowerCase()];
    if (act) { e.preventDefault(); act(); }
  });
  /* Ctrl Enter in the reason does what it was opened for, not "approve" (forms.js would press the first button). */
  form.addEventListener("keydown", (e) => {
    if (!e.target.matches("textarea[name=reason]") || e.key !== "Enter" || !(e.ctrlKey || e.metaKey)) return;
    e.preventDefault(); e.stopPropagation();
    form.requestSubmit(form.querySelector(e.target.dataset.enter || "[data-refuse]"));
  });
})();
