// One press in a list that is kept up to date: what was pressed is sent, and the list takes the place of the old one. Without this the
// same press loads the page again. A list is a region with an id and data-in-place; its forms are those with the class actions.

import { element } from "./dom.js";

/** @param {Document} page */
export function inPlace(page) {
  const said = element("p", { className: "hidden-label" });
  said.setAttribute("role", "status");
  page.body.append(said);
  let before = Promise.resolve(); // presses are sent one after the other
  page.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    const region = form.closest("[data-in-place]");
    if (event.defaultPrevented || !region || !form.classList.contains("actions")) return;
    event.preventDefault();
    const pressed = /** @type {HTMLButtonElement | null} */ (event.submitter);
    const row = form.closest("li[id]")?.id ?? "";
    const to = pressed?.hasAttribute("formaction") ? pressed.formAction : form.action;
    const what = new FormData(form, pressed);
    before = before.then(() => send(to, what)).then((answer) => {
      const fresh = answer?.getElementById(region.id);
      if (!fresh) return location.reload();
      for (const region of page.querySelectorAll("[data-in-place]")) {
        const other = answer?.getElementById(region.id);
        if (other) region.replaceWith(other);
        else region.replaceChildren();
      }
      said.textContent = `Kept: ${pressed?.textContent ?? ""}`;
      focusIn(page, fresh, row, to);
    });
  });
}

/**
 * The focus goes to where it was: the same button of the row, else its first one, or the region when the row is gone.
 * @param {Document} page
 * @param {HTMLElement} region
 * @param {string} row
 * @param {string} to
 */
function focusIn(page, region, row, to) {
  const buttons = [...((row && page.getElementById(row)?.querySelectorAll("button")) || [])];
  const button = buttons.find((each) => each.hasAttribute("formaction") && each.formAction === to) ?? buttons[0];
  if (!button) region.tabIndex = -1;
  (button ?? region).focus({ preventScroll: true });
}

/**
 * Sends a form and gives the page that comes of it, or null when none came. The browser parses it: no text becomes HTML here.
 * @param {string} to
 * @param {FormData} form
 * @returns {Promise<Document | null>}
 */
function send(to, form) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.responseType = "document";
    request.addEventListener("loadend", () => resolve(request.status === 200 ? request.responseXML : null));
    request.open("POST", to);
    request.send(new URLSearchParams(/** @type {any} */ (form)));
  });
}
