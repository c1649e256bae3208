// A form is sent once: a second press while the first is under way does nothing. (The server would answer it once anyway: the form key.)

const patience = 10_000; // milliseconds after which it may be pressed again: the line was lost, or the answer was a download

/** @param {Document} page */
export function once(page) {
  page.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (event.defaultPrevented || form.method === "dialog" || form.dataset.again !== undefined) return;
    if (form.dataset.sent) return event.preventDefault();
    sent(form, true);
    setTimeout(() => sent(form, false), patience);
  });
  // A page that comes back from the browser's memory can be sent again.
  window.addEventListener("pageshow", () => {
    for (const form of page.querySelectorAll("form[data-sent]")) sent(/** @type {HTMLFormElement} */ (form), false);
  });
}

/**
 * The buttons are not disabled in the strict sense: that would leave out the pressed one's value and lose the focus.
 * @param {HTMLFormElement} form
 * @param {boolean} under
 */
function sent(form, under) {
  if (under) form.dataset.sent = "yes";
  else delete form.dataset.sent;
  for (const button of form.elements) {
    if (!(button instanceof HTMLButtonElement) || button.type !== "submit") continue;
    if (under) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }
}
