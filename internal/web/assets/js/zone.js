// Tells set-up and sign-in the time zone of this browser, in <input type="hidden" name="zone" data-zone> or a select that has no choice yet.

/** @param {Document} page */
export function zone(page) {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!here) return;
  for (const field of page.querySelectorAll("[data-zone]")) {
    if ((field instanceof HTMLInputElement || field instanceof HTMLSelectElement) && !field.value) field.value = here;
  }
}
