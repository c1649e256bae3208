// Find anything: the places of the navigation, and what /find knows once something is typed.

import { element } from "./dom.js";
import { places } from "./keys.js";

/** @typedef {{title: string, kind: string, href: string}} Found */

const pause = 150; // milliseconds after the last letter before asking
let findable = true; // false once /find answered 404: then only the places are listed

/** Opens the palette, or closes it when it is open. @param {Document} page */
export function palette(page) {
  const open = page.querySelector("dialog.palette");
  if (open instanceof HTMLDialogElement) return open.close();
  if (page.querySelector("dialog[open]")) return;

  const dialog = element("dialog", { className: "sheet palette" });
  dialog.setAttribute("aria-label", "Find");
  const input = element("input", { type: "search", placeholder: "Find a page, a person, a goal", autocomplete: "off" });
  const list = element("ul", { id: "palette-list" });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Found");
  for (const [name, value] of [["role", "combobox"], ["aria-label", "Find"], ["aria-expanded", "true"], ["aria-controls", list.id], ["aria-autocomplete", "list"]]) {
    input.setAttribute(name, value);
  }
  const nothing = element("p", { hidden: true });
  nothing.setAttribute("role", "status");
  dialog.append(input, list, nothing);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => {
    const row = event.target instanceof Element ? event.target.closest("li") : null;
    if (row?.dataset.href) location.assign(row.dataset.href);
    else if (event.target === dialog) dialog.close();
  });
  input.addEventListener("keydown", (event) => move(event, input, list));
  input.addEventListener("input", search(page, input, list));
  page.body.append(dialog);
  show(input, list, named(page, ""));
  dialog.showModal();
}

/** The places whose name holds the words. @param {Document} page @param {string} words @returns {Found[]} */
function named(page, words) {
  return places(page)
    .map((place) => ({ title: place.textContent ?? "", kind: "", href: place.href }))
    .filter((place) => place.title.toLowerCase().includes(words.toLowerCase()));
}

/** Shows the places at once and adds what the server finds. @param {Document} page @param {HTMLInputElement} input @param {HTMLElement} list */
function search(page, input, list) {
  let turn = 0;
  return async () => {
    const mine = ++turn;
    const words = input.value.trim();
    const here = named(page, words);
    show(input, list, here);
    says(list, "");
    if (!words || !findable) return;
    await new Promise((resume) => setTimeout(resume, pause));
    if (mine !== turn) return;
    const found = await find(words);
    if (mine !== turn) return;
    if (found.length) show(input, list, [...here, ...found]);
    says(list, here.length + found.length ? "" : "Nothing that you can see holds these words.");
  };
}

/** Says below the list that there is nothing in it. @param {HTMLElement} list @param {string} text */
function says(list, text) {
  const line = list.nextElementSibling;
  if (!(line instanceof HTMLElement)) return;
  line.hidden = !text;
  line.textContent = text;
}

/** @param {string} words @returns {Promise<Found[]>} */
async function find(words) {
  try {
    const answer = await fetch(`/find?q=${encodeURIComponent(words)}`, { headers: { accept: "application/json" } });
    if (answer.status === 404) findable = false;
    return answer.ok ? await answer.json() : [];
  } catch {
    return []; // the line is down: the places are still there
  }
}

/** @param {HTMLInputElement} input @param {HTMLElement} list @param {Found[]} found */
function show(input, list, found) {
  const rows = found.map(({ title, kind, href }, at) => {
    const row = element("li", { id: `found-${at}` });
    row.setAttribute("role", "option");
    row.dataset.href = href;
    row.append(element("span", { textContent: title }), element("small", { textContent: kind }));
    return row;
  });
  list.replaceChildren(...rows);
  choose(input, list, 0);
}

/** @param {KeyboardEvent} event @param {HTMLInputElement} input @param {HTMLElement} list */
function move(event, input, list) {
  const at = [...list.children].findIndex((row) => row.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown") choose(input, list, at + 1);
  else if (event.key === "ArrowUp") choose(input, list, at - 1);
  else if (event.key === "Enter") /** @type {HTMLElement | undefined} */ (list.children[at])?.click();
  else return;
  event.preventDefault();
}

/** @param {HTMLInputElement} input @param {HTMLElement} list @param {number} at */
function choose(input, list, at) {
  const count = list.children.length;
  const chosen = count ? (at + count) % count : -1;
  [...list.children].forEach((row, index) => row.setAttribute("aria-selected", String(index === chosen)));
  if (chosen < 0) return input.removeAttribute("aria-activedescendant");
  input.setAttribute("aria-activedescendant", list.children[chosen].id);
  list.children[chosen].scrollIntoView({ block: "nearest" });
}
