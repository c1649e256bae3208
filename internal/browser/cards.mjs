// The question library, as somebody uses it alone: node cards.mjs ADDRESS OUTSIDE SETUP
// Narrowed and searched; a card of one's own, looked at while it is written, mended, kept and taken away; a list that comes in.

import { withBrowser, wrong } from './harness.mjs';
import { follow, hides, look, press, says, send, unfold, World } from './story/world.mjs';

const [address, outside, setUp] = process.argv.slice(2);

const card = `---
id: before-lunch
stage: ask
for: [manager]
question: What would {helper:they} want to hear from {beneficiary:them} before lunch?
---

## When to ask

At eleven.
`;

await withBrowser(async (browser) => {
  const page = await new World(browser, address, outside).open('ines');
  await page.goto(setUp);
  await send(page, { 'Just me': true, 'Your name': 'Ines Faria', 'Your e-mail address': 'ines@weir.example' }, 'Set it up and go in');
  await narrows(page);
  await writes(page);
  await bringsIn(page);
});

async function narrows(page) {
  await page.goto('/questions');
  await look(page, 'the library');
  await send(page, { Words: 'rainy monday' }, 'Show');
  await says(page, 'Whom do I envy at the moment');
  await hides(page, 'What can you do to help me');
  await page.goto('/questions?by=manager');
  await says(page, 'What do you need from me that you have stopped asking for?');
  await look(page, 'questions of managers');
}

async function writes(page) {
  await page.goto('/questions');
  await follow(page, 'Write a card');
  const field = page.getByLabel('The card');
  await field.fill(card.replace('stage: ask', 'stage: tea'));
  await page.locator('#advice').getByText('Line 3').waitFor();
  await look(page, 'a card to be mended');
  await field.fill(card);
  await page.locator('#advice').getByText('What would you want to hear from me before lunch?').waitFor();
  await look(page, 'a card as it reads');
  await press(page, 'Keep it');
  await says(page, 'What would you want to hear from me before lunch?', 'At eleven.', 'which only you see');
  await look(page, 'a card of my own');
  const file = await page.request.get(await page.locator('main a[href$="/markdown"]').first().getAttribute('href'));
  if (!(await file.text()).includes('before lunch')) wrong(file.url(), 'is not the card');
  await follow(page, 'Change the card');
  await unfold(page, 'Remove this card');
  await press(page, 'Remove it');
  await hides(page, 'before lunch?');
}

async function bringsIn(page) {
  await page.goto('/cards/import');
  await page.getByLabel('Or paste the questions').fill('# Progress\n- What moved this week?\n- Think about it.\n');
  await press(page, 'Look at it');
  await says(page, 'What moved this week?', 'it does not end with a question mark');
  await look(page, 'a list looked at');
  await press(page, 'Take it');
  await says(page, 'What moved this week?');
  if (new URL(page.url()).pathname !== '/questions') wrong(page.url(), 'is not where the cards are');
}
