/* Keys for lists: j and k move, Enter or o opens, t takes, x ticks, / searches.
   Everything they do is on the page as a link or a button. */
"use strict";
(() => {
  const table = document.querySelector("table[data-rows]");
  if (!table) return;
  const rows = [...table.tBodies[0].rows].filter((row) => row.querySelector("a"));
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
    // Only the line that was chosen: never silently the first.
    const form = rows[at] && rows[at].querySelector("form[data-take]");
    if (form) form.requestSubmit();
  };
  const tick = () => {
    const box = rows[at] && rows[at].querySelector("input[type=checkbox]");
    if (box) box.click();
  };
  const all = document.querySelector("[data-tick-all]");
  if (all) {
    all.hidden = false;
    all.addEventListener("click", () => {
      const boxes = [...table.querySelectorAll("input[type=checkbox]")];
      const wanted = boxes.some((box) => !box.checked);
      boxes.forEach((box) => { if (box.checked !== wanted) box.click(); });
    });
  }
  const search = () => {
    const field = document.querySelector("input[name=text]");
    if (field) { field.focus(); field.select(); }
  };
  if (table.classList.contains("desk-queue")) sessionStorage.setItem("meldpunt-queue", location.href);
  const deeds = { j: () => move(1), k: () => move(-1), o: open, t: take, x: tick, "/": search };
  for (const [key, deed] of Object.entries(deeds)) globalThis.deskKeys.set(key, deed);
})();
