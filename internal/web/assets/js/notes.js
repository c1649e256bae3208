// One text field that two type into. What is typed goes out; what comes in is put into the field where it belongs, and the caret, the
// selection and one's own undoing stay what they were.

import { apply, between, compose, inverse, moved, still, transform } from "./livetext.js";
import { Typing } from "./typing.js";

/** @typedef {import("./livetext.js").Change} Change */
/** What the notes need of the page around them.
 * @typedef {{ to: string, site: string, side: string, gone: boolean, root: HTMLElement, ended(answer: Response): boolean }} Around */

const unwanted = /[\0\r\u202a-\u202e\u2066-\u2069]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const sitting = 1000; // milliseconds within which what is typed is undone at once
const most = 200; // steps that can be undone
const shown = 3000; // milliseconds for which it is said that the other writes
const patience = 15_000; // milliseconds until an answer that does not come is given up

export class Notes {
  /** @param {HTMLFormElement} form @param {Around} around */
  constructor(form, around) {
    this.form = form;
    this.around = around;
    this.kind = form.dataset.typed ?? "";
    this.area = /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea"));
    this.said = /** @type {HTMLElement} */ (form.querySelector("[data-said]"));
    const revision = /** @type {HTMLInputElement} */ (form.elements.namedItem("revision"));
    const was = /** @type {HTMLInputElement} */ (form.elements.namedItem("was"));
    this.typing = new Typing(around.site, was.value, Number(revision.value));
    this.seen = was.value; // as the field shows it, but for what is typed and not read yet
    /** @type {Change | null} what came while a word was being composed */ this.held = null;
    /** @type {Change[]} */ this.undoing = [];
    /** @type {Change[]} */ this.redoing = [];
    this.composing = false; // a word is put together, as many keyboards do: the field is left alone
    this.typedAt = 0;
    this.under = false; // an answer is awaited
    this.lost = 0; // answers that did not come, one after the other
    this.retry = 0; // until it is tried again
    this.trouble = "";
    this.theirs = -Infinity; // when the other side wrote last
    delete form.dataset.unsaved; // it is kept as it is typed
    form.querySelector(".actions > button")?.remove();
    this.#bind();
    this.read();
    this.say();
  }

