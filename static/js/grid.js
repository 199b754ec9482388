/* A table of links read like a sheet: arrow keys, Home and End move from cell to cell, the tab key reaches it once.
   Markup: table[data-grid] with one link per cell. A form[data-map-choice] is sent as soon as something is chosen. */
(() => {
  "use strict";
  const on = () => document.documentElement.dataset.keys !== "off";
  document.querySelectorAll("table[data-grid]").forEach((table) => {
    const lines = [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll("td a")]);
    const all = lines.flat();
    if (!all.length) return;
    const here = table.querySelector("td a[aria-current]") || all[0];
    const only = (link) => all.forEach((one) => { one.tabIndex = one === link ? 0 : -1; });
    only(here);
    table.addEventListener("focusin", (e) => { if (all.includes(e.target)) only(e.target); });
    table.addEventListener("keydown", (e) => {
      if (!on() || e.ctrlKey || e.metaKey || e.altKey) return;
      const row = lines.findIndex((line) => line.includes(e.target));
      if (row < 0) return;
      const col = lines[row].indexOf(e.target);
      const to = {
        ArrowRight: [row, col + 1], ArrowLeft: [row, col - 1], ArrowDown: [row + 1, col], ArrowUp: [row - 1, col],
        Home: [row, 0], End: [row, lines[row].length - 1],
      }[e.key];
      const next = to && lines[to[0]]?.[to[1]];
      if (!to) return;
      e.preventDefault();
      if (next) next.focus();
    });
  });
  document.querySelectorAll("form[data-map-choice]").forEach((form) => {
    form.addEventListener("change", (e) => {
      if (e.target.name === "by") form.querySelectorAll("[name=value]").forEach((field) => { field.disabled = true; });
      if (e.target.name === "by" && e.target.value) {
        const empty = Object.assign(document.createElement("input"), { type: "hidden", name: "value", value: "" });
        form.append(empty);
      }
      form.requestSubmit();
    });
  });
})();
