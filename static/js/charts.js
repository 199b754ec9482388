/* Draws a Chart.js chart from the table beside it, so the numbers stay readable, linkable and printable.
   <figure data-chart="line|bar|stack|funnel"><div class="rp-chart"><canvas></canvas></div><details>…<table>…</table></details></figure>
   First column: labels. Each further column: a series. <th data-role="target"> is drawn as a dashed line.
   <td data-v="1234.5"> gives the plain number where the cell shows a formatted one. Chart.js is loaded only when needed. */
(() => {
  "use strict";
  const root = document.documentElement;
  const css = (name) => getComputedStyle(root).getPropertyValue(name).trim();
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  function figureOf(cell) {
    const given = cell.dataset.v;
    if (given !== undefined) return given === "" ? null : Number(given);
    const text = cell.textContent.trim().replace(/[^\d.,−-]/g, "").replace("−", "-").replace(/,(?=\d{3}(\D|$))/g, "");
    return text === "" || text === "-" ? null : parseFloat(text.replace(",", "."));
  }
  let library;
  const load = () => (library ||= new Promise((done, fail) => {
    if (window.Chart) { done(window.Chart); return; }
    const script = document.createElement("script");
    script.src = window.rp.files.chartJs; script.onload = () => done(window.Chart); script.onerror = fail;
    document.head.append(script);
  }));
  const drawn = new Map();
  function draw(Chart, figure) {
    drawn.get(figure)?.destroy();
    const table = figure.querySelector("table"), canvas = figure.querySelector("canvas"), kind = figure.dataset.chart;
    if (!table || !canvas || !table.tHead || !table.tBodies[0]) return;
    const heads = [...table.tHead.rows[0].cells], rows = [...table.tBodies[0].rows], flat = kind === "funnel", stacked = kind === "stack";
    let colour = 0;
    const series = heads.slice(1).map((th, i) => {
      const target = th.dataset.role === "target", ink = target ? css("--rp-ink-3") : css(`--rp-d${(colour++ % 4) + 1}`), lines = kind === "line";
      return {
        label: th.textContent.trim(), data: rows.map((r) => (r.cells[i + 1] ? figureOf(r.cells[i + 1]) : null)), type: target || lines ? "line" : "bar",
        borderColor: ink, backgroundColor: ink, borderWidth: target ? 1.5 : lines ? 2 : 0, borderDash: target ? [4, 4] : [], pointRadius: lines && rows.length === 1 ? 3 : 0, pointHoverRadius: 4,
        tension: 0.25, borderRadius: stacked ? 0 : 4, maxBarThickness: flat ? 22 : 28, categoryPercentage: 0.8, spanGaps: true, order: target ? 0 : 1,
      };
    });
    const ink = css("--rp-ink-3"), font = { family: css("--rp-font"), size: 12 };
    const axis = { stacked, beginAtZero: true, grid: { color: css("--rp-line"), drawTicks: false }, border: { display: false }, ticks: { color: ink, padding: 8, maxTicksLimit: 5, font, precision: 0 } };
    const plain = { stacked, grid: { display: false }, border: { display: false }, ticks: { color: ink, padding: 6, maxRotation: 0, autoSkipPadding: 12, font } };
    if (series.some((s) => s.data.some((v) => v !== null && v % 1))) delete axis.ticks.precision;
    drawn.set(figure, new Chart(canvas, {
      type: "bar", data: { labels: rows.map((r) => r.cells[0].textContent.trim()), datasets: series },
      options: {
        indexAxis: flat ? "y" : "x", maintainAspectRatio: false, animation: false, locale: root.lang, interaction: { mode: "index", intersect: false, axis: flat ? "y" : "x" },
        scales: flat ? { x: axis, y: plain } : { y: axis, x: plain },
        plugins: {
          legend: { display: series.length > 1, align: "start", labels: { sort: (a, b) => a.datasetIndex - b.datasetIndex, color: css("--rp-ink-2"), boxWidth: 10, boxHeight: 2, padding: 16, font } },
          tooltip: { backgroundColor: css("--rp-ink"), titleColor: css("--rp-surface"), bodyColor: css("--rp-surface"), padding: 10, cornerRadius: 8, boxWidth: 8, boxHeight: 8, boxPadding: 4, titleFont: font, bodyFont: font, animation: still.matches ? false : undefined },
        },
      },
    }));
  }
  function all(scope) {
    const figures = [...(scope.matches?.("[data-chart]") ? [scope] : []), ...scope.querySelectorAll("[data-chart]")];
    if (figures.length) load().then((Chart) => figures.forEach((figure) => draw(Chart, figure))).catch(() => figures.forEach((figure) => { figure.classList.add("rp-nochart"); const table = figure.querySelector("details"); if (table) table.open = true; }));
  }
  window.rp.ready(all);
  document.addEventListener("htmx:beforeCleanupElement", (e) => { drawn.get(e.target)?.destroy(); drawn.delete(e.target); });
  new MutationObserver(() => all(document)).observe(root, { attributes: true, attributeFilter: ["data-bs-theme"] });
})();
