/* Single keys. A page's own script says what each key does: `deskKeys.set("t", take)`; this one listens.
   No key acts while somebody writes, chooses, or has the list of keys open, and none with Ctrl, Alt or Meta. */
"use strict";
(() => {
  const deeds = new Map();
  globalThis.deskKeys = deeds;
  const dialog = document.querySelector("dialog.desk-keys");
  const help = document.querySelector("[data-help]");
  const show = () => { if (dialog && !dialog.open) dialog.showModal(); };
  const call = () => {
    const link = document.querySelector('nav a[href$="/reports/new"]');
    if (link) link.click();
  };
  deeds.set("?", show).set("n", call);
  document.addEventListener("keydown", (event) => {
    const writing = event.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]");
    if (writing || event.ctrlKey || event.metaKey || event.altKey || (dialog && dialog.open)) return;
    const deed = deeds.get(event.key);
    if (!deed) return;
    event.preventDefault();
    deed(event);
  });
  if (help && dialog) {
    help.hidden = false;
    help.addEventListener("click", show);
  }
  // A second click while the first is under way would do the deed twice.
  const sent = new WeakSet();
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "post") return;
    if (sent.has(event.target)) event.preventDefault();
    sent.add(event.target);
    setTimeout(() => sent.delete(event.target), 3000); // a download leaves the page where it is
  });
})();
