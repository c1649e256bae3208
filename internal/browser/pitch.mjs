// An ask that is prepared well: node pitch.mjs ADDRESS
// In the example organisation Salome goes from "I want to ask for something" to a sent, complete ask, and every press and every field is counted; her
// manager reads it on one page; she changes a word, and both compare the two versions.

import { views, withBrowser, wrong } from './harness.mjs';
import { follow, look, says, send, signedIn } from './story/world.mjs';

const [address] = process.argv.slice(2);
const most = 40;
let count = 0;
let path = '';

await withBrowser(async (browser) => {
  const salome = await signedIn(browser, address, views[0], 'an employee');
  await isPrepared(salome);
  if (count > most) wrong('a complete ask', `takes ${count} interactions, and may take ${most}`);
  console.log(`from the wish to a complete ask that was sent: ${count} interactions, with each field that is written into counted as one`);
  const sunniva = await signedIn(browser, address, views[3], 'their manager');
  await isRead(sunniva);
  await isChanged(salome);
  await sunniva.goto(`${path}/versions`);
  await says(sunniva, 'Version 2', 'One afternoon with Adaeze', 'The first.');
  await look(sunniva, 'the versions of an ask');
  await isSavedAsTyped(salome);
});

/** Fills fields and presses a button: each is one interaction. */
async function does(page, fields, button) {
  count += Object.keys(fields).length + 1;
  await send(page, fields, button);
}

async function goes(page, name) {
  count++;
  await follow(page, name);
}

/** To the part after this one. */
async function goesOn(page) {
  count++;
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: /^Go on/ }).or(page.getByRole('link', { name: /^Go on/ })).first().click()]);
}

async function isPrepared(page) {
  await page.goto('/asks');
  await goes(page, 'Begin an ask');
  await does(page, { 'What you ask for': 'Two days in the rope shop', 'An assignment': true }, 'Prepare it well');
  path = new URL(page.url()).pathname.replace('/pitch/motive', '');
  await look(page, 'why one asks');
  await does(page, { 'Why now?': 'The shop is quiet in March', 'Hours a week': '2', Until: inDays(60), 'What do you put aside': 'The archive' }, 'Go on');
  await look(page, 'what exactly');
  await does(page, {
    'Why, in words for them': 'I splice what I was shown; I want to know why it holds', 'Another way that would do': 'Four afternoons', 'The smallest version': 'One afternoon',
    'Who can actually grant it?': { index: 1 },
  }, 'Go on');
  await says(page, 'No win goes along yet.');
  await look(page, 'evidence');
  count += 2;
  await page.getByRole('group', { name: 'Wins that speak for it' }).getByRole('checkbox').first().check();
  await page.getByRole('group', { name: 'Skills that speak for it' }).getByRole('checkbox').first().check();
  await does(page, {}, 'Go on');
  await look(page, 'cost and return');
  const figures = {
    Hours: '16', 'Who covers': 'Luka, and I take his Friday', 'In a few lines': 'Fewer journeys to look at ropes', 'What it gains': 'Two can look', 'At least': '2', 'At most': '4',
  };
  count += Object.keys(figures).length + 1;
  for (const [label, words] of Object.entries(figures)) await page.getByLabel(label).first().fill(words);
  await page.getByRole('button', { name: 'Work it out' }).click();
  await page.getByText('It costs 16 hours. Within 12 months it brings 24 to 48 hours: 1.5 to 3 times what it costs.').waitFor();
  await does(page, {}, 'Go on');
  for (let part = 5; part <= 7; part++) await goesOn(page); // those parts have a story of their own
  await goes(page, 'See what goes out, and send it');
  await says(page, 'This is all that', 'I splice what I was shown', 'Luka, and I take his Friday');
  const shown = await page.getByRole('main').innerText();
  if (shown.includes('quiet in March')) wrong('before sending', 'shows the motive among what goes out');
  await look(page, 'before it is sent');
  await does(page, {}, 'Send it');
  await says(page, 'You asked Sunniva');
}

async function isRead(page) {
  await page.goto(path);
  await says(page, 'One afternoon', 'Two can look');
  await follow(page, 'On one page');
  await says(page, 'Who covers meanwhile');
  await look(page, 'the brief of an ask');
  const pdf = await page.request.get(`${path}/brief.pdf`);
  if (!(await pdf.body()).subarray(0, 5).equals(Buffer.from('%PDF-'))) wrong('the brief', 'is no PDF');
}

async function isChanged(page) {
  await page.goto(`${path}/pitch`);
  await look(page, 'the parts of an ask');
  await page.goto(`${path}/pitch/what`);
  await send(page, { 'The smallest version': 'One afternoon with Adaeze' }, 'Stop here for now');
  await follow(page, 'See what goes out');
  await says(page, 'What changes', 'One afternoon with Adaeze');
  await look(page, 'what changes');
  await send(page, {}, 'Send version 2');
}

/** What is typed is there again without a press. */
async function isSavedAsTyped(page) {
  await page.goto(`${path}/pitch/motive`);
  await page.getByLabel('What would be different?').fill('I look, and I know');
  await page.getByText('Saved', { exact: true }).waitFor();
  await page.goto(`${path}/pitch/return`);
  await page.getByLabel('At least').first().fill('3');
  await page.getByRole('button', { name: 'Work it out' }).click();
  await page.getByText('2.2 to 3 times what it costs').waitFor();
  await page.goto(`${path}/pitch/motive`);
  if (await page.getByLabel('What would be different?').inputValue() !== 'I look, and I know') wrong('a part of an ask', 'does not keep what is typed');
}

function inDays(days) {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
