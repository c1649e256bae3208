// A quiet clock: how many of the agreed minutes have gone, while a conversation is on. It never sounds or changes its colour, and one
// press puts it away in this browser.

import { element } from "./dom.js";

const choice = "ownward.clock";

/** @param {Document} page */
export function clock(page) {
  const place = /** @type {HTMLElement} */ (page.querySelector("[data-clock]"));
  const begins = Date.parse(place.dataset.clock ?? "");
  const minutes = Number(place.dataset.minutes);
  const words = element("span");
  const press = element("button", { type: "button", className: "plain link" });
  place.append(words, " ", press);
  const show = () => {
    const gone = Math.floor((Date.now() - begins) / 60_000);
    place.hidden = gone < -15 || gone > minutes + 120;
    const off = localStorage.getItem(choice) === "off";
    if (gone < 0) words.textContent = `It begins in ${-gone} ${gone === -1 ? "minute" : "minutes"}`;
    else words.textContent = gone <= minutes ? `${gone} of ${minutes} minutes` : `${gone} minutes; ${minutes} were agreed`;
    words.hidden = off;
    press.textContent = off ? "Show the clock" : "Put the clock away";
  };
  press.addEventListener("click", () => {
    localStorage.setItem(choice, localStorage.getItem(choice) === "off" ? "on" : "off");
    show();
  });
  setInterval(show, 10_000);
  show();
}
