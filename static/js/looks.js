/* Share pages: [data-looks] counts that somebody looks, by section, without knowing who.
   A POST two seconds after the page is in sight, and one for each section that stays in sight for a second. The random
   id lives in this tab only. Nothing is sent for programs that only open addresses, as mail scanners do. */
(() => {
  "use strict";
  const page = document.querySelector("[data-looks]");
  if (!page || navigator.webdriver === true && !page.hasAttribute("data-looks-test")) { return; }
  const key = "rp-look";
  let tab = "";
  try {
    tab = sessionStorage.getItem(key) || "";
    if (!tab) { tab = crypto.randomUUID(); sessionStorage.setItem(key, tab); }
  } catch { tab = crypto.randomUUID(); }
  const tell = (item) => {
    const body = new URLSearchParams({ tab });
    if (item) { body.set("item", item); }
    fetch(page.dataset.looks, { method: "POST", body, keepalive: true, credentials: "omit" }).catch(() => {});
  };
  const whenSeen = (act) => {
    if (document.visibilityState === "visible") { act(); return; }
    document.addEventListener("visibilitychange", () => whenSeen(act), { once: true });
  };
  whenSeen(() => setTimeout(() => tell(""), 2000));
  const waiting = new Map();
  const watcher = new IntersectionObserver((entries) => {
    entries.forEach((entry) => {
      const item = entry.target.dataset.item;
      if (!entry.isIntersecting) { clearTimeout(waiting.get(item)); return; }
      waiting.set(item, setTimeout(() => { watcher.unobserve(entry.target); whenSeen(() => tell(item)); }, 1000));
    });
  }, { threshold: 0.3 });
  document.querySelectorAll("[data-item]").forEach((section) => watcher.observe(section));
})();
