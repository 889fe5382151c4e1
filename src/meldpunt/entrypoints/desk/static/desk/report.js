/* A report: back to the queue as it was narrowed, the first that is suggested under one key and another under a digit,
   and reasons given before under the arrow keys. Everything the keys do is on the page as a link or a button. */
"use strict";
(() => {
  const narrowed = sessionStorage.getItem("meldpunt-queue") || "";
  const asked = narrowed.includes("?") ? narrowed.slice(narrowed.indexOf("?")) : "";
  for (const back of document.querySelectorAll("a[data-back]")) {
    back.href = narrowed || back.href;
    if (!globalThis.deskKeys.has("u")) globalThis.deskKeys.set("u", () => back.click());
  }
  for (const link of document.querySelectorAll("a[data-queue]")) link.search += `&queue=${encodeURIComponent(asked)}`;
  for (const form of document.querySelectorAll("form[data-decide]")) {
    const field = Object.assign(document.createElement("input"), { type: "hidden", name: "queue", value: asked });
    form.append(field);
  }
  const first = document.querySelector("[data-first]");
  if (first) first.focus();
  const { deskKeys, deskEnter, deskLead, deskSay } = globalThis;
  const byId = (id) => document.getElementById(id);

  // Which of the buttons of a form Ctrl+Enter presses.
  for (const link of document.querySelectorAll("[data-by][data-key]")) {
    const choose = () => {
      const field = byId(link.hash.slice(1));
      for (const one of field.form.querySelectorAll("[data-by]")) one.classList.toggle("desk-chosen", one.dataset.by === link.dataset.by);
      deskLead(link);
      deskSay(`${link.firstChild.textContent.trim()}: Ctrl+Enter`);
    };
    deskKeys.set(link.dataset.key, choose);
    link.addEventListener("click", (event) => { event.preventDefault(); choose(); });
  }
  for (const link of document.querySelectorAll("[data-choose]")) {
    const accept = () => { byId(link.dataset.choose).checked = true; deskLead(link); };
    deskKeys.set(link.dataset.key, accept);
    link.addEventListener("click", (event) => { event.preventDefault(); accept(); });
  }

  // The first suggestion is chosen and in focus; a digit chooses another, Enter stays with it, and both go on.
  const rsit = byId("id_rsit");
  const picks = {
    accept_case: {
      all: () => [...document.querySelectorAll("input[name=case]")].filter((one) => one.value),
      take: (one) => { one.checked = true; },
    },
    rsit_suggestion: {
      all: () => [...document.querySelectorAll("[data-suggest]")],
      take: (one) => { if (rsit) rsit.value = one.dataset.suggest; },
    },
  };
  for (const link of document.querySelectorAll("[data-pick]")) {
    const pick = picks[link.dataset.pick], all = pick.all(), then = byId(link.dataset.then);
    const on = (one) => { pick.take(one); if (then) deskEnter(then); };
    const begin = () => {
      if (!all.length) { deskLead(link); return; }
      pick.take(all[0]);
      deskEnter(all[0]);
    };
    deskKeys.set(link.dataset.key, begin);
    link.addEventListener("click", (event) => { event.preventDefault(); begin(); });
    for (const one of all) {
      one.hidden = false;
      one.addEventListener("keydown", (event) => {
        const wanted = event.key === "Enter" ? one : /^[1-9]$/.test(event.key) && all[Number(event.key) - 1];
        if (!wanted || event.ctrlKey || event.altKey || event.metaKey) return;
        event.preventDefault();
        on(wanted);
      });
      if (one.type === "button") one.addEventListener("click", () => on(one));
    }
  }

  // Into a list of boxes: a digit ticks the one in that place, Enter goes on to what is filled in after them.
  for (const link of document.querySelectorAll("[data-tick]")) {
    const boxes = [...document.querySelectorAll(`input[type=checkbox][name=${link.dataset.tick}]`)];
    for (const box of boxes) {
      box.addEventListener("keydown", (event) => {
        if (event.ctrlKey || event.altKey || event.metaKey) return;
        if (event.key === "Enter") { event.preventDefault(); deskEnter(byId(link.dataset.then)); }
        const wanted = /^[1-9]$/.test(event.key) && boxes[Number(event.key) - 1];
        if (wanted) { event.preventDefault(); wanted.click(); }
      });
    }
  }

  // In a reason in which nothing else was typed the arrows go through those given before, for this decision first.
  for (const earlier of document.querySelectorAll("select[data-earlier]")) {
    const reason = earlier.form.querySelector("textarea[name=reason]");
    const offered = () => {
      const groups = [...earlier.querySelectorAll("optgroup")];
      const buttons = [...earlier.form.querySelectorAll("[data-by]")];
      const chosen = buttons.findIndex((one) => one.classList.contains("desk-chosen"));
      const merged = earlier.form.querySelector("input[name=case]:checked");
      const at = buttons.length ? Math.max(chosen, 0) : Number(Boolean(merged && merged.value));
      return [...(groups[at] || earlier).querySelectorAll("option")].map((one) => one.value).filter(Boolean);
    };
    let at = -1;
    reason.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], all = offered();
      if (!step || !all.length || (reason.value && reason.value !== all[at])) return;
      event.preventDefault();
      at = (at + step + all.length + (at < 0 && step < 0 ? 1 : 0)) % all.length;
      reason.value = all[at];
      reason.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
})();
