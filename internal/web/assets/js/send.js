// Ctrl or Cmd with Enter sends the form in which one writes.

/** @param {Document} page */
export function send(page) {
  page.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing || event.repeat) return;
    if (!(event.target instanceof HTMLTextAreaElement) || !event.target.form) return;
    event.preventDefault();
    event.target.form.requestSubmit(event.target.form.querySelector("button:not([type=button])"));
  });
}
