// Copies a text by a button, and says so in the button. Without it the text stands there to be marked.

/** @param {Document} page */
export function copy(page) {
  for (const button of page.querySelectorAll("button[data-copy]")) {
    button.addEventListener("click", () => put(/** @type {HTMLButtonElement} */ (button)));
  }
}

/** @param {HTMLButtonElement} button */
async function put(button) {
  const text = button.dataset.copy ?? "";
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch { // over plain http, or not allowed: it is marked, to be copied by hand
    const shown = document.getElementById("address");
    if (shown) getSelection()?.selectAllChildren(shown);
    button.textContent = "It is marked: copy it now";
  }
  button.setAttribute("aria-live", "polite");
}
