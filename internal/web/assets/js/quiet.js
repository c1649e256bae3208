// Saves a form as one types, in forms that carry data-quiet, and does in its place what a button with data-press says.
//
// The form is sent as it stands, with "quietly" beside it. The answer is the page as it now is; the revisions in it go into the
// hidden fields here, and what is typed is never touched. Rows (data-row) are found again by their id, new ones by their word.

const pause = 700; // milliseconds after the last letter

/** @param {Document} page */
export function quiet(page) {
  for (const form of page.querySelectorAll("form[data-quiet]")) keep(/** @type {HTMLFormElement} */ (form));
}

/** @param {HTMLFormElement} form */
function keep(form) {
  let dirty = false; // something was typed since the last save
  let under = false; // a save is under way
  let timer = 0;
  let line = Promise.resolve();
  /** @param {HTMLButtonElement} [button] */
  const save = (button) => {
    clearTimeout(timer);
    line = line.then(async () => {
      if (!dirty && !button) return;
      dirty = false;
      under = true;
      const saved = await send(form, button);
      under = false;
      dirty ||= !saved;
    });
    return line;
  };
  form.addEventListener("input", (event) => {
    dirty = true;
    clearTimeout(timer);
    if (!waits(event.target)) timer = setTimeout(save, pause);
  });
  form.addEventListener("change", () => save());
  form.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button[data-press]") : null;
    if (!(button instanceof HTMLButtonElement)) return;
    event.preventDefault();
    save(button);
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (under) { // it would meet its own save
      event.preventDefault();
      const { submitter } = event;
      line.then(() => form.requestSubmit(submitter));
      return;
    }
    dirty = false;
  });
  addEventListener("pagehide", () => {
    if (dirty && !under) navigator.sendBeacon(form.action, content(form));
  });
}

/** A word of one's own beside a list is saved once it is written: half of it may stand in the list. @param {EventTarget | null} field */
function waits(field) {
  return field instanceof HTMLElement && field.closest("[data-row]") !== null && field.closest("form")?.querySelector("input[type=checkbox]") != null;
}

/** @param {HTMLFormElement} form @param {HTMLButtonElement} [button] */
function content(form, button) {
  const fields = new URLSearchParams(/** @type {any} */ (new FormData(form, button)));
  fields.set("quietly", "yes");
  return fields;
}

/** Tells whether all is kept. @param {HTMLFormElement} form @param {HTMLButtonElement} [button] */
async function send(form, button) {
  const sent = new Map(rows(form).map((row) => [row, word(row)]));
  say(form, "Saving …");
  const answer = await post(form.action, content(form, button));
  const page = answer?.response;
  const fresh = page instanceof Document ? page.querySelector("form[data-quiet]") : null;
  if (!answer || !fresh || new URL(answer.responseURL).pathname !== new URL(form.action).pathname) {
    say(form, "Not saved yet. It is tried again when you go on.");
    return false;
  }
  if (answer.status === 409) {
    copyHidden(form, fresh, () => true);
    showBoth(form, /** @type {Document} */ (page));
    say(form, "This was changed elsewhere: both texts stand above.");
    return false;
  }
  if (answer.status !== 200) {
    say(form, page.querySelector(".errors li, .errors h2")?.textContent ?? "Not saved yet.");
    return false;
  }
  form.parentElement?.querySelectorAll(":scope > .errors, :scope > .conflict").forEach((old) => old.remove());
  if (button) replaceRegions(form, fresh, button);
  copyHidden(form, fresh, (field) => !field.closest("[data-row]") && !field.name.startsWith("opened"));
  for (const [row, was] of sent) if (row.isConnected) match(form, fresh, row, was);
  say(form, "Saved");
  return true;
}

/** The page that comes back. (XMLHttpRequest, because it reads HTML without any text becoming HTML in a script.)
 * @param {string} address @param {URLSearchParams} fields @returns {Promise<XMLHttpRequest | null>} */
function post(address, fields) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.responseType = "document";
    request.addEventListener("load", () => resolve(request));
    request.addEventListener("error", () => resolve(null));
    request.send(fields);
  });
}

/** @param {HTMLFormElement} form @param {string} what */
function say(form, what) {
  const status = form.querySelector("[data-saving]");
  if (status && status.textContent !== what) status.textContent = what;
}

/** @param {Element} form @returns {HTMLElement[]} */
function rows(form) {
  return [...form.querySelectorAll("[data-row]")].filter((row) => row instanceof HTMLElement);
}

/** @param {Element} row @param {string} name @returns {HTMLInputElement | null} */
function field(row, name) {
  return row.querySelector(`[name^="${name}-"]`);
}

/** @param {Element} row */
function word(row) {
  return field(row, "word")?.value.trim() ?? "";
}

/** @param {Element} form @param {Element} fresh @param {(field: HTMLInputElement) => boolean} which */
function copyHidden(form, fresh, which) {
  for (const hidden of /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("input[type=hidden]"))) {
    const now = fresh.querySelector(`input[type=hidden][name="${CSS.escape(hidden.name)}"]`);
    if (now instanceof HTMLInputElement && hidden.name !== "formkey" && which(hidden)) hidden.value = now.value;
  }
}

/** Gives a row the id and the revision that it now has. @param {Element} form @param {Element} fresh @param {HTMLElement} row @param {string} was its word when it was sent */
function match(form, fresh, row, was) {
  const [id, revision, opened] = [field(row, "id"), field(row, "revision"), field(row, "opened")];
  if (!id || !revision || !opened) return;
  const same = rows(fresh).find((one) => was && (id.value ? field(one, "id")?.value === id.value : word(one).toLowerCase() === was.toLowerCase()));
  if (same) {
    id.value = field(same, "id")?.value ?? "";
    revision.value = field(same, "revision")?.value ?? "0";
    return;
  }
  const listed = was ? /** @type {HTMLInputElement | undefined} */ ([...form.querySelectorAll("input[type=checkbox]")]
    .find((box) => box instanceof HTMLInputElement && box.value.toLowerCase() === was.toLowerCase())) : undefined;
  if (was && !listed) return;
  [id.value, revision.value, opened.value] = ["", "0", "0"];
  if (!listed) return;
  listed.checked = true; // what the list has is ticked there
  const own = field(row, "word");
  if (own && own.value.trim() === was) own.value = "";
}

/** Puts the parts that a button changed in their places, and the focus where it was. @param {Element} form @param {Element} fresh @param {HTMLButtonElement} button */
function replaceRegions(form, fresh, button) {
  for (const region of form.querySelectorAll("[data-region]")) {
    const now = fresh.querySelector(`#${region.id}`);
    region.replaceChildren(...(now ? [...now.children].map((child) => document.importNode(child, true)) : []));
  }
  const [what, id] = (button.dataset.press ?? "").split(" ");
  const buttons = /** @type {HTMLButtonElement[]} */ ([...form.querySelectorAll("button[data-press]")]).filter((one) => !one.disabled);
  const next = buttons.find((one) => one.dataset.press === `${what} ${id}`) ?? buttons.find((one) => one.dataset.press?.endsWith(` ${id}`)) ?? buttons[0];
  next?.focus();
}

/** Shows both texts after a conflict, above the form. @param {HTMLFormElement} form @param {Document} page */
function showBoth(form, page) {
  form.parentElement?.querySelectorAll(":scope > .errors, :scope > .conflict").forEach((old) => old.remove());
  for (const one of page.querySelectorAll("main > .errors, main > .conflict")) form.before(document.importNode(one, true));
}
