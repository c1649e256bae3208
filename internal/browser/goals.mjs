// Goals that move, played as people would: node goals.mjs ADDRESS OUTSIDE SETUP
// Somebody writes a goal on a phone, is given advice, takes a step from the catalogue, says with one press how it goes, looks back from the
// keyboard at a desk, and does the same without scripts.

import { openPage, views, withBrowser, wrong } from './harness.mjs';
import { follow, look, says, send, unfold, World } from './story/world.mjs';

const [address, outside, setUp] = process.argv.slice(2);
let goal = ''; // its path

await withBrowser(async (browser) => {
  const world = new World(browser, address, outside);
  const phone = await world.open('ines');
  await phone.goto(setUp);
  await send(phone, { 'Just me': true, 'Your name': 'Ines Faria', 'Your e-mail address': 'ines@weir.example' }, 'Set it up and go in');
  await isAdvised(phone);
  await isAdvisedWhileWriting(phone);
  await takesAStep(phone);
  await goesOn(phone, world);
  const cookies = await phone.context().cookies();
  const desk = await openPage(browser, views[3], address);
  await desk.context().addCookies(cookies);
  await world.move(15);
  await looksBack(desk);
  const plain = await openPage(browser, views[2], address, { javaScriptEnabled: false });
  await plain.context().addCookies(cookies);
  await withoutScripts(plain);
});

async function isAdvised(page) {
  await page.goto('/goals/new');
  await look(page, 'a new goal, of three kinds');
  await send(page, { 'What you want to reach': 'Besser präsentieren' }, 'Keep the goal');
  await advises(page, 'worin', 'keine Zahl und kein Ergebnis', 'Noch kein erster Schritt', 'Noch kein Datum');
  if (await page.locator('.hints [lang=de]').count() < 4) wrong('advice', 'does not say that it is German');
  await page.goto('/goals/new');
  await send(page, { 'What you want to reach': 'Get better at presenting', 'When you look at it again': 'fortnightly' }, 'Keep the goal');
  goal = new URL(page.url()).pathname;
  await advises(page, 'in which situation', 'No figure and no observable result', 'No first step yet', 'why it matters', 'No date yet');
  await look(page, 'a goal with advice');
  await page.goto(`${goal}/edit`);
  await send(page, {
    'Something to learn': true, 'What exactly': 'Give the quarterly talk without notes', 'How you will know': 'Somebody else sums it up without asking me', 'Why it matters': 'I have something to say',
  }, 'Keep it');
  await says(page, 'something to learn');
  await advises(page, 'No first step yet');
  const main = await page.locator('.hints').innerText();
  if (/in which situation|observable|matters/.test(main)) wrong('advice', `is still given: ${main}`);
}

/** Advice stands beside the form as one types; what is typed stands in no address, and nothing of it is kept. */
async function isAdvisedWhileWriting(page) {
  await page.goto('/goals/new');
  await page.getByLabel('What you want to reach').fill('Get better at listening');
  await page.locator('#advice', { hasText: 'No date yet' }).waitFor();
  await page.locator('#field-due').fill('2027-03-01');
  await page.locator('#advice', { hasText: 'No date yet' }).waitFor({ state: 'detached' });
  await look(page, 'a goal with advice while it is written');
  if (new URL(page.url()).search) wrong('advice', `stands in the address: ${page.url()}`);
  await page.getByLabel('What you want to reach').fill('');
  await page.locator('#field-due').fill('');
  await page.goto('/plan');
  if (/better at listening/.test(await page.locator('main').innerText())) wrong('advice', 'keeps the goal that it looked at');
  await page.goto(goal);
}

/** The advice beside a goal says this. */
async function advises(page, ...texts) {
  const advice = await page.locator('.hints').innerText();
  for (const text of texts) {
    if (!advice.includes(text)) wrong('advice', `does not say "${text}": ${advice}`);
  }
}

