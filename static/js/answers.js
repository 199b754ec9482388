/* Forms to be answered: fields that depend on others come and go, by the same rules as form_builder/conditions.py.
   [data-answer] holds .rp-qfield[data-field][data-type], some with data-show-if='{"field", "test", "value"}'. */
(() => {
  "use strict";
  const { ready, all } = window.rp;

  /* What a field holds: text, or a list of what is ticked. */
  function valueOf(field) {
    const key = `f-${field.dataset.field}`;
    if (field.dataset.type === "choices") return [...field.querySelectorAll("input:checked")].map((box) => box.value);
    const ticked = field.querySelector("input:checked");
    if (ticked) return ticked.value;
    const control = field.querySelector(`[name="${key}"]`);
    return control && !["radio", "checkbox"].includes(control.type) ? control.value.trim() : "";
  }
  const isEmpty = (value) => value === "" || (Array.isArray(value) && value.length === 0);
  const figure = (value) => (value === "" ? NaN : Number(String(value).replace(",", ".")));

  function holds(rule, value) {
    if (isEmpty(value)) return false;
    switch (rule.test) {
      case "is": return value === rule.value;
      case "is_not": return value !== rule.value;
      case "has": return [].concat(value).includes(rule.value);
      case "at_least": return figure(value) >= figure(rule.value);
      case "at_most": return figure(value) <= figure(rule.value);
      case "from": return value >= rule.value;
      case "until": return value <= rule.value;
      default: return true;
    }
  }

  function settle(form) {
    const fields = [...form.querySelectorAll(".rp-qfield")], byKey = new Map(fields.map((f) => [f.dataset.field, f]));
    let sectionHidden = false;
    fields.forEach((field) => {
      const rule = field.dataset.showIf ? JSON.parse(field.dataset.showIf) : null;
      const other = rule && byKey.get(rule.field);
      const fits = !rule || Boolean(other && !other.hidden && holds(rule, valueOf(other)));
      if (field.dataset.type === "section") sectionHidden = !fits;
      field.hidden = !fits || sectionHidden;
    });
  }

  ready((scope) => all(scope, "[data-answer]").forEach((form) => {
    if (form.dataset.answerOn) return;
    form.dataset.answerOn = "1";
    form.addEventListener("input", () => settle(form));
    form.addEventListener("change", () => settle(form));
    settle(form);
  }));
  document.addEventListener("htmx:afterSwap", (e) => { const form = e.target.closest?.("[data-answer]"); if (form) settle(form); });
})();
