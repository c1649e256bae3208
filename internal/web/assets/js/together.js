// The notes of a conversation, typed by two at once: what is typed goes out at once and comes in from the other side, on an element with
// data-live (where to) around forms with data-typed (which text). Without this they are forms as any other.
//
// What could not be sent yet stays on this page, and goes out when the line is back. Nothing of it is written to the browser's storage.

import { Notes } from "./notes.js";
import { refresh } from "./inplace.js";

/** @typedef {import("./typing.js").Entry} Entry */

const first = 500; // milliseconds until a lost line is tried again; doubled each time
const longest = 15_000;
const silence = 40_000; // after which a line that says nothing is lost: it says every 15 seconds that it is there
const away = 60_000; // after which a page that nobody sees lets its line go

/** @param {Document} page */
export function together(page) {
  for (const root of page.querySelectorAll("[data-live]")) new Together(/** @type {HTMLElement} */ (root)).begin();
}

class Together {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.to = root.dataset.live ?? "";
    this.side = root.dataset.site ?? "";
    this.site = this.side + Array.from(crypto.getRandomValues(new Uint8Array(8)), (n) => n.toString(16).padStart(2, "0")).join("");
    /** @type {Notes[]} */
    this.notes = [];
    this.wait = first;
    this.line = new AbortController();
    /** @type {() => void} */ this.wake = () => {};
    this.gone = false; // the server says that this page may not go on
  }

  begin() {
    for (const form of this.root.querySelectorAll("form[data-typed]")) {
      this.notes.push(new Notes(/** @type {HTMLFormElement} */ (form), this));
    }
    addEventListener("online", () => this.again());
    addEventListener("offline", () => this.line.abort());
    addEventListener("beforeunload", (event) => {
      if (this.notes.some((each) => each.typing.waits)) event.preventDefault();
    });
    let hidden = 0;
    document.addEventListener("visibilitychange", () => {
      clearTimeout(hidden);
      if (document.hidden) hidden = window.setTimeout(() => this.line.abort(), away);
      else this.again();
    });
    this.listen();
  }

  /** Tries at once what waits for its time. */
  again() {
    this.wait = first;
    this.wake();
    for (const each of this.notes) each.send(true);
  }

  /** Holds a line open on which the server says what came, and makes it anew when it is lost. */
  async listen() {
    while (!this.gone) {
      if (!document.hidden) await this.hear().catch(() => {});
      if (this.gone) return;
      for (const each of this.notes) each.say();
      await this.pause();
    }
  }

  pause() {
    const time = this.wait * (0.75 + Math.random() / 2);
    this.wait = Math.min(2 * this.wait, longest);
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, time);
      this.wake = () => {
        clearTimeout(timer);
        resolve(undefined);
      };
    });
  }

  async hear() {
    this.line = new AbortController();
    const since = new URLSearchParams({ site: this.site });
    for (const each of this.notes) since.set(each.kind, String(each.typing.revision));
    const answer = await fetch(`${this.to}?${since}`, {
      headers: { Accept: "text/event-stream" }, cache: "no-store", redirect: "manual", signal: this.line.signal,
    });
    if (this.ended(answer) || !answer.ok || !answer.body) return;
    let timer = 0;
    const alive = () => {
      clearTimeout(timer);
      timer = window.setTimeout(() => this.line.abort(), silence);
    };
    alive();
    try {
      for await (const [name, content] of events(answer.body)) {
        alive();
        this.wait = first;
        if (name === "news") this.news(JSON.parse(content));
        if (name === "changed") await refresh(document);
      }
    } finally {
      clearTimeout(timer);
    }
  }

  /** @param {{ texts?: Record<string, Entry[]> }} news */
  news(news) {
    for (const each of this.notes) {
      each.came(news.texts?.[each.kind] ?? []);
      each.send(true); // the line is there
    }
  }

  /** Whether the server says that the page may not go on: signed out, or not theirs any more. @param {Response} answer */
  ended(answer) {
    if (answer.type !== "opaqueredirect" && answer.status !== 404 && answer.status !== 403) return false;
    this.gone = true;
    for (const each of this.notes) each.say();
    return true;
  }
}

/** Reads the events of an open answer. @param {ReadableStream<Uint8Array<ArrayBuffer>>} body @returns {AsyncGenerator<[string, string]>} */
async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  for (let rest = "";;) {
    const { value, done } = await reader.read();
    if (done) return;
    const whole = (rest + value).split("\n\n");
    rest = whole.pop() ?? "";
    for (const event of whole) {
      const [name, content] = event.split("\n");
      yield [name.replace("event: ", ""), (content ?? "").replace("data: ", "")];
    }
  }
}
