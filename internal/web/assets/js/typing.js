// What a page knows of a text that others type into as well: the text that the server has acknowledged, what is under way, and what
// waits. It knows no fields and no network. One change is under way at a time; it is sent again, with its number, until it is answered.

import { apply, between, compose, still, transform } from "./livetext.js";

/** @typedef {import("./livetext.js").Change} Change */
/** One change as the server has it in its order; or, after a long time, the whole text with the number of this page's last change in it.
 * @typedef {{ revision: number, site?: string, number?: number, change?: Change, words?: string }} Entry */

export class Typing {
  /** @param {string} site of the page @param {string} text @param {number} revision */
  constructor(site, text, revision) {
    this.site = site;
    this.text = text; // as it stands on the page
    this.kept = text; // as the server has it at that revision
    this.revision = revision;
    this.number = 0;
    /** @type {Change | null} */ this.underWay = null;
    /** @type {Change | null} */ this.waiting = null;
  }

  /** Whether something typed here is not acknowledged yet. */
  get waits() {
    return this.underWay !== null || this.waiting !== null;
  }

  /** Something was typed on the page. @param {Change} change */
  typed(change) {
    if (still(change)) return;
    this.text = apply(change, this.text);
    this.waiting = this.waiting ? compose(this.waiting, change) : change;
  }

  /** What is to be sent now, or null. */
  next() {
    if (!this.underWay && this.waiting) {
      this.underWay = this.waiting;
      this.waiting = null;
      this.number++;
    }
    return this.underWay && { base: this.revision, site: this.site, number: this.number, change: this.underWay };
  }

  /** The server could not take what was under way: it waits, with what is typed next. */
  refused() {
    if (this.underWay) this.waiting = this.waiting ? compose(this.underWay, this.waiting) : this.underWay;
    this.underWay = null;
  }

  /**
   * Entries came from the server, some perhaps again. Gives what changes on the page by them.
   * @param {Entry[]} entries @returns {Change}
   */
  arrived(entries) {
    /** @type {Change} */ let all = this.text ? [this.text.length] : [];
    for (const entry of entries) {
      if (entry.revision <= this.revision) continue;
      const change = entry.words === undefined ? this.#follow(entry) : this.#whole(entry.words, entry.number ?? 0);
      if (!change) break;
      this.revision = entry.revision;
      this.text = apply(change, this.text);
      all = compose(all, change);
    }
    return all;
  }

  /** @param {Entry} entry @returns {Change | null} null: something is missing between */
  #follow(entry) {
    if (entry.revision !== this.revision + 1 || !entry.change) return null;
    this.kept = apply(entry.change, this.kept);
    if (entry.site === this.site && this.underWay && entry.number === this.number) {
      this.underWay = null;
      return this.text ? [this.text.length] : [];
    }
    return this.#past(entry.change, (entry.site ?? "") < this.site);
  }

  /** The log of changes is gone: what others did is found by comparing. @param {string} words @param {number} number */
  #whole(words, number) {
    if (this.underWay && number >= this.number) {
      this.kept = apply(this.underWay, this.kept);
      this.underWay = null;
    }
    const theirs = between(this.kept, words);
    this.kept = words;
    return this.#past(theirs, true);
  }

  /** A change of the others' and what is not acknowledged yet are made to follow each other. @param {Change} change @param {boolean} first */
  #past(change, first) {
    for (const which of /** @type {const} */ (["underWay", "waiting"])) {
      const mine = this[which];
      if (!mine) continue;
      if (first) [change, this[which]] = transform(change, mine);
      else [this[which], change] = transform(mine, change);
    }
    return change;
  }
}
