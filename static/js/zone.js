/* Where the reader's zone is not known, their browser knows: chosen in <select data-browser-zone>, and changeable. */
(() => {
  "use strict";
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  document.querySelectorAll("select[data-browser-zone]").forEach((select) => {
    const found = [...select.options].find((option) => option.value === here || option.text === here);
    if (found) found.selected = true;
  });
})();
