/* Public pages of contests: a moment in the reader's own zone beside the contest's, and words to take along. */
(() => {
  "use strict";
  const style = { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" };
  document.querySelectorAll("time[data-own-zone]").forEach((time) => {
    const at = new Date(time.dateTime);
    const theirs = -at.getTimezoneOffset();
    const said = /([+-])(\d\d):(\d\d)$/.exec(time.dateTime);
    const ours = said ? (said[1] === "-" ? -1 : 1) * (60 * said[2] + +said[3]) : 0;
    if (Number.isNaN(at.getTime()) || theirs === ours) return;
    const line = document.createElement("small");
    line.textContent = time.dataset.ownZone.replace("%s", at.toLocaleString(document.documentElement.lang, style));
    time.append(document.createElement("br"), line);
  });
  if (!navigator.clipboard) return;
  document.querySelectorAll("button[data-copy]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const words = document.getElementById(button.dataset.copy);
      await navigator.clipboard.writeText(words.textContent);
      button.querySelector("span").textContent = button.dataset.copied;
    });
  });
})();
