// Two in one conversation: node together.mjs ADDRESS
// In the example organisation Salome asks Sunniva for a conversation, and both have it open: Salome on a phone, Sunniva at a desk. They
// type at once, the line of one is cut while both go on, each takes back what is theirs, an item is ticked, a line becomes a promise. For her
// talk with somebody outside there is a page of paper.

import { views, withBrowser, wrong } from './harness.mjs';
import { look, press, signedIn } from './story/world.mjs';

const [address] = process.argv.slice(2);

await withBrowser(async (browser) => {
  const salome = await signedIn(browser, address, views[0], 'Salome Beridze');
  const sunniva = await signedIn(browser, address, views[2], 'Sunniva Aas');
  const path = await arrange(salome, sunniva);
  await Promise.all([salome.goto(path), sunniva.goto(path)]);
  await both(salome, sunniva, 'nothing yet', (text) => text === '');
  await typeAtOnce(salome, sunniva);
  await typeWithoutALine(salome, sunniva);
  await takeBack(salome, sunniva);
  await privately(salome, sunniva);
  await tick(salome, sunniva, path);
  await turn(salome);
  await look(salome, 'the notes of two');
  await look(sunniva, 'the notes of two');
  const text = await notes(sunniva).inputValue();
  await sunniva.reload();
  if (await notes(sunniva).inputValue() !== text) wrong('after a reload', 'the store has another text');
  await onPaper(salome);
});

function notes(page) {
  return page.locator('#field-notes');
}

async function arrange(salome, sunniva) {
  await salome.goto('/conversations/new');
  await salome.locator('#field-with').selectOption({ index: 0 });
  await salome.locator('[name="kind"][value="sprint"]').check({ force: true });
  await press(salome, 'Ask for it');
  const path = new URL(salome.url()).pathname;
  await sunniva.goto(path);
  await press(sunniva, 'Yes, this time');
  return path;
}

/** Waits until both pages show the same text, and it is as it is to be. */
async function both(one, other, what, is) {
  for (let tries = 0; ; tries++) {
    const [a, b] = [await notes(one).inputValue(), await notes(other).inputValue()];
    if (a === b && is(a)) return a;
    if (tries > 100) {
      wrong(what, `one has ${JSON.stringify(a)}, the other ${JSON.stringify(b)}`);
      return a;
    }
    await one.waitForTimeout(100);
  }
}

/** Waits until the line under the notes says so. */
async function tells(page, words) {
  await page.locator('#notes [data-said]').filter({ hasText: words }).waitFor();
}

/** Whether a text holds each of the words, once. */
function holds(...words) {
  return (text) => words.every((word) => text.split(word).length === 2);
}

async function typeAtOnce(salome, sunniva) {
  await notes(salome).click();
  await notes(sunniva).click();
  await Promise.all([
    salome.keyboard.type('What moved: the gantry stands. \u{1F680}', { delay: 15 }),
    sunniva.keyboard.type('What is stuck: the permit.', { delay: 20 }),
  ]);
  await both(salome, sunniva, 'typed at once in the same place', holds('What moved: the gantry stands. \u{1F680}', 'What is stuck: the permit.'));
  await tells(salome, 'Saved');
  // Each in a paragraph of their own; the caret of one stays where it was while the other types above it.
  await salome.keyboard.press('Control+End');
  await salome.keyboard.type('\n\nNext: ');
  await both(salome, sunniva, 'a new paragraph', holds('\n\nNext: '));
  await sunniva.keyboard.press('Control+Home');
  await Promise.all([
    salome.keyboard.type('the inspection on Monday.', { delay: 20 }),
    sunniva.keyboard.type('Agreed together: ', { delay: 25 }),
  ]);
  await tells(salome, 'Sunniva Aas is writing');
  await both(salome, sunniva, 'two paragraphs', holds('Next: the inspection on Monday.', 'Agreed together: '));
}

async function typeWithoutALine(salome, sunniva) {
  await salome.context().setOffline(true);
  await salome.keyboard.press('Control+End');
  await salome.keyboard.type(' And the rope.');
  await tells(salome, 'kept here');
  await sunniva.keyboard.press('Control+End');
  await sunniva.keyboard.type(' I ask in Bergen.');
  await salome.context().setOffline(false);
  await both(salome, sunniva, 'the line is back', holds(' And the rope.', ' I ask in Bergen.'));
  await tells(salome, 'Saved');
  salome.complaints = salome.complaints.filter((complaint) => !complaint.includes('INTERNET_DISCONNECTED'));
}

async function takeBack(salome, sunniva) {
  await notes(sunniva).press('Control+End');
  await sunniva.waitForTimeout(1100); // what is typed within a second is one step
  await sunniva.keyboard.type(' Not this.');
  await both(salome, sunniva, 'before it is taken back', holds(' Not this.'));
  await notes(salome).press('Control+Home');
  await salome.keyboard.type('* ');
  await both(salome, sunniva, 'a sign before it', (text) => text.startsWith('* '));
  await sunniva.keyboard.press('Control+z');
  await both(salome, sunniva, 'taken back', (text) => text.startsWith('* ') && !text.includes(' Not this.') && text.includes('And the rope.'));
  await sunniva.keyboard.press('Control+Shift+z');
  await both(salome, sunniva, 'done again', holds(' Not this.'));
}

async function privately(salome, sunniva) {
  await sunniva.locator('#field-private').fill('She is ready for more.');
  await sunniva.waitForFunction(() => document.querySelector('#private [data-said]')?.textContent === 'Saved');
  await salome.waitForTimeout(300);
  if ((await salome.content()).includes('ready for more')) wrong('private notes', 'the other side has them');
}

async function tick(salome, sunniva, path) {
  await salome.locator('#field-item').fill('The archive');
  await salome.getByRole('button', { name: 'Put it on the agenda', exact: true }).first().click();
  await sunniva.locator('#agenda').getByText('The archive').first().waitFor();
  await sunniva.locator('#agenda').getByRole('button', { name: /^Talked about/ }).first().click();
  await salome.locator('#agenda li.ticked').first().waitFor();
  if (new URL(salome.url()).pathname !== path) wrong('the agenda', `it led to ${salome.url()}`);
}

async function turn(salome) {
  await notes(salome).press('Control+End');
  await salome.keyboard.type('\n- Show Bergen the drawings');
  await salome.keyboard.press('Control+Enter');
  const sheet = salome.locator('dialog.sheet[open]');
  if (await sheet.locator('[name="words"]').inputValue() !== 'Show Bergen the drawings') wrong('the sheet', 'other words are filled in');
  await look(salome, 'the sheet of a line');
  await sheet.locator('[name="due"]').fill('2030-12-20');
  await sheet.getByRole('button', { name: 'Keep it' }).click();
  await salome.locator('.turned').filter({ hasText: 'remembers this conversation' }).waitFor();
}

/** What somebody without an account would see comes along on paper. */
async function onPaper(salome) {
  await salome.goto('/conversations');
  for (const name of [/Idoia Garmendia/, 'take it along on paper']) {
    await Promise.all([salome.waitForEvent('load'), salome.getByRole('link', { name }).first().click()]);
  }
  if (!await salome.getByText('The first night on which you led').isVisible()) wrong('on paper', 'the agenda is missing');
  await look(salome, 'a conversation on paper');
}
