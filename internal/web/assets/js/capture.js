// Keeping a win from anywhere: the layout's dialog opens in place of the page /wins/new, and the page beneath stays as it is.

import { element } from "./dom.js";

/** @param {Document} page */
export function capture(page) {
  const dialog = page.querySelector("dialog#capture");
  const form = dialog?.querySelector("form");
  if (!(dialog instanceof HTMLDialogElement) || !form) return;
  page.addEventListener("click", (event) => {
    const pressed = event.target instanceof Element ? event.target : null;
    if (pressed?.closest("[data-capture]") && !withModifier(event)) {
      event.preventDefault();
      openCapture(page);
    } else if (pressed?.closest("[data-close]") || pressed === dialog) {
      pressed.closest("dialog")?.close();
    }
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.repeat || !(event.target instanceof HTMLTextAreaElement)) return;
    event.preventDefault();
    event.stopPropagation();
    form.requestSubmit();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    keep(page, dialog, form);
  });
}

/** Opens the dialog, or the page where there is none. @param {Document} page */
export function openCapture(page) {
  const dialog = page.querySelector("dialog#capture");
  if (!(dialog instanceof HTMLDialogElement)) return location.assign("/wins/new");
  page.querySelector("#kept")?.replaceChildren();
  say(dialog);
  if (!dialog.open) dialog.showModal();
}

/**
 * Sends the form as a browser would, but for leaving the page: the server leads to the win, which is where details are added.
 * @param {Document} page @param {HTMLDialogElement} dialog @param {HTMLFormElement} form
 */
async function keep(page, dialog, form) {
  if (form.dataset.sent) return;
  form.dataset.sent = "yes";
  try {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (name !== "back" && typeof value === "string") fields.append(name, value);
    const answer = await fetch(form.action, { method: "POST", body: fields });
    const at = new URL(answer.url);
    if (at.pathname.startsWith("/sign-in")) {
      const again = element("a", { href: "/sign-in", target: "_blank", textContent: "Sign in beside this" });
      return say(dialog, "You are signed out. ", again, ", then keep it here: your words stay.");
    }
    if (!answer.ok || !at.pathname.startsWith("/wins/")) return form.submit(); // the page that comes says what is wrong
    form.reset();
    dialog.close();
    const details = element("a", { href: at.pathname, textContent: "Add details" });
    page.querySelector("#kept")?.replaceChildren(element("p", { textContent: "Kept, for you alone. " }), details);
  } catch {
    say(dialog, "This did not reach the server. Your words are still here: try again in a moment.");
  } finally {
    delete form.dataset.sent;
  }
}

/** Says in the dialog what is in the way; nothing, when nothing is. @param {HTMLDialogElement} dialog @param {...(Node | string)} what */
function say(dialog, ...what) {
  dialog.querySelector("#capture-trouble")?.replaceChildren(...what);
}

/** Pressed for a new tab or window. @param {MouseEvent} event */
function withModifier(event) {
  return event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0;
}
