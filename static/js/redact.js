/* Words that are marked in the text stand in the field that hides them: [data-redact] names the field by its id.
   The page works without it: words may be copied into the field. */
(() => {
  "use strict";
  const text = document.querySelector("[data-redact]");
  const field = text && document.getElementById(text.dataset.redact);
  if (!field) return;
  const marked = () => {
    const chosen = document.getSelection();
    if (!chosen || chosen.isCollapsed || !chosen.rangeCount) return "";
    const range = chosen.getRangeAt(0).cloneRange();
    const first = range.startContainer.parentElement?.closest("[data-redact] p");
    if (!first) return "";
    if (!first.contains(range.endContainer)) range.setEndAfter(first.lastChild); /* a passage stands in one text */
    /* What is only read aloud belongs to no passage. */
    const copy = range.cloneContents();
    copy.querySelectorAll(".visually-hidden").forEach((node) => node.remove());
    return copy.textContent.replace(/\s+/g, " ").trim();
  };
  document.addEventListener("selectionchange", () => {
    const words = marked();
    if (words && words.length <= field.maxLength) field.value = words;
  });
})();
