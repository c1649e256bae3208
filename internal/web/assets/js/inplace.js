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
    if (event.defaultPrevented || !region || !(form.classList.contains("actions") || region.matches("[data-in-place=all]"))) return;
    event.preventDefault();
    const pressed = /** @type {HTMLButtonElement | null} */ (event.submitter);
    const row = form.closest("li[id]")?.id ?? "";
    const to = pressed?.hasAttribute("formaction") ? pressed.formAction : form.action;
    const what = new FormData(form, pressed);
    before = before.then(() => send(to, what)).then((answer) => {
      const fresh = answer?.getElementById(region.id);
      if (!fresh) return location.reload();
      replace(page, /** @type {Document} */ (answer));
      said.textContent = `Kept: ${pressed?.textContent ?? ""}`;
      focusIn(page, fresh, row, to);
    });
  });
}

/** Brings the lists of a page up to date, when something else changed them. What is being typed into one stays. @param {Document} page */
export async function refresh(page) {
  const answer = await send(location.pathname + location.search, null);
  if (!answer) return;
  const { activeElement } = page;
  const region = activeElement?.closest("[data-in-place]");
  const row = region ? activeElement?.closest("li[id]")?.id ?? "" : "";
  /** @type {Map<string, [string, number | null]>} */
  const typed = new Map();
  for (const field of page.querySelectorAll("[data-in-place] :is(input:not([type=hidden]), textarea)")) {
    const { id, value, defaultValue } = /** @type {HTMLInputElement} */ (field);
    if (value !== defaultValue) typed.set(id, [value, field === activeElement ? /** @type {HTMLInputElement} */ (field).selectionEnd : null]);
  }
  const focused = activeElement?.id ?? "";
  replace(page, answer);
  for (const [id, [value, caret]] of typed) {
    const field = /** @type {HTMLInputElement | null} */ (page.getElementById(id));
    if (field) field.value = value;
    if (field && caret !== null) {
      field.focus({ preventScroll: true });
      field.setSelectionRange(caret, caret);
    }
  }
  if (!region || page.activeElement !== page.body) return;
  const again = focused ? page.getElementById(focused) : row ? page.getElementById(row)?.querySelector("button") : null;
  again?.focus({ preventScroll: true });
}

/** The lists of a page give way to those of another. @param {Document} page @param {Document} answer */
function replace(page, answer) {
  for (const region of page.querySelectorAll("[data-in-place]")) {
    const other = answer.getElementById(region.id);
    if (other) region.replaceWith(other);
    else region.replaceChildren();
  }
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
 * @param {FormData | null} form none: the page is only fetched
 * @returns {Promise<Document | null>}
 */
export function send(to, form) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.responseType = "document";
    request.addEventListener("loadend", () => resolve([200, 409, 422].includes(request.status) ? request.responseXML : null));
    request.open(form ? "POST" : "GET", to);
    request.send(form && new URLSearchParams(/** @type {any} */ (form)));
  });
}
