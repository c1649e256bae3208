// Does with the module that browsers load what the server did, and ends with an error where something else comes of it.
import { readFileSync } from "node:fs";
import assert from "node:assert/strict";
import { apply, between, compose, inverse, moved, still, transform } from "../../web/assets/js/livetext.js";
import { Typing } from "../../web/assets/js/typing.js";

const cases = JSON.parse(readFileSync(0, "utf8"));
for (const c of cases) {
  const [A, B, Next, A2, B2, Both] = [c.A, c.B, c.Next, c.A2, c.B2, c.Both].map((change) => change ?? []);
  assert.deepEqual(transform(A, B), [A2, B2], JSON.stringify(c));
  assert.deepEqual(compose(A, Next), Both, JSON.stringify(c));
  const after = apply(A, c.Text);
  assert.equal(apply(B2, after), c.AB);
  assert.equal(apply(Next, after), c.Nexted);
  assert.equal(apply(inverse(A, c.Text), after), c.Text);
  for (const caret of [0, after.length, Math.floor(after.length / 2)]) {
    const change = between(c.Text, after, caret);
    assert.equal(apply(change, c.Text), after);
    let at = 0;
    for (const part of change) { // no pair is cut
      if (typeof part === "string") assert.ok(part.isWellFormed?.() ?? true);
      else at += Math.abs(part);
      assert.ok(!/[\udc00-\udfff]/.test(c.Text[at] ?? ""), "within a pair");
    }
  }
}
assert.ok(still([]) && still([3]) && !still([-1]) && !still(["a"]));
assert.equal(moved(2, ["ab", 3]), 4);
assert.equal(moved(2, [2, "ab", 1]), 2, "words put where the caret is stand behind it");
assert.equal(moved(2, [-3]), 0);
assert.equal(moved(3, [1, -1, 2]), 2);
assert.deepEqual(between("aa", "aaa", 1), ["a", 2]);
assert.deepEqual(between("aa", "aaa", 3), [2, "a"]);
assert.deepEqual(between("\u{1F600}", "\u{1F601}", 2), ["\u{1F601}", -2]);

// Pages and a server, over a line that loses answers, repeats and waits: all have the same text in the end, and nothing typed is lost.
let seed = cases.length ? [...cases[0].Text].reduce((sum, sign) => (sum * 31 + (sign.codePointAt(0) ?? 0)) >>> 0, 7) : 7;
const random = (n) => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return Math.floor((seed / 2 ** 32) * n);
};
for (let round = 0; round < 150; round++) {
  const server = { text: "", log: [] };
  const pages = ["o-1", "o-2", "p-1"].map((site) => new Typing(site, "", 0));
  const typed = [];
  const take = (sent) => {
    if (!server.log.some((e) => e.site === sent.site && e.number === sent.number)) {
      let change = sent.change;
      for (const e of server.log.slice(sent.base)) {
        if (e.site < sent.site) change = transform(e.change, change)[1];
        else change = transform(change, e.change)[0];
      }
      server.text = apply(change, server.text);
      server.log.push({ site: sent.site, number: sent.number, change, revision: server.log.length + 1 });
    }
    return server.log.slice(sent.base);
  };
  const type = (page) => {
    const word = `<${typed.length}>`;
    typed.push(word);
    const at = random(page.text.length + 1);
    page.typed([at, word, page.text.length - at].filter(Boolean));
  };
  for (let step = 0; step < 60; step++) {
    const page = pages[random(3)];
    if (random(2)) type(page);
    const sent = page.next();
    if (sent && random(4)) {
      const answer = take(JSON.parse(JSON.stringify(sent)));
      if (random(3)) page.arrived(answer);
    } else if (random(2)) page.arrived(server.log.slice(page.revision, page.revision + random(4)));
  }
  for (const page of [...pages, ...pages]) {
    for (let sent = page.next(); sent; sent = page.next()) page.arrived(take(sent));
    page.arrived(server.log.slice(page.revision));
  }
  for (const page of pages) {
    page.arrived(server.log.slice(page.revision));
    assert.equal(page.text, server.text);
    assert.equal(page.waits, false);
  }
  const letters = (text) => [...text].sort().join("");
  assert.equal(letters(server.text), letters(typed.join("")), "to the letter");
}

// A page that was away for so long that the log is gone gets the whole text, and merges.
const away = new Typing("o-1", "red\ngreen\n", 4);
away.typed([3, "der", 7]);
const there = away.arrived([{ revision: 90, words: "red\ngreen\nblue\n" }]);
assert.equal(away.text, "redder\ngreen\nblue\n");
assert.equal(apply(there, "redder\ngreen\n"), away.text);
assert.equal(away.next().base, 90);
