/* Keys for lists: j and k move, Enter or o opens, t takes, x ticks, / searches, n takes a call, ? shows the keys.
   On a report: t takes, a goes to the decision, u goes back to the queue as it was narrowed.
   Everything they do is on the page as a link or a button. */
"use strict";
(() => {
  const table = document.querySelector("table[data-rows]");
  const rows = table ? [...table.tBodies[0].rows].filter((row) => row.querySelector("a")) : [];
  const dialog = document.querySelector("dialog.desk-keys");
  const help = document.querySelector("[data-help]");
  const linkOf = (row) => row.querySelector("a");
  // Taking a report or coming back loads the list anew; the line somebody was at stays the line they are at.
  const place = `meldpunt-at:${location.pathname}`;
  const mark = (number) => rows.forEach((row, other) => row.classList.toggle("desk-at", other === number));
  let at = rows.findIndex((row) => linkOf(row).href === sessionStorage.getItem(place));
  mark(at);

  const move = (step) => {
    if (!rows.length) return;
    const within = rows.findIndex((row) => row.contains(document.activeElement));
    at = Math.min(Math.max((within >= 0 ? within : at) + step, 0), rows.length - 1);
    mark(at);
    sessionStorage.setItem(place, linkOf(rows[at]).href);
    linkOf(rows[at]).focus();
  };
  const open = () => { if (rows[at]) linkOf(rows[at]).click(); };
  const take = () => {
    // In a list only the line that was chosen: never silently the first.
    const within = table ? rows[at] : document;
    const form = within && within.querySelector("form[data-take]");
    if (form) form.requestSubmit();
  };
  const tick = () => {
    const box = rows[at] && rows[at].querySelector("input[type=checkbox]");
    if (box) box.checked = !box.checked;
  };
  const all = document.querySelector("[data-tick-all]");
  if (all && table) {
    all.hidden = false;
    all.addEventListener("click", () => {
      const boxes = [...table.querySelectorAll("input[type=checkbox]")];
      const wanted = boxes.some((box) => !box.checked);
      boxes.forEach((box) => { box.checked = wanted; });
    });
  }
  const search = () => {
    const field = document.querySelector("input[name=text]");
    if (field) { field.focus(); field.select(); }
  };
  const call = () => {
    const link = document.querySelector('nav a[href$="/reports/new"]');
    if (link) link.click();
  };
  const QUEUE = "meldpunt-queue";
  const back = document.querySelector("a[data-back]");
  if (table && table.classList.contains("desk-queue")) sessionStorage.setItem(QUEUE, location.href);
  else if (back) back.href = sessionStorage.getItem(QUEUE) || back.href;
  const leave = () => { if (back) back.click(); };
  const decide = () => {
    const form = document.querySelector("form[data-decide]");
    if (!form) return;
    form.closest("details").open = true;
    form.querySelector("[name=reason]").focus();
  };
  const show = () => { if (dialog && !dialog.open) dialog.showModal(); };

  const deeds = {
    j: () => move(1), k: () => move(-1), o: open, t: take, x: tick, a: decide, u: leave, "/": search, n: call, "?": show,
  };
  document.addEventListener("keydown", (event) => {
    const writing = event.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]");
    if (writing || event.ctrlKey || event.metaKey || event.altKey || (dialog && dialog.open)) return;
    const deed = deeds[event.key];
    if (!deed) return;
    event.preventDefault();
    deed();
  });
  // A second click while the first is under way would do the deed twice.
  const sent = new WeakSet();
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "post") return;
    if (sent.has(event.target)) event.preventDefault();
    sent.add(event.target);
    setTimeout(() => sent.delete(event.target), 3000); // a download leaves the page where it is
  });
  if (help && dialog) {
    help.hidden = false;
    help.addEventListener("click", show);
  }
})();
