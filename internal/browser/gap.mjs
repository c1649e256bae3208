// From a gap to a goal and its step, played as people would: node gap.mjs ADDRESS OUTSIDE SETUP
// Somebody chooses a skill from the list as they type, by the keyboard alone; sees where they stand against a role; begins a goal from the
// gap, and puts a step from the catalogue under it. At both widths, light and dark, and once without scripts.

import { openPage, views, withBrowser, wrong } from './harness.mjs';
import { follow, look, says, send, World } from './story/world.mjs';

const [address, outside, setUp] = process.argv.slice(2);

await withBrowser(async (browser) => {
  const world = new World(browser, address, outside);
  const first = await world.open('ines');
  await first.goto(setUp);
  await send(first, { 'Just me': true, 'Your name': 'Ines Faria', 'Your e-mail address': 'ines@weir.example' }, 'Set it up and go in');
  await keepsAList(first);
  await outsideRole(first);
  const cookies = await first.context().cookies();
  for (const [n, view] of views.entries()) {
    const page = await openPage(browser, view, address);
    await page.context().addCookies(cookies);
    if (n === 0) await chooses(page);
    await fromGapToStep(page, n);
  }
  const plain = await openPage(browser, views[0], address, { javaScriptEnabled: false });
  await plain.context().addCookies(cookies);
  await withoutScripts(plain);
});

async function keepsAList(page) {
  await page.goto('/organisation/skills/import');
  await look(page, 'a list of skills, to send');
  await send(page, { 'Or paste the lines': 'skill\taliases\tdescription\nGo\tGolang\tA language to write programs in.\nGoal setting\t\t\nHydraulics\tfluid power\tWater under pressure.\n\tnameless\tNobody said what this is.' }, 'Look what would change');
  await says(page, '3 new skills');
  await look(page, 'what a list of skills would change');
  const aside = await page.context().request.get(await page.getByRole('link', { name: 'The lines set aside' }).getAttribute('href'));
  if (!aside.ok() || !(await aside.text()).includes('nameless')) wrong('the lines set aside', 'cannot be had');
  await page.getByRole('button', { name: 'Bring it in' }).click();
  await says(page, 'Hydraulics');
  await look(page, 'skills to choose from');
}

async function outsideRole(page) {
  await page.goto('/gap');
  await look(page, 'where you stand, with nothing yet');
  await follow(page, 'A role outside');
  await look(page, 'a role outside');
  await send(page, { 'The role': 'Harbour engineer', 'What it asks for': 'Fluid power 4\nGolang 3\nDiving 2' }, 'Hold my skills against it');
  await says(page, 'Harbour engineer', 'Diving');
  await Promise.all([page.waitForEvent('load'), page.getByRole('link', { name: 'Change what it asks for' }).click()]);
  await look(page, 'a role outside, to change');
}

/** The field offers skills as one types, and is left to the keyboard alone. */
async function chooses(page) {
  await page.goto('/skills');
  const field = page.getByRole('combobox', { name: /^Skill/ });
  await field.focus();
  await page.keyboard.type('golan', { delay: 30 });
  await page.getByRole('option', { name: /Go/ }).first().waitFor();
  await look(page, 'skills offered as one types');
  await page.keyboard.press('ArrowDown');
  if (!await field.getAttribute('aria-activedescendant')) wrong('the field', 'does not say which one is chosen');
  await page.keyboard.press('Enter');
  if (await field.inputValue() !== 'Go') wrong('the field', `holds ${await field.inputValue()}`);
  await page.keyboard.press('ArrowDown');
  await field.fill('hydr');
  await page.getByRole('option', { name: /Hydraulics/ }).waitFor();
  await page.keyboard.press('Escape');
  if (await page.locator('.offers li:visible').count()) wrong('the list', 'stays open after Escape');
  if (await field.inputValue() !== 'hydr') wrong('own words', 'do not stay');
  if (page.url().includes('golan') || page.url().includes('hydr')) wrong('the address', 'holds what was typed');
  await send(page, { Skill: 'Hydraulics', 'Where you are now': '2, with help', 'Where you want to be': '4, hard cases too' }, 'Add it');
  await says(page, 'Hydraulics');
}

/** Opens the gap of a skill, begins a goal from it, and gives it a step of the catalogue. */
async function fromGapToStep(page, n) {
  await page.goto('/plan');
  await follow(page, 'Where you stand');
  await page.getByLabel('Another role to look at').selectOption({ label: 'Harbour engineer (outside)' });
  await page.getByRole('button', { name: 'Look', exact: true }).click();
  await says(page, 'Hydraulics', 'Harbour engineer');
  await look(page, 'where you stand');
  await page.locator('.gaps').getByRole('link', { name: 'Hydraulics' }).click();
  const open = page.locator('.skill-open', { hasText: 'Hydraulics' });
  if (!await open.getAttribute('open').then((v) => v !== null)) await open.locator('summary').click();
  await look(page, 'a gap, opened');
  await open.getByRole('link', { name: 'Begin a goal' }).click();
  const title = page.getByLabel(/^What you want to reach/);
  if (await title.inputValue() !== 'Hydraulics: hard cases too') wrong('the goal', `begins with ${await title.inputValue()}`);
  await send(page, { 'What you want to reach': `Hydraulics, the hard cases, ${n}` }, 'Keep the goal');
  const goal = new URL(page.url()).pathname;
  await follow(page, 'Ways to learn');
  await follow(page, 'Shadowing');
  await follow(page, 'Put it into your plan');
  await page.getByRole('button', { name: 'Add the step' }).click();
  await page.waitForURL(`**${goal}*`);
  await says(page, 'shadowing', 'Did it once');
  await page.goto('/gap/paths');
  await look(page, 'paths from here');
}

async function withoutScripts(page) {
  await page.goto('/skills');
  await follow(page, 'Look through the organisation’s list');
  await follow(page, 'Goal setting');
  await send(page, { 'Where you are now': '1, a first try' }, 'Add it');
  await says(page, 'Goal setting');
  const skill = page.getByRole('main').getByRole('link', { name: 'Goal setting' }).first();
  await skill.click();
  await follow(page, 'Ask how somebody sees it');
  await send(page, { 'Somebody outside, by a link': true, 'Their name': 'Rui Prado' }, 'Ask them');
  await says(page, '/a/');
}
