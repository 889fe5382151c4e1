/* Single keys. What has `data-key` on the page is pressed by that key; a page's own script may say otherwise:
   `deskKeys.set("t", take)`. No key acts while somebody writes, chooses, or has the list of keys open, none with Ctrl, Alt
   or Meta, and none at all for who switched them off. Ctrl+Enter sends the form somebody writes in, Escape leaves it. */
"use strict";
(() => {
  const deeds = new Map();
  globalThis.deskKeys = deeds;
  const dialog = document.querySelector("dialog.desk-keys");
  const help = document.querySelector("[data-help]");
  const status = document.querySelector("[data-key-status]");
  const say = (words) => { if (status) status.textContent = words; };
  const show = () => { if (dialog && !dialog.open) dialog.showModal(); };
  const call = () => {
    const link = document.querySelector('nav a[href$="/reports/new"]');
    if (link) link.click();
  };
  // Nothing is done to what nobody sees: it is brought into view, and Enter does it.
  const press = (one) => {
    const place = one.getBoundingClientRect();
    if (place.top >= 0 && place.bottom <= innerHeight) { one.click(); return; }
    one.scrollIntoView({ block: "center" });
    one.focus();
    say(`${one.textContent.trim()}: Enter`);
  };
  // A link to a field of the page leads into it, and opens what it is folded in.
  const enter = (field) => {
    for (let one = field.closest("details"); one; one = one.parentElement.closest("details")) one.open = true;
    field.focus();
  };
  const lead = (one) => {
    const field = one.hash && one.pathname === location.pathname && document.getElementById(one.hash.slice(1));
    if (field) enter(field); else press(one);
  };
  Object.assign(globalThis, { deskEnter: enter, deskLead: lead, deskSay: say });
  deeds.set("?", show).set("n", call);
  for (const one of document.querySelectorAll("[data-key]")) deeds.set(one.dataset.key, () => lead(one));
  const send = (form) => {
    const by = form.querySelector(".desk-chosen[data-by]");
    if (by || !form.querySelector("[data-by]")) form.requestSubmit(by);
    else enter(form.querySelector("[data-by]"));
  };
  document.addEventListener("keydown", (event) => {
    const writing = event.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]");
    if (writing && writing.form && event.ctrlKey && event.key === "Enter") { event.preventDefault(); send(writing.form); return; }
    if (writing && event.key === "Escape") { writing.blur(); return; }
    if (dialog && (dialog.open || dialog.dataset.keys === "off")) return;
    if (writing || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
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
