// Loads the behaviours that a page needs. Every page works without them.

import { once } from "./once.js";
import { capture } from "./capture.js";
import { keys } from "./keys.js";
import { send } from "./send.js";

once(document);
capture(document);
keys(document);
send(document);

for (const type of ["click", "toggle"]) document.addEventListener(type, closeMenus, true);

if (!CSS.supports("field-sizing", "content") && document.querySelector("textarea")) {
  import("./grow.js").then(({ grow }) => grow(document));
}
if (document.querySelector("input[data-skills]")) import("./skills.js").then(({ skills }) => skills(document));
if (document.querySelector("form[data-advice]")) import("./advice.js").then(({ advice }) => advice(document));
if (document.querySelector("button[data-copy]")) import("./copy.js").then(({ copy }) => copy(document));
if (document.querySelector("[data-rehearse]")) import("./rehearse.js").then(({ rehearse }) => rehearse(document));
if (document.querySelector("[data-count]")) import("./count.js").then(({ count }) => count(document));
if (document.querySelector("[data-in-place]")) import("./inplace.js").then(({ inPlace }) => inPlace(document));
if (document.querySelector("[data-passages]")) import("./passage.js").then(({ passages }) => passages(document));
if (document.querySelector("[data-zone]")) import("./zone.js").then(({ zone }) => zone(document));
if (document.querySelector("form[data-prefill]")) import("./prefill.js").then(({ prefill }) => prefill(document));
if (document.querySelector("form[data-quiet]")) import("./quiet.js").then(({ quiet }) => quiet(document));
if (document.querySelector("[data-live]")) import("./together.js").then(({ together }) => together(document));
if (document.querySelector("a[data-turn]")) import("./turn.js").then(({ turn }) => turn(document));
if (document.querySelector("[data-clock]")) import("./clock.js").then(({ clock }) => clock(document));
if (document.querySelector("form[data-unsaved]")) import("./unsaved.js").then(({ unsaved }) => unsaved(document));

/** Closes an open menu or "who sees it" once something else is pressed or opened. @param {Event} event */
function closeMenus(event) {
  const target = /** @type {Node} */ (event.target);
  if (event.type === "toggle" && !(target instanceof HTMLDetailsElement && target.open)) return;
  for (const open of document.querySelectorAll("details:is(.menu, .seen, .me)[open]")) {
    if (!open.contains(target)) open.removeAttribute("open");
  }
}
