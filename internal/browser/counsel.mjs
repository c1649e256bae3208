// Counsel is kept, decided, shown and led on, and who matters is written down: node counsel.mjs ADDRESS
// In the example organisation Salome keeps an answer as counsel, decides about it, shows it to Minh, who gave it, makes a goal of it, and
// puts somebody from outside on the list of who matters.

import { views, withBrowser, wrong } from './harness.mjs';
import { follow, hides, look, press, says, signedIn, unfold } from './story/world.mjs';

const [address] = process.argv.slice(2);

await withBrowser(async (browser) => {
  const salome = await signedIn(browser, address, views[1], 'Salome Beridze');
  const path = await keepsAnAnswer(salome);
  const minh = await signedIn(browser, address, views[0], 'Minh Trần');
  await minh.goto(path);
  await hides(minh, 'Say it before anybody asks');
  await shows(salome, path);
  await minh.goto('/counsel');
  await follow(minh, /What you advised Salome Beridze/);
  await says(minh, 'adapted it', 'Not to the council', 'can see on which days you looked');
  await look(minh, 'counsel that is shown');
  await fromNothing(salome);
  await leadsOn(salome, path);
  await matters(salome);
});

/** Presses a button that was found already, and waits for the page that follows. */
async function pressed(page, button) {
  await Promise.all([page.waitForEvent('load'), button.click()]);
}

async function keepsAnAnswer(page) {
  await page.goto('/askings/new');
  await page.locator('#field-wording').fill('What would you do on the first night?');
  await page.locator('#field-to').selectOption({ label: 'Somebody else, by name' });
  await page.locator('#field-to_name').fill('Minh');
  await page.locator('#field-answer').fill('Say it before anybody asks.');
  await press(page, 'Keep it');
  await press(page, 'Counsel to decide about');
  await says(page, 'advised this on', 'What will you make of it?', 'Say it before anybody asks');
  await look(page, 'counsel that is not decided');
  const path = new URL(page.url()).pathname;
  await follow(page, /^Edit$/);
  await page.locator('#field-by').selectOption({ label: 'Somebody else in Cossutta & Dahl, by name' });
  await page.locator('#field-named').fill('Minh Trần');
  await press(page, 'Keep it');
  await says(page, 'Minh Trần advised this');
  return path;
}

async function shows(page, path) {
  await page.goto('/counsel');
  await pressed(page, page.locator('li', { hasText: 'Say it before anybody asks' }).getByRole('button', { name: /^Adapted/ }));
  await says(page, 'You adapted it');
  await page.locator('#field-why').fill('Not to the council, they like to ask.');
  await pressed(page, page.locator('#decision button'));
  await says(page, 'Not to the council');
  await page.goto(`${path}/share`);
  await page.locator('[name="with"][value="name"]').check();
  await page.locator('#field-name').fill('Minh Trần');
  await press(page, 'Share');
  await says(page, 'Minh Trần');
}

async function fromNothing(page) {
  await page.goto('/counsel/new');
  await page.locator('#field-words').fill('Bring soup.');
  await page.locator('#field-named').fill('My grandmother');
  await look(page, 'counsel from nothing');
  await press(page, 'Keep it');
  await says(page, 'My grandmother advised this', 'only you');
}

async function leadsOn(page, path) {
  await page.goto(path);
  await page.locator('#field-came').fill('The first night was quiet.');
  await pressed(page, page.locator('#outcome button'));
  await says(page, 'The first night was quiet');
  await look(page, 'counsel with what came of it');
  await follow(page, /^A goal$/);
  await says(page, 'what you heard from Minh Trần');
  if (await page.locator('#field-title').inputValue() !== 'Say it before anybody asks.') wrong('a goal from counsel', 'does not begin with its words');
}

async function matters(page) {
  await page.goto('/relationships/new');
  await look(page, 'somebody who matters, to be written down');
  await page.locator('#field-with').selectOption('outside');
  await page.locator('#field-named').fill('Rosa Lind');
  await page.locator('#field-gives').fill('A walk by the harbour');
  await press(page, 'Put on the list');
  await says(page, 'Rosa Lind');
  await press(page, 'We were in touch today');
  await says(page, 'Last in touch');
  await look(page, 'somebody who matters');
  await page.goto('/relationships');
  await says(page, 'Rosa Lind', 'They helped you, or you them');
  await follow(page, /^Rosa Lind$/);
  await unfold(page, 'Take them off the list');
  await press(page, 'Take them off');
  await hides(page, 'Rosa Lind');
}
