/* While a report is open: colleagues see that it is, and what is typed into its forms is saved for who types it.
   Nothing is kept in the browser. Without this a form that was refused still comes back with its text. */
"use strict";
(() => {
  const page = document.querySelector("[data-presence]");
  if (!page) return;
  const token = () => document.querySelector("input[name=csrfmiddlewaretoken]").value;
  const deciding = () => Boolean(document.activeElement && document.activeElement.closest("form[data-decide]"));
  const said = (fields) => new URLSearchParams({ csrfmiddlewaretoken: token(), ...fields });
  const present = document.querySelector("[data-present]");
  const tell = async () => {
    if (document.visibilityState === "hidden") return;
    const answer = await fetch(page.dataset.presence, { method: "POST", body: said(deciding() ? { deciding: 1 } : {}) });
    if (!answer.ok) return;
    const words = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (present.textContent.trim() !== words.body.textContent.trim()) present.replaceChildren(...words.body.childNodes);
  };
  const tellQuietly = () => { tell().catch(() => undefined); };
  tellQuietly();
  setInterval(tellQuietly, 20000);
  let was = false;
  document.addEventListener("focusin", () => { if (deciding() !== was) { was = deciding(); tellQuietly(); } });
  addEventListener("pagehide", () => { navigator.sendBeacon(page.dataset.presence, said({ leave: 1 })); });

  for (const name of page.dataset.typed ? page.querySelectorAll("input[type=hidden][name=form]") : []) {
    const form = name.form, status = form.querySelector("[data-saved]");
    let changed = false, timer = 0, asking = null;
    const typed = () => {
      const words = new FormData(form), boxes = new Set();
      for (const field of form.elements) {
        if (field.type === "file") words.delete(field.name);
        if (field.type === "checkbox") boxes.add(field.name);
      }
      // A box that is not ticked is not sent: their names say that none of it was ticked, and not that it was not there.
      if (boxes.size) words.append("boxes", [...boxes].join(" "));
      return new URLSearchParams(words);
    };
    const save = async () => {
      if (!changed) return;
      changed = false;
      asking = new AbortController();
      try {
        const answer = await fetch(page.dataset.typed, { method: "POST", body: typed(), signal: asking.signal });
        if (!answer.ok || answer.redirected) throw new Error("not saved");
        status.textContent = (await answer.text()).trim();
      } catch (trouble) {
        if (trouble.name === "AbortError") return;
        changed = true;
        status.textContent = status.dataset.trouble;
        timer = setTimeout(save, 10000);
      }
    };
    form.addEventListener("input", () => { changed = true; clearTimeout(timer); timer = setTimeout(save, 1000); });
    form.addEventListener("submit", () => { changed = false; clearTimeout(timer); if (asking) asking.abort(); });
    addEventListener("pagehide", () => { if (changed) navigator.sendBeacon(page.dataset.typed, typed()); });
  }
})();
