// Selecting a passage in the numbered text fills the form below it: the lines, and the words at both ends.
// Without this script the form works by hand.
"use strict";

(() => {
  const text = document.querySelector("[data-passage-text]");
  const form = document.querySelector("[data-passage-form]");
  if (!text || !form) return;

  const lineOf = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement).closest("[data-line]");
  const field = (name) => form.elements.namedItem(name);

  // What of a line lies before a boundary of the selection.
  const before = (line, node, offset) => {
    const range = document.createRange();
    range.selectNodeContents(line);
    range.setEnd(node, offset);
    return range.toString();
  };

  // The shortest stretch that stands in the line for the first time right there: else the words could be found earlier.
  const opening = (line, start, end) => {
    const whole = line.textContent;
    if (start === 0) return "";
    for (let length = 1; start + length <= whole.length; length += 1) {
      const words = whole.slice(start, start + length);
      if (start + length >= Math.min(end, whole.length) && whole.indexOf(words) === start) return words;
    }
    return whole.slice(start);
  };

  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || selection.rangeCount === 0) return;
    const range = selection.getRangeAt(0);
    const [first, last] = [lineOf(range.startContainer), lineOf(range.endContainer)];
    if (!first || !last || !text.contains(first) || !text.contains(last)) return;
    const start = before(first, range.startContainer, range.startOffset).length;
    const end = before(last, range.endContainer, range.endOffset).length;
    const same = first === last;
    if (!same && end === 0) return; // nothing of the last line is in it: wait until the selection says where it ends
    field("first_line").value = first.dataset.line;
    field("last_line").value = last.dataset.line;
    field("first_words").value = opening(first, start, same ? end : first.textContent.length);
    field("last_words").value = last.textContent.slice(same ? start : 0, end);
  });
})();
