/* Keys for a report: t takes, a goes to the decision, u goes back to the queue as it was narrowed.
   Everything they do is on the page as a link or a button. */
"use strict";
(() => {
  const back = document.querySelector("a[data-back]");
  if (!back) return;
  back.href = sessionStorage.getItem("meldpunt-queue") || back.href;
  const take = () => {
    const form = document.querySelector("form[data-take]");
    if (form) form.requestSubmit();
  };
  const decide = () => {
    const form = document.querySelector("form[data-decide]");
    if (!form) return;
    form.closest("details").open = true;
    form.querySelector("[name=reason]").focus();
  };
  const deeds = { t: take, a: decide, u: () => back.click() };
  for (const [key, deed] of Object.entries(deeds)) globalThis.deskKeys.set(key, deed);
})();
