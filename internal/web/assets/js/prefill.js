// Fills the form of a new win with what a bookmarklet gave along behind the # of the address, which no server sees. It is then taken
// out of the address and of the browser's history. Nothing is kept before the person presses the button.

/** @param {Document} page */
export function prefill(page) {
  const form = page.querySelector("form[data-prefill]");
  const given = new URLSearchParams(location.hash.slice(1));
  if (!(form instanceof HTMLFormElement) || (!given.has("what") && !given.has("link"))) return;
  history.replaceState(null, "", location.pathname);
  for (const name of ["what", "link"]) {
    const field = form.elements.namedItem(name);
    const text = given.get(name)?.trim() ?? "";
    if ((field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement) && text && !field.value) field.value = text.slice(0, 2000);
  }
}
