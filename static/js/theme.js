/* Runs before the first paint (the only script that blocks): light, dark or as the device says.
   Choice in localStorage "rp-theme": light | dark | system. */
(function () {
  "use strict";
  var root = document.documentElement, query = window.matchMedia("(prefers-color-scheme: dark)");
  function choice() { try { return localStorage.getItem("rp-theme") || "system"; } catch (e) { return "system"; } }
  function paint() {
    var wanted = choice(), dark = wanted === "dark" || (wanted === "system" && query.matches);
    root.dataset.bsTheme = dark ? "dark" : "light";
    var meta = document.querySelector('meta[name="theme-color"]');
    if (meta) meta.content = dark ? "#0d0d11" : "#f4f4f7";
    document.querySelectorAll("[data-theme-toggle]").forEach(function (b) { b.setAttribute("aria-pressed", String(dark)); });
    document.querySelectorAll("[data-theme-choice] input").forEach(function (i) { i.checked = i.value === wanted; });
  }
  function choose(wanted) {
    try { if (wanted === "system") localStorage.removeItem("rp-theme"); else localStorage.setItem("rp-theme", wanted); } catch (e) { /* private mode: for this page only */ }
    paint();
  }
  paint();
  document.addEventListener("DOMContentLoaded", paint);
  query.addEventListener("change", paint);
  window.addEventListener("storage", function (e) { if (e.key === "rp-theme") paint(); });
  document.addEventListener("click", function (e) {
    if (e.target.closest("[data-theme-toggle]")) choose(root.dataset.bsTheme === "dark" ? "light" : "dark");
  });
  document.addEventListener("change", function (e) {
    if (e.target.closest("[data-theme-choice]")) choose(e.target.value);
  });
})();
