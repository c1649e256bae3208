// The guided start, played as people would: node start.mjs ADDRESS OUTSIDE SETUP
// Somebody sets Ownward up for themselves and begins their plan on a phone, with a thumb; goes on at a desk with the keyboard alone;
// and once more without scripts.

import { openPage, views, withBrowser, wrong } from './harness.mjs';
import { look, press, says, send, World } from './story/world.mjs';

const [address, outside, setUp] = process.argv.slice(2);

await withBrowser(async (browser) => {
  const world = new World(browser, address, outside);
  const phone = await world.open('ines');
  await phone.goto(setUp);
  await send(phone, { 'Just me': true, 'Your name': 'Ines Faria', 'Your e-mail address': 'ines@weir.example' }, 'Set it up and go in');
  await says(phone, 'Ten minutes for your plan');
  await look(phone, 'begin a plan');
  await withAThumb(phone);
  const cookies = await phone.context().cookies();
  const desk = await openPage(browser, views[3], address);
  await desk.context().addCookies(cookies);
  await fromTheKeyboard(desk);
  await twoAtOnce(phone, desk);
  const plain = await openPage(browser, views[2], address, { javaScriptEnabled: false });
  await plain.context().addCookies(cookies);
  await withoutScripts(plain);
});

/** Waits until the page says that all is saved. */
function saved(page) {
  return page.locator('[data-saving]', { hasText: /^Saved$/ }).waitFor();
}

async function withAThumb(page) {
  await page.getByRole('link', { name: 'Begin', exact: true }).last().tap();
  await page.waitForURL('**/start/values');
  for (const word of ['Craft', 'Calm', 'Play', 'Trust', 'Depth', 'Humour']) {
    await page.getByRole('checkbox', { name: new RegExp(`^${word}`) }).tap();
    await saved(page);
  }
  await page.getByRole('checkbox', { name: /^Play/ }).tap();
  await page.getByLabel('Your own word 1').fill('Salt water');
  await page.getByLabel('Your own word 2').focus();
  await saved(page);
  await page.getByLabel('Your own word 1').fill('Salt and water');
  await page.getByLabel('Your own word 2').fill('Learning'); // which the list has
  await page.getByLabel('Your own word 3').focus();
  await page.waitForFunction(() => document.querySelector('input[value=Learning]').checked);
  await page.reload(); // nothing was sent but quietly
  if (!await page.getByRole('checkbox', { name: /^Craft/ }).isChecked() || await page.getByRole('checkbox', { name: /^Play/ }).isChecked()) wrong('values', 'are not kept as they are ticked');
  if (await page.getByLabel('Your own word 1').inputValue() !== 'Salt and water') wrong('values', 'an own word is not kept as it is typed');
  await look(page, 'choose values');
  await press(page, 'Go on');
  await says(page, 'Which of them come first?', 'Salt and water');
  await look(page, 'order values');
}

async function fromTheKeyboard(page) {
  await page.goto('/plan/start/order');
  const last = page.locator('.order > li').last();
  const word = await last.getByRole('heading').innerText();
  await last.getByRole('button', { name: 'Up' }).focus();
  await page.keyboard.press('Enter');
  await saved(page);
  const now = page.locator('.order > li').nth(-2);
  if (await now.getByRole('heading').innerText() !== word) wrong('order', `${word} did not go up`);
  if (!await now.getByRole('button', { name: 'Up' }).evaluate((e) => e === document.activeElement)) wrong('order', 'the focus did not go along');
  await page.getByRole('button', { name: 'Keep the first five' }).press('Enter');
  await page.waitForURL('**/start/order');
  if (await page.locator('.order > li').count() !== 5) wrong('order', `${await page.locator('.order > li').count()} values stay`);
  const first = await page.locator('.order h2').first().innerText();
  await page.locator('.order textarea').first().fill('What I hand over needs no excuse.');
  await page.keyboard.press('Control+Enter');
  await page.waitForURL('**/start/purpose');
  for (const answer of ['calm when a system is down', 'take apart what keeps failing', 'nobody is woken at night']) {
    await page.locator('textarea:focus').waitFor({ timeout: 500 }).catch(() => page.locator('main textarea').first().focus());
    await page.keyboard.type(answer);
    await page.keyboard.press('Tab');
  }
  await look(page, 'three questions');
  await page.locator('main textarea').last().press('Control+Enter');
  await page.waitForURL('**/start/sentence');
  const draft = await page.locator('textarea[name=words]').inputValue();
  if (draft !== 'I want to take apart what keeps failing, so that nobody is woken at night. What I bring: calm when a system is down.') wrong('sentence', draft);
  await look(page, 'a draft of a purpose');
  await page.locator('textarea[name=words]').press('Control+Enter');
  await page.waitForURL('**/start/strengths');
  await page.getByLabel('Strength 1').fill('Drawing');
  await saved(page);
  await page.getByLabel('Strength 1').fill('Drawing things simple');
  await page.getByLabel('Where it showed').first().fill('The board in March');
  await saved(page);
  await look(page, 'strengths');
  await page.getByRole('button', { name: 'Go on' }).press('Enter');
  await page.waitForURL('**/start/hard');
  await page.getByLabel('What I find hard').pressSequentially('Saying no', { delay: 20 });
  await saved(page);
  await page.getByLabel('What I find hard').pressSequentially(' to a friendly request', { delay: 20 });
  await page.getByLabel('What I find hard').press('Control+Enter'); // a save may be under way: it waits for that
  await page.waitForURL('**/start/vision');
  await look(page, 'vision');
  await page.getByLabel('In three years').fill('A workshop by the sea');
  await page.getByRole('button', { name: 'Go on' }).press('Enter');
  await page.waitForURL('**/start/end');
  await says(page, first, 'What I hand over', 'Drawing things simple', 'The board in March', 'Saying no to a friendly request', 'A workshop by the sea', 'One goal');
  await look(page, 'the plan has begun');
  await page.goto('/plan');
  await look(page, 'plan, begun');
  await page.goto('/plan/versions');
  if (/Saying no$/m.test(await page.getByRole('main').innerText())) wrong('versions', 'half a sentence is an earlier version');
}

/** The same text in two windows: the second to save gets both, and nothing is lost. */
async function twoAtOnce(one, other) {
  await one.goto('/plan/start/hard');
  await other.goto('/plan/start/hard');
  await one.getByLabel('What I find hard').fill('Meetings with more than eight people');
  await saved(one);
  await other.getByLabel('What I find hard').fill('Asking for help');
  await other.locator('.conflict').waitFor();
  await says(other, 'Meetings with more than eight people', 'both texts stand above');
  await look(other, 'two at once');
  await other.getByLabel('What I find hard').fill('Asking for help, and large meetings');
  await saved(other);
  await other.goto('/plan/versions');
  await says(other, 'Meetings with more than eight people');
}

async function withoutScripts(page) {
  await page.goto('/plan/start/order');
  const second = await page.locator('.order h2').nth(1).innerText();
  await page.locator('.order > li').nth(1).getByRole('button', { name: 'Up' }).click();
  if (await page.locator('.order h2').first().innerText() !== second) wrong('order', 'without scripts nothing goes up');
  await page.getByRole('button', { name: 'Go on' }).last().click();
  await page.getByRole('link', { name: 'Skip' }).click();
  if (!page.url().endsWith('/start/sentence')) wrong('skip', `leads to ${page.url()}`);
}
