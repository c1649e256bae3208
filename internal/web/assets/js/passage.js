// Marking words in a text to comment on them: what is marked is written into the form, with the text that it stands in. Without
// this one chooses the text and writes the words by hand.

import { element } from "./dom.js";

/** @param {Document} page */
export function passages(page) {
  const texts = page.querySelector("[data-passages]");
  const quote = page.querySelector("textarea[name=quote]");
  const field = page.querySelector("select[name=field]");
  const words = page.querySelector("textarea[name=words]");
  if (!texts || !(quote instanceof HTMLTextAreaElement) || !(field instanceof HTMLSelectElement) || !(words instanceof HTMLTextAreaElement)) return;
  const go = element("button", { type: "button", className: "quoting", textContent: "Comment on these words", hidden: true });
  go.addEventListener("click", () => words.focus());
  texts.append(go);
  page.addEventListener("selectionchange", () => {
    const range = markedIn(page);
    if (!range) return;
    quote.value = range.toString().replaceAll(/\s+/g, " ").trim();
    field.value = around(range.startContainer)?.dataset.passage ?? "";
    go.hidden = false;
    keepInSight(page, range);
  });
  quote.addEventListener("input", () => {
    go.hidden = true;
    if ("highlights" in CSS) CSS.highlights.delete("quoted");
  });
}

/** What is marked within one text. @param {Document} page @returns {Range | null} */
function markedIn(page) {
  const marked = page.getSelection();
  if (!marked || marked.isCollapsed || marked.rangeCount === 0 || !marked.toString().trim()) return null;
  const range = marked.getRangeAt(0);
  const text = around(range.startContainer);
  return text && around(range.endContainer) === text ? range : null;
}

/** The text that a place stands in. @param {Node} place @returns {HTMLElement | null} */
function around(place) {
  const within = place instanceof Element ? place : place.parentElement;
  return within?.closest("[data-passage]") ?? null;
}

/** Keeps the words marked while one writes, where the browser can. @param {Document} page @param {Range} range */
function keepInSight(page, range) {
  if (!("highlights" in CSS)) return;
  const kept = page.createRange();
  kept.setStart(range.startContainer, range.startOffset);
  kept.setEnd(range.endContainer, range.endOffset);
  CSS.highlights.set("quoted", new Highlight(kept));
}
