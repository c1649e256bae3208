// Everything from the keyboard: c keeps a win, g and a letter goes to a place, ? shows what there is, Ctrl or Cmd with K finds.
// Single letters can be switched off in the help (they get in the way of speech input); the choice stays in this browser.

import { openCapture } from "./capture.js";
import { element, sheet } from "./dom.js";

const choice = "ownward.keys";
const patience = 1500; // milliseconds between g and the letter

/** @param {Document} page */
export function keys(page) {
  let gAt = 0;
  page.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-keys]")) help(page);
  });
  page.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && !event.altKey && !event.shiftKey) {
      event.preventDefault();
      import("./palette.js").then(({ palette }) => palette(page));
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing || typing(event.target)) return;
    if (page.querySelector("dialog[open]")) return;
    if (event.key === "?") return help(page);
    if (localStorage.getItem(choice) === "off") return;
    if (gAt && event.timeStamp - gAt < patience) {
      gAt = 0;
      return places(page).find((place) => place.dataset.key === event.key)?.click();
    }
    gAt = event.key === "g" ? event.timeStamp : 0;
    if (event.key === "c") {
      event.preventDefault();
      openCapture(page);
    }
  });
}

/** @param {Document} page @returns {HTMLAnchorElement[]} */
export function places(page) {
  return [...page.querySelectorAll(".places a[data-key]")].filter((a) => a instanceof HTMLAnchorElement);
}

/** @param {EventTarget | null} target */
function typing(target) {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input:not([type=radio], [type=checkbox]), textarea, select"));
}

/** @param {Document} page */
function help(page) {
  const rows = places(page).map((place) => [`g ${place.dataset.key}`, place.textContent ?? ""]);
  const list = element("dl", { className: "keys" });
  for (const [key, what] of [["c", "Keep a win"], ["Ctrl Enter", page.querySelector("a[data-turn]") ? "In the notes: make something of the line" : "Keep what you write"], ["Ctrl K", "Find anything"], ["?", "This help"], ...rows]) {
    const term = element("dt");
    term.append(...key.split(" ").flatMap((part) => [element("kbd", { textContent: part }), " "]));
    list.append(term, element("dd", { textContent: what }));
  }
  const box = element("input", { type: "checkbox", checked: localStorage.getItem(choice) !== "off" });
  box.addEventListener("change", () => localStorage.setItem(choice, box.checked ? "on" : "off"));
  const label = element("label", { className: "check" });
  label.append(box, element("span", { textContent: "Use single letters on this browser" }));
  const close = element("button", { className: "quiet", type: "button", textContent: "Close" });
  close.dataset.close = "";
  const actions = element("p", { className: "actions" });
  actions.append(close);
  sheet(page, "From the keyboard", list, label, actions);
}
