// An ask made ready: node ready.mjs ADDRESS
// In the example organisation Salome answers an objection, finds a day, puts it into words, rehearses it by the keyboard with and without
// scripts, looks at it with the eyes of a manager, and lets Luka comment on exactly what would be sent.

import { views, withBrowser, wrong } from './harness.mjs';
import { follow, hides, look, press, says, send, signedIn } from './story/world.mjs';

const [address] = process.argv.slice(2);

await withBrowser(async (browser) => {
  const salome = await signedIn(browser, address, views[0], 'Salome Beridze');
  const luka = await signedIn(browser, address, views[2], 'Luka Zupan');
  await salome.goto('/asks');
  await follow(salome, /Half a day a month/);
  const path = `${new URL(salome.url()).pathname}/pitch`;
  await answers(salome, path);
  await findsADay(salome, path);
  await puts(salome, path);
  await rehearses(salome, path);
  await rehearses(await signedIn(browser, address, views[1], 'Salome Beridze', { javaScriptEnabled: false }), path);
  await salome.goto(`${path}/ready`);
  await says(salome, 'What would a good manager ask next?', 'And then you leave us?');
  await look(salome, 'ready?');
  await shows(salome, luka, path);
  await enters(salome, luka);
});

/** Answers an objection, which is kept as it is typed. */
async function answers(page, path) {
  await page.goto(`${path}/objections`);
  await says(page, 'Who does your work meanwhile?', 'In your own words');
  const field = page.locator('#why-you textarea, #field-objection-not-ready-yet, textarea').first();
  await field.fill('One machine, one afternoon, and then you decide.');
  await page.getByText('Saved', { exact: false }).first().waitFor();
  await page.reload();
  if (await page.locator('textarea').first().inputValue() !== 'One machine, one afternoon, and then you decide.') wrong(page.url(), 'has not kept what was typed');
  await look(page, 'objections');
}

/** Finds a day, and asks for a conversation on it with one press. */
async function findsADay(page, path) {
  await page.goto(`${path}/when`);
  await says(page, 'A good day', 'The coming weeks', 'Budgets are settled', 'The council of Vallestretta decides');
  await look(page, 'when');
  const ask = page.getByRole('button', { name: /for a conversation then/ });
  if (await ask.count()) {
    await Promise.all([page.waitForEvent('load'), ask.click()]);
    if (!new URL(page.url()).pathname.startsWith('/conversations/')) wrong(page.url(), 'is no conversation');
  }
}

async function puts(page, path) {
  await page.goto(`${path}/wording`);
  await look(page, 'wording');
  await page.locator('#field-written').fill('Dear Elettra,\n\nYou never listen. I would like a course and a raise.');
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Keep it and look at the wording' }).click()]);
  await says(page, 'This says what somebody did wrong', 'This asks for more than one thing');
  await look(page, 'wording with hints');
  await page.goto(`${path}/wording?draft=written`);
  await says(page, 'Put together from what you wrote');
}

/** Turns the cards by the keyboard alone, from the first to the last. */
async function rehearses(page, path) {
  await page.goto(`${path}/rehearsal`);
  const scripts = await page.locator('[data-turns]').isVisible();
  if (scripts) await look(page, 'a card');
  for (let n = 0; n < 30 && await page.locator('[rel=next]').count(); n++) {
    if (!scripts) await page.locator('[rel=next]').focus();
    await Promise.all([page.waitForEvent('load'), page.keyboard.press(scripts ? 'ArrowRight' : 'Enter')]);
  }
  await says(page, 'That was it');
  if (scripts && !/^\d+:\d\d of 3:00/.test(await page.locator('[data-clock]').innerText())) wrong(page.url(), 'has no clock that runs');
  if (scripts) {
    await page.keyboard.press('Space');
    if (!(await page.locator('[data-clock]').innerText()).includes('stands still')) wrong(page.url(), 'does not let the clock stand still');
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('ArrowLeft')]);
    await look(page, 'an objection');
  }
}

/** Lets Luka look at exactly what would be sent, and takes it back. */
async function shows(salome, luka, path) {
  await salome.goto(`${path}/previews`);
  await look(salome, 'previews');
  await salome.getByLabel('Somebody else, by name').check();
  await send(salome, { '=Their name': 'Luka Zupan', 'What you would like to know': 'And now?' }, 'Look at it first');
  await says(salome, 'Only you see this yet', 'Half a day a month');
  await hides(salome, 'Bashir does not like to be asked');
  await look(salome, 'a preview before it is given');
  const preview = new URL(salome.url()).pathname;
  await press(salome, 'Give it to Luka Zupan');
  await luka.goto('/previews');
  await look(luka, 'previews received');
  await luka.goto(preview);
  await says(luka, 'And now?', 'Half a day a month');
  await look(luka, 'a preview');
  await follow(luka, 'Comment on a passage');
  await send(luka, { 'What you want to say': 'Now I would say yes.' }, 'Say it');
  await salome.reload();
  await says(salome, 'Now I would say yes.');
  await press(salome, 'Take it back');
  const answer = await luka.goto(preview);
  if (answer?.status() !== 404) wrong(preview, 'is read after it was taken back');
}

/** Enters an absence and shows it to the team, as days alone. */
async function enters(salome, luka) {
  await salome.goto('/dates/new');
  await look(salome, 'a new date');
  const day = (n) => new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10);
  await send(salome, { 'What you call it': 'A secret wedding', 'First day': day(40), 'Last day': day(44) }, 'Keep it');
  await press(salome, 'Show it to your team');
  await says(salome, 'A secret wedding');
  await look(salome, 'a date');
  const date = new URL(salome.url()).pathname;
  await luka.goto(date);
  await says(luka, 'Absence');
  await hides(luka, 'A secret wedding');
  await salome.goto('/dates');
  await look(salome, 'dates');
}
