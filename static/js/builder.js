/* Building a form: fields are dragged by their handle, or moved with Alt and the arrow keys; the buttons do the same.
   What one step brings takes the place of the whole builder, so the focus is put back where the hand was. */
(() => {
  "use strict";
  const builder = () => document.getElementById("builder");
  let lifted = null, focusNext = "";

  function send(key, to) {
    const form = document.querySelector(`#line-${key} form`);
    if (!form) return;
    window.htmx.ajax("POST", builder().dataset.builder, {
      target: "#builder", swap: "outerHTML",
      values: { act: "move", key, to, revision: form.elements.revision.value },
    });
  }

  document.addEventListener("dragstart", (e) => {
    const handle = e.target.closest?.("#builder .handle");
    if (!handle) return;
    lifted = handle.closest("li");
    lifted.classList.add("lifted");
    e.dataTransfer.effectAllowed = "move";
    e.dataTransfer.setData("text/plain", lifted.dataset.key);
  });
  document.addEventListener("dragover", (e) => {
    const over = lifted && e.target.closest?.(".rp-built > li");
    if (!over) return;
    e.preventDefault();
    document.querySelectorAll(".rp-built > li.over").forEach((li) => li !== over && li.classList.remove("over"));
    over.classList.toggle("over", over !== lifted);
  });
  document.addEventListener("drop", (e) => {
    const over = lifted && e.target.closest?.(".rp-built > li");
    if (!over) return;
    e.preventDefault();
    const lines = [...over.parentElement.children];
    if (over !== lifted) send(lifted.dataset.key, String(lines.indexOf(over)));
  });
  document.addEventListener("dragend", () => {
    document.querySelectorAll(".rp-built > li").forEach((li) => li.classList.remove("over", "lifted"));
    lifted = null;
  });

  document.addEventListener("keydown", (e) => {
    const line = e.altKey && e.target.closest?.(".rp-built > li");
    if (!line || !["ArrowUp", "ArrowDown"].includes(e.key) || e.target.matches("input, textarea, select")) return;
    const button = document.getElementById(`${e.key === "ArrowUp" ? "up" : "down"}-${line.dataset.key}`);
    if (!button || button.disabled) return;
    e.preventDefault();
    button.click();
  });

  document.addEventListener("click", (e) => {
    const button = e.target.closest?.("#builder [data-move]");
    if (button) focusNext = button.id;
  });
  /* Who is quick has chosen the awaited answer before the fields for another test arrive: the choice is carried over. */
  let answered = "";
  document.addEventListener("htmx:beforeSwap", (e) => {
    if (e.detail.target?.id === "e-awaited") answered = document.getElementById("e-value")?.value || "";
  });
  document.addEventListener("htmx:afterSettle", (e) => {
    const field = e.target.id === "e-awaited" && document.getElementById("e-value");
    if (!field || !answered || field.value === answered) return;
    const drawn = field.value;
    field.value = answered;
    if (field.value !== answered) field.value = drawn; // it is no answer to this test
    else field.dispatchEvent(new Event("change", { bubbles: true }));
  });

  document.addEventListener("htmx:afterSettle", (e) => {
    if (e.target.id !== "builder") return; // other parts of the page come anew, too: the menu's counts, the preview
    const first = document.querySelector("#editing [autofocus]");
    if (focusNext) {
      const key = focusNext.replace(/^(up|down)-/, ""), button = document.getElementById(focusNext);
      (button && !button.disabled ? button : document.getElementById(`edit-${key}`))?.focus();
      focusNext = "";
    } else if (first && document.activeElement === document.body) first.focus();
  });
})();
