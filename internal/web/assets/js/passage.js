// Marking words in a text to comment on them: what is marked is written into the form, with the text that it stands in. Without
// this one chooses the text and writes the words by hand.

/** @param {Document} page */
export function passages(page) {
  const texts = page.querySelector("[data-passages]");
  const quote = page.querySelector("textarea[name=quote]");
  const field = page.querySelector("select[name=field]");
  if (!texts || !(quote instanceof HTMLTextAreaElement) || !(field instanceof HTMLSelectElement)) return;
  page.addEventListener("selectionchange", () => {
    const marked = page.getSelection();
    if (!marked || marked.isCollapsed || marked.rangeCount === 0) return;
    const passage = around(marked.getRangeAt(0).startContainer);
    if (!passage || around(marked.getRangeAt(0).endContainer) !== passage) return;
    const words = marked.toString().replaceAll(/\s+/g, " ").trim();
    if (!words) return;
    quote.value = words;
    field.value = passage.dataset.passage ?? "";
    show(page, marked.getRangeAt(0));
  });
  quote.addEventListener("input", () => forget());
}

/** The text that a place stands in. @param {Node} place @returns {HTMLElement | null} */
function around(place) {
  const element = place instanceof Element ? place : place.parentElement;
  return element?.closest("[data-passage]") ?? null;
}

/** Keeps the words marked while one writes, where the browser can. @param {Document} page @param {Range} range */
function show(page, range) {
  if (!("highlights" in CSS)) return;
  const kept = page.createRange();
  kept.setStart(range.startContainer, range.startOffset);
  kept.setEnd(range.endContainer, range.endOffset);
  CSS.highlights.set("quoted", new Highlight(kept));
}

function forget() {
  if ("highlights" in CSS) CSS.highlights.delete("quoted");
}
