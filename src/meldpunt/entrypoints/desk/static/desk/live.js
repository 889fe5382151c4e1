/* A form with a preview shows it anew whenever something in it changes. Without this the button does the same. */
"use strict";
(() => {
  const form = document.querySelector("form[data-live]");
  if (!form) return;
  let asked = 0;
  const show = async (event) => {
    const number = (asked += 1);
    const said = new FormData(form);
    said.set("preview", "1");
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(said) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    // An answer that a later change overtook, or one without the form (a session that ended), changes nothing.
    if (number !== asked || !page.querySelector("form[data-live]")) return;
    // Another delimiter makes other columns: then the whole form is another.
    const whole = ["delimiter", "has_header"].includes(event.target.name);
    const parts = whole ? ["form[data-live]"] : ["#words-of-class"];
    for (const part of [...parts, `#${form.dataset.live}`]) {
      const now = document.querySelector(part), next = page.querySelector(part);
      if (now && next && !now.contains(document.activeElement)) now.replaceChildren(...next.childNodes);
      else if (now && next && whole) { now.replaceChildren(...next.childNodes); form.elements[event.target.name].focus(); }
    }
  };
  form.addEventListener("change", (event) => { show(event).catch(() => undefined); });
})();
