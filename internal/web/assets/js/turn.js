// A line of the notes becomes something: Ctrl or Cmd with Enter in the notes, or the button of a line, opens the sheet with the words of
// that line filled in. The sheet is the page behind data-turn; without this it is opened as a page.

import { element, sheet } from "./dom.js";
import { refresh, send } from "./inplace.js";

/** @param {Document} page */
export function turn(page) {
  const way = /** @type {HTMLAnchorElement} */ (page.querySelector("a[data-turn]"));
  const area = way.closest("section")?.querySelector("textarea");
  if (!area) return;
  const lines = element("ul", { className: "lines" });
  const fold = element("details", { className: "further no-print" });
  fold.append(element("summary", { textContent: "Make something of a line" }), lines);
  way.closest("p")?.after(fold);
  fold.addEventListener("toggle", () => list(area, lines, (words) => open(page, way.href, words)));
  area.addEventListener("input", () => fold.open && list(area, lines, (words) => open(page, way.href, words)));
  area.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing || event.repeat) return;
    event.preventDefault();
    event.stopPropagation();
    open(page, way.href, plain(area.value.slice(0, area.selectionEnd).split("\n").pop() + area.value.slice(area.selectionEnd).split("\n")[0]));
  });
}

/** A line without the sign that makes it a list. @param {string} line */
const plain = (line) => line.trim().replace(/^[-*•\s]+/, "");

/** @param {HTMLTextAreaElement} area @param {HTMLUListElement} lines @param {(words: string) => void} pressed */
function list(area, lines, pressed) {
  lines.replaceChildren(...area.value.split("\n").map(plain).filter(Boolean).map((words) => {
    const row = element("li");
    const button = element("button", { type: "button", className: "plain link", textContent: words });
    button.addEventListener("click", () => pressed(words));
    row.append(button);
    return row;
  }));
}

/** @param {Document} page @param {string} href @param {string} words */
async function open(page, href, words) {
  const answer = await send(href, null);
  const form = answer?.querySelector("form#turn");
  if (!(form instanceof HTMLFormElement)) return location.assign(href);
  const field = /** @type {HTMLInputElement} */ (form.querySelector("[name=words]"));
  field.value = words;
  const dialog = sheet(page, "Make something of a line", form);
  behave(page, dialog, form);
  if (words) /** @type {HTMLElement | null} */ (form.querySelector("[name=as]"))?.focus();
}

/** @param {Document} page @param {HTMLDialogElement} dialog @param {HTMLFormElement} form */
function behave(page, dialog, form) {
  const fit = () => {
    const as = new FormData(form).get("as");
    for (const [name, kinds] of Object.entries({ by: "promise referral", third: "referral", due: "promise referral goal", work: "feedback" })) {
      const field = form.querySelector(`[name=${name}]`)?.closest(".field");
      if (field instanceof HTMLElement) field.hidden = !kinds.split(" ").includes(String(as));
    }
  };
  form.addEventListener("change", fit);
  form.querySelector("a[data-close]")?.addEventListener("click", (event) => {
    event.preventDefault();
    dialog.close();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopPropagation();
    const answer = await send(form.action, new FormData(form));
    const again = answer?.querySelector("form#turn");
    if (again instanceof HTMLFormElement) {
      form.replaceWith(again);
      return behave(page, dialog, again);
    }
    if (!answer) return;
    dialog.close();
    const said = answer.querySelector("main > .notice");
    if (said) {
      for (const old of page.querySelectorAll(".turned")) old.remove();
      said.classList.add("turned");
      page.querySelector("#notes form")?.after(said);
    }
    await refresh(page);
  });
  fit();
}
