/* [data-at-most=N]: once N of its boxes and times are chosen, the others rest until one is let go. The server checks too. */
(() => {
  "use strict";
  document.querySelectorAll("[data-at-most]").forEach((group) => {
    const fields = [...group.querySelectorAll("input")];
    const chosen = (field) => (field.type === "checkbox" ? field.checked : Boolean(field.value));
    const count = () => {
      const full = fields.filter(chosen).length >= Number(group.dataset.atMost);
      fields.forEach((field) => { field.disabled = full && !chosen(field); });
    };
    group.addEventListener("input", count);
    count();
  });
})();
