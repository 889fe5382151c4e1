/* During a call: how long it lasts, and keys for the left hand. With Alt, each goes to the field that names it; nothing
   is sent by a key alone. Without this, Tab goes the same way and the page says the same. */
"use strict";
(() => {
  const timer = document.querySelector("[data-timer]");
  const form = document.querySelector("form.desk-call");
  if (!timer || !form) return;
  const begun = Date.now();
  const two = (number) => String(number).padStart(2, "0");
  const show = () => {
    const seconds = Math.floor((Date.now() - begun) / 1000);
    timer.textContent = `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
  };
  timer.closest("p").hidden = false;
  show();
  setInterval(show, 1000);
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const field = form.querySelector(`[data-key="${event.code.replace("Key", "").toLowerCase()}"]`);
    if (!field) return;
    event.preventDefault();
    field.focus();
  });
})();
