// Asks before a half-written text is lost, in forms that carry data-unsaved.
//
// No draft is kept in the browser: what people write here is private, and a browser's storage outlives signing out, is
// written to disk, and would show it to whoever sits down next.

/** @param {Document} page */
export function unsaved(page) {
  /** @type {Set<HTMLFormElement>} */
  const changed = new Set();
  page.addEventListener("input", (event) => {
    const form = event.target instanceof Element ? event.target.closest("form") : null;
    if (form?.dataset.unsaved !== undefined) changed.add(form);
  });
  page.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) changed.delete(/** @type {HTMLFormElement} */ (event.target));
  });
  window.addEventListener("beforeunload", (event) => {
    for (const form of changed) if (form.isConnected && differs(form)) return event.preventDefault();
  });
}

/** Whether a field holds something else than the server sent. @param {HTMLFormElement} form */
function differs(form) {
  return [...form.elements].some((field) => {
    if (field instanceof HTMLTextAreaElement) return field.value !== field.defaultValue;
    if (!(field instanceof HTMLInputElement)) return false;
    if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
    return field.type !== "hidden" && field.value !== field.defaultValue;
  });
}
