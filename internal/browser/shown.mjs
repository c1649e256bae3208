// What one shows of a plan, and what is said about it: node shown.mjs ADDRESS
// In the example organisation Sunniva proposes a goal to Salome, who takes it in other words; Salome gives Sunniva a copy for their
// next conversation; Sunniva comments on a passage, with marked words and without scripts; Salome answers and takes the copy back.

import { openPage, views, withBrowser, wrong } from './harness.mjs';
import { follow, hides, look, press, says, send, signedIn, unfold } from './story/world.mjs';

const [address] = process.argv.slice(2);

await withBrowser(async (browser) => {
  const salome = await signedIn(browser, address, views[0], 'an employee');
  const sunniva = await signedIn(browser, address, views[3], 'their manager');
  await proposes(sunniva, salome);
  const copy = await givesACopy(salome, sunniva);
  const comment = await marksWords(sunniva, copy);
  await withoutScripts(browser, sunniva, copy);
  await answers(salome, sunniva, comment);
  await takesBack(salome, sunniva, copy, comment);
});

async function proposes(sunniva, salome) {
  await sunniva.goto('/proposals/new');
  await look(sunniva, 'to whom to propose');
  await follow(sunniva, 'Salome Beridze');
  await look(sunniva, 'propose a goal');
  await send(sunniva, { 'The goal': 'Bring up the next night shift', 'Why you think of it': 'Hanneli learned it from you', 'How one would know': 'Two people who can' }, 'Propose it');
  await says(sunniva, 'Bring up the next night shift', 'You propose this goal to Salome Beridze');
  await look(sunniva, 'a proposal of mine');
  const proposal = new URL(sunniva.url()).pathname;
  await salome.goto('/');
  await says(salome, 'Bring up the next night shift', 'Sunniva Aas proposes this goal');
  await salome.goto('/proposals');
  await look(salome, 'proposals');
  await follow(salome, 'Bring up the next night shift');
  await look(salome, 'a proposal to me');
  await send(salome, { 'The goal': 'Be replaced at night, gladly' }, 'Take it into my plan');
  await says(salome, 'Be replaced at night, gladly', 'Two people who can');
  await sunniva.goto(proposal);
  await says(sunniva, 'taken');
  await hides(sunniva, 'Be replaced at night');
}

/** Chooses what goes into a copy, sees it as it will be seen, and gives it. */
async function givesACopy(salome, sunniva) {
  await salome.goto('/');
  await follow(salome, 'Prepare it');
  await Promise.all([salome.waitForEvent('load'), salome.getByRole('link', { name: 'Give a copy of your plan' }).click()]);
  await look(salome, 'put a copy together');
  await unfold(salome, 'Wins');
  await send(salome, { Purpose: true, 'Lead a commissioning': true, 'The night plan on one page': true, 'A word to them': 'The goal first, please' }, 'Look at it');
  await says(salome, 'Only you see this yet', 'Sunniva Aas will see exactly this', 'The town signs', 'The goal first, please', 'for Align with Sunniva Aas');
  await hides(salome, 'Read a rope well enough');
  await look(salome, 'a copy, not given');
  const copy = new URL(salome.url()).pathname;
  const before = await sunniva.goto(copy);
  if (before.status() !== 404) wrong(copy, `answers ${before.status()} before it was given`);
  await press(salome, 'Give it to Sunniva Aas');
  await says(salome, 'Sunniva Aas reads it');
  await look(salome, 'a copy, given');
  await salome.goto('/copies');
  await look(salome, 'copies');
  await sunniva.goto(copy);
  await says(sunniva, 'The town signs', 'can see on which days you looked');
  await look(sunniva, 'a copy, read');
  return copy;
}

/** Marked words go into the form; the rest is done from the keyboard. */
async function marksWords(sunniva, copy) {
  await sunniva.goto(copy);
  await follow(sunniva, 'Comment on a passage');
  await look(sunniva, 'comment on a passage');
  await sunniva.evaluate(() => {
    const text = [...document.querySelectorAll('[data-passage] p')].find((p) => p.textContent.includes('Minh was called'));
    const at = text.firstChild.textContent.indexOf('Minh was called');
    const range = document.createRange();
    range.setStart(text.firstChild, at);
    range.setEnd(text.firstChild, at + 'Minh was called'.length);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  });
  const go = sunniva.getByRole('button', { name: 'Comment on these words' });
  await go.waitFor();
  if (await sunniva.getByLabel('The words you mean').inputValue() !== 'Minh was called') wrong(copy, 'does not take the marked words');
  await look(sunniva, 'words are marked');
  await go.focus();
  await sunniva.keyboard.press('Enter');
  await sunniva.keyboard.type('Count only the calls after midnight');
  await Promise.all([sunniva.waitForURL('**/comments/0*'), sunniva.keyboard.press('Control+Enter')]);
  await says(sunniva, 'Minh was called', 'Count only the calls after midnight');
  await look(sunniva, 'a comment of mine');
  return new URL(sunniva.url()).pathname;
}

async function withoutScripts(browser, sunniva, copy) {
  const plain = await openPage(browser, views[1], address, { javaScriptEnabled: false });
  await plain.context().addCookies(await sunniva.context().cookies());
  await plain.goto(copy);
  await follow(plain, 'Comment on a passage');
  await send(plain, { 'The words you mean': 'words that stand nowhere', 'What you want to say': 'Zanzibar' }, 'Say it');
  await says(plain, 'These words do not stand there');
  await send(plain, { 'The words you mean': 'somebody is awake', 'What you want to say': 'Keep this' }, 'Say it');
  await says(plain, 'somebody is awake', 'Keep this');
}

async function answers(salome, sunniva, comment) {
  await salome.goto('/');
  await follow(salome, 'comments on what you show');
  await says(salome, 'Count only the calls after midnight', 'Keep this', 'Minh was called');
  await look(salome, 'comments');
  await salome.goto(comment);
  await look(salome, 'a comment on something of mine');
  await send(salome, { 'Your answer': 'That would be none' }, 'Answer');
  await press(salome, 'Resolve it');
  await hides(salome, 'Count only the calls after midnight');
  await salome.goto('/comments?show=resolved');
  await says(salome, 'Count only the calls after midnight', 'That would be none');
  await look(salome, 'comments, resolved');
  await sunniva.goto(comment);
  await says(sunniva, 'That would be none');
}

/** The copy is gone for who read it; what they said is not, and the passage stands with its owner alone. */
async function takesBack(salome, sunniva, copy, comment) {
  await salome.goto(copy);
  await press(salome, 'Take it back');
  await says(salome, 'taken back');
  await look(salome, 'a copy, taken back');
  const after = await sunniva.goto(copy);
  if (after.status() !== 404) wrong(copy, `answers ${after.status()} after it was taken back`);
  await sunniva.goto(comment);
  await says(sunniva, 'Count only the calls after midnight', 'That would be none', 'not shown to you any more');
  await hides(sunniva, 'Minh was called');
  await look(sunniva, 'a comment on what is shown no more');
  await sunniva.goto('/comments/said');
  await says(sunniva, 'Count only the calls after midnight');
  await look(sunniva, 'what I said');
}
