// The clock of a rehearsal, and the keys that turn its cards. The clock goes on from card to card; it begins with the first.

const began = "rehearsal-began"; // in the memory of this window alone
const stood = "rehearsal-stood"; // seconds, while it stands still

/** @param {Document} page */
export function rehearse(page) {
  const place = /** @type {HTMLElement | null} */ (page.querySelector("[data-rehearse]"));
  const clock = page.querySelector("[data-clock]");
  if (!place || !clock) return;
  const limit = Number(place.dataset.rehearse);
  page.querySelector("[data-turns]")?.removeAttribute("hidden");
  if (!page.querySelector("[rel=prev]")) { // the first card
    sessionStorage.removeItem(stood);
    sessionStorage.setItem(began, String(Date.now()));
  }
  const passed = () => Math.floor(Number(sessionStorage.getItem(stood) ?? (Date.now() - Number(sessionStorage.getItem(began) ?? Date.now())) / 1000));
  const show = () => {
    const s = passed();
    clock.textContent = `${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")} of ${Math.floor(limit / 60)}:00${sessionStorage.getItem(stood) ? ", stands still" : ""}`;
    clock.classList.toggle("over", s > limit);
  };
  show();
  setInterval(show, 500);
  page.addEventListener("keydown", (event) => {
    const typing = event.target instanceof Element && event.target.closest("textarea, input, select, summary");
    if (typing || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      const to = page.querySelector(event.key === "ArrowRight" ? "[rel=next]" : "[rel=prev]");
      if (to instanceof HTMLElement) to.click();
    } else if (event.key === " " && !(event.target instanceof HTMLAnchorElement || event.target instanceof HTMLButtonElement)) {
      event.preventDefault();
      hold(passed());
      show();
    } else if (event.key === " " && event.target instanceof HTMLAnchorElement) { // a space does nothing to a link
      event.preventDefault();
      hold(passed());
      show();
    }
  });
}

/** Lets the clock stand still, or go on from where it stood. @param {number} seconds */
function hold(seconds) {
  if (sessionStorage.getItem(stood) === null) {
    sessionStorage.setItem(stood, String(seconds));
    return;
  }
  sessionStorage.setItem(began, String(Date.now() - seconds * 1000));
  sessionStorage.removeItem(stood);
}
