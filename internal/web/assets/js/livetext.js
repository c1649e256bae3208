// A text that two people type into at once. A change is a list over the whole text: a number above zero keeps so many units of UTF-16,
// one below drops so many, a string puts words. The same as package livetext of the server, and a test holds the two against each other.

/** @typedef {(number | string)[]} Change */

/** Adds a part; a change has one form: no two parts of a kind beside each other, words before what is dropped at the same place.
 * @param {Change} change @param {number | string} part */
function add(change, part) {
  if (!part) return;
  const last = change.length - 1;
  if (typeof part === "number") {
    const before = change[last];
    if (typeof before === "number" && before > 0 === part > 0) change[last] = before + part;
    else change.push(part);
    return;
  }
  const at = typeof change[last] === "number" && Number(change[last]) < 0 ? last : last + 1; // before what is dropped
  if (typeof change[at - 1] === "string") change[at - 1] += part;
  else change.splice(at, 0, part);
}

/** Whether the change leaves the text as it is. @param {Change} change */
export const still = (change) => change.every((part) => typeof part === "number" && part > 0);

/** @param {Change} change @param {string} text */
export function apply(change, text) {
  let at = 0;
  let made = "";
  for (const part of change) {
    if (typeof part === "string") made += part;
    else if (part > 0) made += text.slice(at, at += part);
    else at -= part;
  }
  if (at !== text.length) throw new Error("the change does not fit the text");
  return made;
}

/** Reads a change part by part, or less. */
class Parts {
  /** @param {Change} change */
  constructor(change) {
    this.rest = change;
    this.at = 0;
    this.next();
  }
  next() {
    /** @type {number | string | undefined} */
    this.now = this.rest[this.at++];
  }
  get done() {
    return this.now === undefined;
  }
  get puts() {
    return typeof this.now === "string";
  }
  get keeps() {
    return typeof this.now === "number" && this.now > 0;
  }
  get drops() {
    return typeof this.now === "number" && this.now < 0;
  }
  /** How much of the text, or of the words put, the part goes over. */
  get size() {
    return typeof this.now === "string" ? this.now.length : Math.abs(this.now ?? 0);
  }
  /** @param {number} n */
  take(n) {
    if (typeof this.now === "string") this.now = this.now.slice(n);
    else if (this.now !== undefined) this.now -= Math.sign(this.now) * n;
    if (!this.now) this.next();
  }
}

/**
 * Makes two changes of the same text follow each other; where both put words in the same place, those of the first come first.
 * @param {Change} first @param {Change} second @returns {[Change, Change]}
 */
export function transform(first, second) {
  /** @type {Change} */ const one = [];
  /** @type {Change} */ const other = [];
  const x = new Parts(first);
  const y = new Parts(second);
  while (!x.done || !y.done) {
    if (x.puts) {
      add(one, /** @type {string} */ (x.now));
      add(other, x.size);
      x.next();
      continue;
    }
    if (y.puts) {
      add(one, y.size);
      add(other, /** @type {string} */ (y.now));
      y.next();
      continue;
    }
    if (x.done || y.done) throw new Error("the changes were not made on the same text");
    const n = Math.min(x.size, y.size);
    if (x.keeps && y.keeps) {
      add(one, n);
      add(other, n);
    } else if (x.drops && y.keeps) add(one, -n);
    else if (x.keeps && y.drops) add(other, -n);
    x.take(n);
    y.take(n);
  }
  return [one, other];
}

/** Makes one change of two, the second made on what the first leaves. @param {Change} first @param {Change} second @returns {Change} */
export function compose(first, second) {
  /** @type {Change} */ const both = [];
  const x = new Parts(first);
  const y = new Parts(second);
  while (!x.done || !y.done) {
    if (x.drops) {
      add(both, /** @type {number} */ (x.now));
      x.next();
      continue;
    }
    if (y.puts) {
      add(both, /** @type {string} */ (y.now));
      y.next();
      continue;
    }
    if (x.done || y.done) throw new Error("the second change was not made on what the first leaves");
    const n = Math.min(x.size, y.size);
    if (typeof x.now === "string") {
      if (y.keeps) add(both, x.now.slice(0, n));
    } else add(both, y.keeps ? n : -n);
    x.take(n);
    y.take(n);
  }
  return both;
}

/** The change that takes another back. @param {Change} change @param {string} text before it @returns {Change} */
export function inverse(change, text) {
  /** @type {Change} */ const back = [];
  let at = 0;
  for (const part of change) {
    if (typeof part === "string") add(back, -part.length);
    else if (part > 0) {
      add(back, part);
      at += part;
    } else add(back, text.slice(at, at -= part));
  }
  return back;
}

/** Where a place in the text is after a change: words put at that very place stand behind it. @param {number} place @param {Change} change */
export function moved(place, change) {
  let at = 0; // in the text before
  let now = 0; // in the text after
  for (const part of change) {
    if (at > place || (at === place && typeof part === "string")) break;
    if (typeof part === "string") now += part.length;
    else if (part > 0) {
      if (at + part > place) return now + place - at;
      at += part;
      now += part;
    } else {
      if (at - part > place) return now;
      at -= part;
    }
  }
  return now + Math.max(0, place - at);
}

/**
 * What was done to a text, when the caret stood there afterwards. No pair of units is cut in two.
 * @param {string} before @param {string} after @param {number} [caret] @returns {Change}
 */
export function between(before, after, caret = 0) {
  const most = Math.min(before.length, after.length);
  let tail = 0;
  while (tail < Math.min(most, after.length - caret) && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  if (tail && low(before, before.length - tail) && high(before, before.length - tail - 1)) tail--;
  else if (tail && low(after, after.length - tail) && high(after, after.length - tail - 1)) tail--;
  let head = 0;
  while (head < most - tail && before[head] === after[head]) head++;
  if (head && (high(before, head - 1) || high(after, head - 1))) head--;
  /** @type {Change} */ const change = [];
  add(change, head);
  add(change, after.slice(head, after.length - tail));
  add(change, -(before.length - head - tail));
  add(change, tail);
  return change;
}

/** @param {string} text @param {number} at */
const high = (text, at) => (text.charCodeAt(at) & 0xfc00) === 0xd800;
/** @param {string} text @param {number} at */
const low = (text, at) => (text.charCodeAt(at) & 0xfc00) === 0xdc00;
