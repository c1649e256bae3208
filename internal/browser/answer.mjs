// An ask is answered: node answer.mjs ADDRESS
// In the example organisation Sunniva asks Salome back about a course, says yes to it from her side, and Claudio says yes to the money.
// Salome thanks them, draws up with Sunniva what must be shown for her level, and reads the story of it all.

import { views, withBrowser, wrong } from './harness.mjs';
import { follow, look, press, says, signedIn } from './story/world.mjs';

const [address] = process.argv.slice(2);

await withBrowser(async (browser) => {
  const salome = await signedIn(browser, address, views[0], 'Salome Beridze');
  await salome.goto('/asks');
  await follow(salome, /rope inspection course in Bergen/);
  const path = new URL(salome.url()).pathname;
  const sunniva = await signedIn(browser, address, views[1], 'Sunniva Aas');
  await asksBack(sunniva, salome, path);
  await answersInFive(sunniva, path);
  await saysYesToTheMoney(await signedIn(browser, address, views[2], 'Claudio Furlan'), path);
  await thanks(salome, path);
  await drawsUp(salome, sunniva);
  await tellsBack(salome);
  await reads(salome, path);
});

async function asksBack(sunniva, salome, path) {
  await sunniva.goto(path);
  await says(sunniva, 'Asked back', 'It is in the price', 'Two minutes: only the answer itself is needed');
  await look(sunniva, 'the answer page');
  await sunniva.locator('[name="says"][value="question"]').check();
  await sunniva.locator('#field-question').fill('And which of the two dates?');
  await press(sunniva, 'Answer');
  await says(sunniva, 'And which of the two dates?', 'Waits for');
  await salome.goto(path);
  await look(salome, 'a question back');
  await salome.locator('#field-reply').fill('The first: nothing is on the hill that week.');
  await press(salome, 'Answer, and send it back');
  await says(salome, 'nothing is on the hill that week');
}

/** The answer of a manager, with every press beside typing counted: five at most. */
async function answersInFive(page, path) {
  await page.goto(path);
  let presses = 0;
  const counted = async (what) => { presses++; await what; };
  await counted(page.locator('[name="says"][value="yes"]').check());
  await counted(page.locator('#field-reason').click());
  await page.keyboard.type('Two who can do the first look: that is worth three days.');
  await counted(page.locator('#field-money').selectOption('here'));
  await counted(page.locator('#field-named_money').click());
  await page.keyboard.type('Claudio Furlan');
  await look(page, 'a yes that needs another');
  await counted(press(page, 'Answer'));
  if (presses > 5) wrong(page.url(), `${presses} interactions for an answer`);
  await says(page, 'You said yes from your side', 'Claudio Furlan');
  console.log(`an answer: ${presses} interactions beside typing`);
}

async function saysYesToTheMoney(page, path) {
  await page.goto(path);
  await says(page, 'needs your yes for the money', 'On the money alone');
  await look(page, 'the answer on the money');
  await page.locator('[name="says"][value="yes"]').check();
  await page.locator('#field-cost_centre').fill('Ropes 2210');
  await press(page, 'Answer');
  await says(page, 'Sunniva Aas and you said yes', 'Ropes 2210');
}

async function thanks(page, path) {
  await page.goto(path);
  await says(page, 'Sunniva Aas and Claudio Furlan said yes');
  await page.locator('#field-thanks').first().fill('Thank you both. I bring a rope.');
  await press(page, 'Send the thanks');
  await says(page, 'I bring a rope');
  await look(page, 'granted by two');
}

async function drawsUp(salome, sunniva) {
  await salome.goto('/asks');
  const row = salome.getByRole('listitem').filter({ hasText: 'Sunniva Aas said not now' }).filter({ hasText: 'Level 3' });
  await Promise.all([salome.waitForEvent('load'), row.getByRole('link').first().click()]);
  const path = new URL(salome.url()).pathname;
  await says(salome, 'What must be shown', 'One piece of work carried alone', 'Ways that Sunniva Aas sees', 'Smaller step');
  await look(salome, 'a not now');
  await salome.getByText('Add something that must be shown').click();
  await salome.locator('#field-words').fill('A customer who rings me first');
  await press(salome, 'Propose it');
  await says(salome, 'You proposed that this be shown');
  await sunniva.goto(path);
  await press(sunniva, 'Agree');
  await look(sunniva, 'what must be shown');
  await sunniva.goto(`${path}/criteria/new`);
  await look(sunniva, 'what a role asks for');
  await salome.goto(path);
  await press(salome, 'Make an ask of it');
  await says(salome, 'A draft of it is here');
}

async function tellsBack(page) {
  await page.goto('/asks');
  await follow(page, /Six nights at Ulvefjell/);
  await says(page, 'What became of it', 'told back', '3,450 EUR');
  await page.getByText('Note what became of it').click();
  await page.locator('[name="kind"][value="learned"]').check();
  await page.locator('#field-words').fill('Coats first.');
  await press(page, 'Keep it');
  await look(page, 'what became of it');
  await page.getByText('Tell it back, with thanks').click();
  await page.locator('#granted #field-thanks').fill('Still warm.');
  await press(page, 'Tell it back');
  await says(page, 'Told back.');
}

async function reads(page, path) {
  await page.goto(`${path}/story`);
  await says(page, 'The story of an ask', 'What you asked', 'On the way to the answer', 'The answer', 'I bring a rope');
  await look(page, 'the story');
}
