// Keeping a win from anywhere: the layout's dialog opens in place of the page /wins/new.

/** @param {Document} page */
export function capture(page) {
  const dialog = page.querySelector("dialog#capture");
  if (!(dialog instanceof HTMLDialogElement)) return;
  page.addEventListener("click", (event) => {
    const pressed = event.target instanceof Element ? event.target : null;
    if (pressed?.closest("[data-capture]") && !withModifier(event)) {
      event.preventDefault();
      dialog.showModal();
    } else if (pressed?.closest("[data-close]") || pressed === dialog) {
      pressed.closest("dialog")?.close();
    }
  });
}

/** Opens the dialog, or the page where there is none. @param {Document} page */
export function openCapture(page) {
  const dialog = page.querySelector("dialog#capture");
  if (dialog instanceof HTMLDialogElement) dialog.showModal();
  else location.assign("/wins/new");
}

/** Pressed for a new tab or window. @param {MouseEvent} event */
function withModifier(event) {
  return event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0;
}
