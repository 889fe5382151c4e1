/* The queue: a digit opens a view that was kept (0 the whole queue), l goes to the next page, and what was ticked stays
   ticked over pages and after coming back. Only ids are kept, for as long as the window is open. */
"use strict";
(() => {
  const KEPT = "meldpunt-ticked";
  const read = () => { try { return new Set(JSON.parse(sessionStorage.getItem(KEPT) || "[]")); } catch { return new Set(); } };
  const write = (ids) => sessionStorage.setItem(KEPT, JSON.stringify([...ids]));

  // A page that says what became of reports: those are ticked no longer.
  for (const done of document.querySelectorAll("[data-done]")) {
    const ids = read();
    for (const id of done.dataset.done.split(" ")) ids.delete(id);
    write(ids);
  }

  for (const tab of document.querySelectorAll("[data-digit]")) globalThis.deskKeys.set(tab.dataset.digit, () => tab.click());
  const table = document.querySelector("table.desk-queue");
  if (!table) return;
  globalThis.deskKeys.set("l", () => { const next = document.querySelector("a[rel=next]"); if (next) next.click(); });
  const form = document.querySelector("form#together");
  const boxes = [...table.querySelectorAll("input[type=checkbox][name=report]")];
  if (!form || !boxes.length) return;
  const bar = form.querySelector("[data-ticked]");
  const show = () => {
    const ids = read();
    const here = boxes.filter((box) => box.checked).length;
    bar.hidden = ids.size === 0;
    bar.querySelector("[data-count]").textContent = ids.size;
    bar.querySelector("[data-elsewhere]").textContent = ids.size - here;
  };
  const keep = () => {
    const ids = read();
    for (const box of boxes) { if (box.checked) ids.add(box.value); else ids.delete(box.value); }
    write(ids);
    show();
  };
  const restore = () => {
    const ids = read();
    for (const box of boxes) box.checked = ids.has(box.value);
    show();
  };
  restore();
  addEventListener("pageshow", restore);
  table.addEventListener("change", keep);
  form.querySelector("[data-forget]").addEventListener("click", () => { write(new Set()); restore(); });
  form.addEventListener("submit", () => {
    keep();
    form.querySelectorAll("input[type=hidden]").forEach((field) => field.remove());
    const here = new Set(boxes.map((box) => box.value));
    for (const id of read()) {
      if (here.has(id)) continue;
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name: "report", value: id });
      form.append(field);
    }
  });
})();
