// Money of a budget: node budgets.mjs ADDRESS
// In the example organisation Wanjiru makes a budget, Salome asks Sunniva for money of it, Sunniva says yes, Claudio, who answers
// for it, says yes too, Salome says what was spent, and what is more than there is, is not given.

import { views, withBrowser } from './harness.mjs';
import { follow, look, press, says, signedIn } from './story/world.mjs';

const [address] = process.argv.slice(2);

await withBrowser(async (browser) => {
  const wanjiru = await signedIn(browser, address, views[2], 'Wanjiru Kamau');
  const line = await makes(wanjiru);
  const salome = await signedIn(browser, address, views[0], 'Salome Beridze');
  const sunniva = await signedIn(browser, address, views[3], 'Sunniva');
  const claudio = await signedIn(browser, address, views[1], 'Claudio Furlan');
  const first = await asks(salome, 'Three days with the brake makers of Bergamo', '700');
  await saysYes(sunniva, first, true);
  await approves(claudio, first);
  await spends(salome, first);
  const second = await asks(salome, 'And three days more', '400');
  await saysYes(sunniva, second, false);
  await isRefused(claudio, second);
  await reads(claudio, line);
});

async function makes(page) {
  await page.goto('/organisation');
  await follow(page, /^Budgets$/);
  await says(page, 'Hill 4120', 'Claudio Furlan', 'Together');
  await look(page, 'budgets');
  await follow(page, 'A new budget');
  await look(page, 'a new budget');
  await page.locator('#field-name').fill('Journeys to makers');
  await page.locator('#field-cost_centre').fill('Hill 4170');
  await page.locator('#field-amount').fill('1,000');
  await page.locator('#field-owner').fill('Claudio Furlan');
  await press(page, 'Make it');
  await says(page, 'Journeys to makers', 'Nothing yet', '1,000 EUR');
  await look(page, 'a budget that is new');
  return new URL(page.url()).pathname;
}

async function asks(page, what, amount) {
  await page.goto('/asks/new');
  await page.locator('#field-what').fill(what);
  await page.locator('[name="kind"][value="money"]').check();
  await page.locator('#field-whom').selectOption({ label: 'Sunniva Aas, your manager' });
  await page.locator('#field-amount').fill(amount);
  await page.locator('#field-cost_centre').fill('hill 4170');
  await press(page, 'Send it');
  await says(page, 'hill 4170');
  return new URL(page.url()).pathname;
}

async function saysYes(page, path, looks) {
  await page.goto(path);
  await page.locator('[name="says"][value="yes"]').check();
  const chosen = await page.locator('#field-budget option:checked').innerText();
  if (!chosen.includes('Journeys to makers') || !chosen.includes('Claudio Furlan answers for it')) throw new Error(`of the cost centre that was named, "${chosen}" is chosen`);
  if (looks) await look(page, 'an answer with a budget');
  await press(page, 'Answer');
  await says(page, 'It waits for the yes of Claudio Furlan to the money');
}

async function approves(page, path) {
  await page.goto(path);
  await page.locator('[name="says"][value="yes"]').check();
  const chosen = await page.locator('#field-budget option:checked').innerText();
  if (!chosen.includes('1,000 EUR free')) throw new Error(`who answers for it reads "${chosen}"`);
  await look(page, 'a yes to the money');
  await press(page, 'Answer');
  await says(page, 'held until');
}

async function spends(page, path) {
  await page.goto(path);
  await follow(page, 'Say what was spent, or return it');
  await look(page, 'money that is held');
  await page.locator('#field-spent').fill('645.80');
  await press(page, 'Keep it');
  await says(page, '645.80 EUR spent');
  await look(page, 'money that was spent');
}

async function isRefused(page, path) {
  await page.goto(path);
  await page.locator('[name="says"][value="yes"]').check();
  await press(page, 'Answer');
  await says(page, 'has 354.20 EUR free, and this needs 400 EUR');
  await look(page, 'more than there is');
}

async function reads(page, path) {
  await page.goto(path);
  await says(page, '645.80 EUR', '354.20 EUR', 'An ask of Salome Beridze');
  await look(page, 'a budget with what was reserved of it');
}
