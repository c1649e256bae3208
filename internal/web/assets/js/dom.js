// Two ways to make elements. Nothing here takes HTML as text.

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Partial<HTMLElementTagNameMap[Tag]>} [properties]
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, properties = {}) {
  return Object.assign(document.createElement(tag), properties);
}

/**
 * Shows a dialog that is gone once it is closed.
 * @param {Document} page
 * @param {string} title
 * @param {...Node} content
 */
export function sheet(page, title, ...content) {
  const dialog = element("dialog", { className: "sheet" });
  const heading = element("h2", { textContent: title, id: "sheet-title" });
  dialog.setAttribute("aria-labelledby", heading.id);
  dialog.append(heading, ...content);
  dialog.addEventListener("close", () => dialog.remove());
  page.body.append(dialog);
  dialog.showModal();
  return dialog;
}
