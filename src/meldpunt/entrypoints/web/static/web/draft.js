/* A form that is kept while it is filled in: a few seconds after the last key, and when the page is left. Files are not.
   Without this the button on the page does the same. */
"use strict";
(() => {
  const status = document.querySelector("[data-draft]");
  const form = status && status.closest("form");
  if (!form) return;
  let changed = false, timer = 0, sending = false;
  const words = () => {
    const said = new FormData(form);
    for (const [name, value] of [...said]) if (value instanceof File) said.delete(name);
    return said;
  };
  const later = (milliseconds) => { clearTimeout(timer); timer = setTimeout(save, milliseconds); };
  const save = async () => {
    if (sending || !changed) return;
    changed = false;
    sending = true;
    try {
      const answer = await fetch(status.dataset.draft, { method: "POST", body: words() });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      // What is refused for a reason is said on a page of its own.
      if (!answer.ok) throw new Error(answer.status === 409 ? page.querySelector("main p").textContent : "");
      status.replaceChildren(...page.body.childNodes);
    } catch (trouble) {
      changed = true;
      status.textContent = (trouble instanceof TypeError ? "" : trouble.message) || status.dataset.trouble;
      later(10000);
    } finally {
      sending = false;
    }
  };
  form.addEventListener("input", () => { changed = true; later(3000); });
  form.addEventListener("submit", () => { changed = false; clearTimeout(timer); });
  addEventListener("pagehide", () => { if (changed) navigator.sendBeacon(status.dataset.draft, words()); });
})();
