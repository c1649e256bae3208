// Says below a text how many words it has and how long it takes to say them, as one types.

const perMinute = 130; // words, spoken so that one is understood

/** @param {Document} page */
export function count(page) {
  for (const place of page.querySelectorAll("[data-count]")) {
    const text = page.getElementById(/** @type {HTMLElement} */ (place).dataset.count ?? "");
    if (!(text instanceof HTMLTextAreaElement)) continue;
    text.addEventListener("input", () => {
      const words = text.value.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
      const seconds = Math.ceil((words * 60) / perMinute);
      const spoken = seconds < 60 ? `${seconds} seconds` : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")} minutes`;
      place.textContent = `${words} ${words === 1 ? "word" : "words"}, ${spoken} spoken`;
    });
  }
}
