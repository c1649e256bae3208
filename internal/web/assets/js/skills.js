// A field that offers the skills of the organisation's list as one types. One's own words stay what they are.

import { element } from "./dom.js";

/** @typedef {{name: string, called?: string, about?: string}} Skill */

const pause = 80; // milliseconds after the last letter before asking

/** @param {Document} page */
export function skills(page) {
  for (const input of page.querySelectorAll("input[data-skills]")) {
    if (input instanceof HTMLInputElement) offer(input);
  }
}

/** @param {HTMLInputElement} input */
function offer(input) {
  const list = element("ul", { id: `${input.id}-list`, className: "offers", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "From the organisation’s list");
  const said = element("p", { className: "hidden-label" });
  said.setAttribute("role", "status");
  for (const [name, value] of [["role", "combobox"], ["aria-expanded", "false"], ["aria-controls", list.id], ["aria-autocomplete", "list"]]) {
    input.setAttribute(name, value);
  }
  const around = element("div", { className: "offering" });
  input.replaceWith(around);
  around.append(input, list, said);

  let turn = 0;
  const close = () => {
    turn++;
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  /** @param {Element | undefined} row */
  const take = (row) => {
    if (!(row instanceof HTMLElement)) return;
    input.value = row.dataset.name ?? "";
    said.textContent = `${input.value} is chosen.`;
    close();
    input.focus();
  };
  input.addEventListener("input", async () => {
    const mine = ++turn;
    const words = input.value.trim();
    if (!words) return close();
    await new Promise((resume) => setTimeout(resume, pause));
    if (mine !== turn) return;
    const found = await find(words);
    if (mine !== turn) return;
    show(input, list, found);
    said.textContent = found.length ? `${found.length} from the organisation’s list.` : "";
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const rows = [...list.children];
    const at = rows.findIndex((row) => row.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown") choose(input, rows, at + 1);
    else if (event.key === "ArrowUp") choose(input, rows, at < 0 ? rows.length - 1 : at - 1);
    else if (event.key === "Enter" && at >= 0) take(rows[at]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => take(event.target instanceof Element ? (event.target.closest("li") ?? undefined) : undefined));
}

/** What is typed goes in a header: it stands in no address. @param {string} words @returns {Promise<Skill[]>} */
async function find(words) {
  try {
    const answer = await fetch("/skills/find", { headers: { accept: "application/json", "ownward-search": encodeURIComponent(words) } });
    return answer.ok ? await answer.json() : [];
  } catch {
    return []; // the line is down: one's own words are enough
  }
}

/** @param {HTMLInputElement} input @param {HTMLElement} list @param {Skill[]} found */
function show(input, list, found) {
  const rows = found.map(({ name, called, about }, at) => {
    const row = element("li", { id: `${list.id}-${at}` });
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", "false");
    row.dataset.name = name;
    const more = [called ? `also called ${called}` : "", about ?? ""].filter(Boolean).join(". ");
    row.append(element("span", { textContent: name }), element("small", { textContent: more }));
    return row;
  });
  list.replaceChildren(...rows);
  list.hidden = rows.length === 0;
  input.setAttribute("aria-expanded", String(rows.length > 0));
  input.removeAttribute("aria-activedescendant");
}

/** None is chosen past either end: there the field itself is. @param {HTMLInputElement} input @param {Element[]} rows @param {number} at */
function choose(input, rows, at) {
  rows.forEach((row, index) => row.setAttribute("aria-selected", String(index === at)));
  if (!rows[at]) return input.removeAttribute("aria-activedescendant");
  input.setAttribute("aria-activedescendant", rows[at].id);
  rows[at].scrollIntoView({ block: "nearest" });
}
