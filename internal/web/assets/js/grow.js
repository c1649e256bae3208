// Text fields grow with their text, for browsers that do not know field-sizing.

/** @param {Document} page */
export function grow(page) {
  for (const area of page.querySelectorAll("textarea")) fit(area);
  page.addEventListener("input", (event) => {
    if (event.target instanceof HTMLTextAreaElement) fit(event.target);
  });
}

/** @param {HTMLTextAreaElement} area */
function fit(area) {
  area.style.blockSize = "auto";
  area.style.blockSize = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
}