  #bind() {
    this.area.addEventListener("input", (event) => this.read(event instanceof InputEvent && event.isComposing));
    this.area.addEventListener("compositionstart", () => (this.composing = true));
    this.area.addEventListener("compositionend", () => {
      this.composing = false;
      setTimeout(() => this.release()); // after the last input of the word
    });
    this.area.addEventListener("beforeinput", (event) => {
      if (event.inputType !== "historyUndo" && event.inputType !== "historyRedo") return;
      event.preventDefault();
      this.back(event.inputType === "historyUndo");
    });
    this.area.addEventListener("keydown", (event) => {
      const key = event.key.toLowerCase();
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing || (key !== "z" && key !== "y")) return;
      event.preventDefault();
      this.back(key === "z" && !event.shiftKey);
    });
    this.form.addEventListener("submit", (event) => event.preventDefault());
  }

  /** Finds what was typed into the field. */
  read(composing = false) {
    if (!composing) this.#clean();
    const change = between(this.seen, this.area.value, this.area.selectionEnd);
    if (still(change)) return;
    const undo = inverse(change, this.seen);
    this.seen = this.area.value;
    this.#keepUndo(undo);
    this.#typed(change);
  }

  #clean() {
    const { value, selectionEnd } = this.area;
    const clean = value.replace(unwanted, "");
    if (clean === value) return;
    this.area.value = clean;
    const caret = selectionEnd - (value.slice(0, selectionEnd).match(unwanted)?.length ?? 0);
    this.area.setSelectionRange(caret, caret);
  }

  /** @param {Change} undo */
  #keepUndo(undo) {
    const now = performance.now();
    const last = this.undoing.at(-1);
    if (last && now - this.typedAt < sitting) this.undoing[this.undoing.length - 1] = compose(undo, last);
    else this.undoing.push(undo);
    this.typedAt = now;
    this.redoing = [];
    if (this.undoing.length > most) this.undoing.shift();
  }

  /** Something was done to what the field shows; what is held back happened beside it. @param {Change} change */
  #typed(change) {
    this.trouble = "";
    if (this.held) [this.held, change] = transform(this.held, change);
    this.typing.typed(change);
    this.send();
  }

  /** Takes back what was typed here last, or does it again; what the other side wrote stays. @param {boolean} undo */
  back(undo) {
    if (this.held) return;
    this.read();
    const change = (undo ? this.undoing : this.redoing).pop();
    if (!change || still(change)) return;
    (undo ? this.redoing : this.undoing).push(inverse(change, this.seen));
    this.typedAt = 0;
    this.#show(change, true);
    this.#typed(change);
  }

  /** Changes came from the server. @param {import("./typing.js").Entry[]} entries */
  came(entries) {
    if (!entries.length) return;
    this.read(true);
    if (entries.some((entry) => entry.revision > this.typing.revision && entry.site && !entry.site.startsWith(this.around.side) && entry.site !== "form")) {
      this.theirs = performance.now();
      setTimeout(() => this.say(), shown + 50);
    }
    const change = this.typing.arrived(entries);
    if (!still(change)) {
      this.held = this.held ? compose(this.held, change) : change;
      if (!this.composing) this.release();
    }
    this.say();
  }

  /** Puts what was held back into the field. */
  release() {
    this.read();
    const change = this.held;
    if (!change || this.composing) return;
    this.held = null;
    for (const steps of [this.undoing, this.redoing]) {
      for (let n = steps.length - 1, other = change; n >= 0; n--) [steps[n], other] = transform(steps[n], other);
    }
    this.#show(change, false);
  }

  /** Makes a change in the field alone. @param {Change} change @param {boolean} follow whether the caret goes to it */
  #show(change, follow) {
    const { selectionStart, selectionEnd, selectionDirection, scrollTop } = this.area;
    let at = 0;
    for (const part of change) {
      if (typeof part === "string") {
        this.area.setRangeText(part, at, at, "preserve");
        at += part.length;
      } else if (part > 0) at += part;
      else this.area.setRangeText("", at, at - part, "preserve");
    }
    if (follow) {
      const end = lastTouched(change);
      this.area.setSelectionRange(end, end);
    } else {
      this.area.setSelectionRange(moved(selectionStart, change), moved(selectionEnd, change), selectionDirection ?? "none");
      this.area.scrollTop = scrollTop;
    }
    this.seen = apply(change, this.seen);
    this.area.dispatchEvent(new Event("input", { bubbles: true })); // the field grows with its text
  }

  /** Sends what waits, one change after the other. */
  async send(atOnce = false) {
    if (atOnce) this.retry = clearTimeout(this.retry) ?? 0;
    if (this.under || this.retry || this.around.gone) return this.say();
    const what = this.typing.next();
    if (!what) return this.say();
    this.under = true;
    this.say();
    const body = new URLSearchParams({ text: this.kind, site: what.site, number: String(what.number), base: String(what.base), change: JSON.stringify(what.change) });
    try {
      const answer = await fetch(this.around.to, { method: "POST", body, redirect: "manual", signal: AbortSignal.timeout(patience) });
      if (this.around.ended(answer)) return;
      if (answer.status === 429 || answer.status >= 500) throw new Error("not now");
      const told = await answer.json();
      this.lost = 0;
      if (answer.ok) this.came(told.texts?.[this.kind] ?? []);
      else this.#refused(told.message);
    } catch {
      this.lost++;
      this.retry = window.setTimeout(() => this.send(true), Math.min(250 * 2 ** this.lost, 15_000) * (0.75 + Math.random() / 2));
    } finally {
      this.under = false;
      this.say();
    }
    if (!this.lost && !this.trouble) this.send();
  }

  /** The server does not take it: it stays here, and goes out with what is typed next. @param {string} message */
  #refused(message) {
    this.typing.refused();
    this.trouble = message;
  }

  /** Says calmly how it stands. */
  say() {
    const { waits } = this.typing;
    const offline = waits && (this.lost > 0 || !navigator.onLine);
    let words = this.typing.revision ? "Saved" : "";
    if (waits) words = offline ? "Offline: kept here, and sent when you are back" : this.said.textContent === "Saved" ? "Saved" : "";
    if (performance.now() - this.theirs < shown) words = `${this.around.root.dataset.other} is writing`;
    if (offline) words = "Offline: kept here, and sent when you are back";
    if (this.trouble) words = this.trouble;
    if (this.around.gone) words = waits ? "This page is closed to you now. What is not sent yet stands here: copy it." : "This page is closed to you now. Load it again.";
    this.said.dataset.state = offline || this.trouble || this.around.gone ? "kept" : waits ? "waits" : "saved";
    if (this.said.textContent !== words) this.said.textContent = words;
  }
}

/** The end of what a change touched, in the text after it. @param {Change} change */
function lastTouched(change) {
  let at = 0;
  let end = 0;
  for (const part of change) {
    if (typeof part === "string") end = at += part.length;
    else if (part > 0) at += part;
    else end = at;
  }
  return end;
}