async function takesAStep(page) {
  await follow(page, 'Ways to learn');
  await look(page, 'ways to learn');
  await send(page, { 'What you want to do': 'begin', 'What it may cost': 'nothing' }, 'Show');
  await follow(page, 'Shadowing');
  await says(page, 'What to ask your manager for', 'How to tell that it worked');
  await look(page, 'shadowing');
  await follow(page, 'Put it into your plan');
  await look(page, 'a new step, from the catalogue');
  await send(page, { 'By when': '2020-01-31' }, 'Add the step');
  await says(page, 'Spend one morning beside somebody', 'was due', 'When I see them do something');
  await unfold(page, 'Add a step');
  await send(page, { 'What you will do': 'Open one meeting with the decision', 'How often': 'week' }, 'Add the step');
  await look(page, 'a goal with steps');
}

/** Presses a button that keeps the page: no page is loaded, and the list says what is so afterwards. */
async function inPlace(page, row, name, ...texts) {
  await page.evaluate(() => { window.stays = true; });
  await row().getByRole('button', { name, exact: true }).click();
  for (const text of texts) await row().getByText(text).first().waitFor();
  if (!await page.evaluate(() => window.stays)) wrong(name, 'loads the page again');
}

async function goesOn(page, world) {
  await page.goto(goal);
  const late = () => page.locator('#steps li', { hasText: 'Spend one morning' });
  await inPlace(page, late, 'Begun', 'shadowing, begun');
  await inPlace(page, late, 'In a week', 'by ');
  if (await late().evaluate((e) => e.classList.contains('late'))) wrong('a step', 'is still late after it was given another day');
  await inPlace(page, late, 'Did it once', 'Done on', 'Take today back');
  await inPlace(page, late, 'Take today back', 'Did it once');
  const weekly = () => page.locator('#steps li', { hasText: 'Open one meeting' });
  const due = () => weekly().locator('time').first().getAttribute('datetime');
  if (await due() !== world.day()) wrong('a weekly step', `begins on ${await due()}`);
  await inPlace(page, weekly, 'Done this time', 'Done on');
  if (await due() !== world.day(7)) wrong('a weekly step', `is due again on ${await due()}`);
  await look(page, 'a goal, gone on with');
  await page.goto('/');
  await says(page, 'Your steps', 'Open one meeting');
  await look(page, 'home with steps');
}

async function looksBack(page) {
  await page.goto('/');
  await says(page, 'How did it go?');
  await look(page, 'home, time to look back');
  await page.getByRole('link', { name: /^Look back/ }).focus();
  await Promise.all([page.waitForURL('**/goals/**'), page.keyboard.press('Enter')]);
  await says(page, 'Time to look back');
  await look(page, 'time to look back');
  await page.getByRole('radio', { name: /^It is stuck/ }).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await page.keyboard.type('I wait for an invitation. I could ask.');
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Control+Enter')]);
  await says(page, 'Looking back', 'stuck', 'I wait for an invitation');
  await look(page, 'looked back');
  await page.goto('/');
  if ((await page.getByRole('main').innerText()).includes('Get better at presenting\nHow did it go?')) wrong('home', 'asks again at once');
}

async function withoutScripts(page) {
  await page.goto('/goals/new');
  await send(page, { 'What you want to reach': 'Get better at listening' }, 'What would help?');
  if (!/No date yet/.test(await page.locator('#advice').innerText())) wrong('advice', 'is not there without scripts');
  await page.goto(goal);
  const step = page.locator('#steps li', { hasText: 'Spend one morning' });
  await step.getByRole('button', { name: 'Done', exact: true }).click();
  if (!/done/.test(await page.locator('#steps li', { hasText: 'Spend one morning' }).locator('.at').innerText())) wrong('a step', 'is not done without scripts');
  await page.locator('summary', { hasText: 'Look back now' }).click();
  await page.getByRole('radio', { name: 'I let it go' }).check();
  await page.getByLabel('What did you learn?').fill('Nobody waits for a perfect talk.');
  await page.getByRole('button', { name: 'Keep it' }).click();
  await says(page, 'let go', 'Nobody waits for a perfect talk.');
}
