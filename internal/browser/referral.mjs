// An introduction: node referral.mjs ADDRESS
// In the example organisation Sunniva is not the right one, and introduces Salome to Minh: Salome says what he may know of her, he says
// yes, Sunniva writes to both, and Salome tells how it went.

import { views, withBrowser, wrong } from './harness.mjs';
import { look, press, says, signedIn } from './story/world.mjs';

const [address] = process.argv.slice(2);

await withBrowser(async (browser) => {
  const sunniva = await signedIn(browser, address, views[0], 'Sunniva Aas');
  const path = await promises(sunniva);
  const third = path.replace('/referrals/', '/introductions/');
  const minh = await signedIn(browser, address, views[1], 'Minh Trần');
  const early = await minh.request.get(new URL(third, address).href);
  if (early.status() !== 404) wrong(third, `before she agrees he gets ${early.status()}`);
  const salome = await signedIn(browser, address, views[2], 'Salome Beridze');
  await agrees(salome, path);
  await meets(minh, third);
  await introduces(sunniva, path);
  await minh.goto(third);
  await says(minh, 'Minh, Salome', 'After the second shift');
  await look(minh, 'the introduction, for the third');
  await follows(salome, path);
});

async function promises(page) {
  await page.goto('/referrals');
  await look(page, 'introductions');
  await Promise.all([page.waitForEvent('load'), page.getByRole('link', { name: 'Promise an introduction' }).first().click()]);
  await page.locator('#field-for').selectOption({ label: 'Salome Beridze, reports to you' });
  await page.locator('#field-need').fill('commissioning alone, at night');
  await page.locator('#field-third').selectOption({ label: 'Minh Trần, reports to you' });
  await page.locator('#field-told').fill('Salome will commission her first lift.');
  await look(page, 'a new introduction');
  await press(page, 'Promise it');
  await says(page, 'reads what you would tell Minh Trần');
  return new URL(page.url()).pathname;
}

async function agrees(page, path) {
  await page.goto(path);
  await says(page, 'Would you like to meet Minh Trần?');
  await look(page, 'who is to be helped reads it first');
  await page.locator('#field-told').fill('I will commission my first lift, and I am afraid of the night.');
  await press(page, 'Yes, ask them');
  await says(page, 'Minh Trần is asked');
}

async function meets(page, third) {
  await page.goto(third);
  await says(page, 'I am afraid of the night');
  await look(page, 'the third is asked');
  await page.locator('[name="said"][value="yes"]').check();
  await page.locator('#field-words').fill('After the second shift, in the yard.');
  await press(page, 'Send it to Sunniva Aas');
  await says(page, 'You said yes');
}

async function introduces(page, path) {
  await page.goto(path);
  await look(page, 'both agree');
  await page.locator('#field-introduction').fill('Minh, Salome: you both know what a quiet shaft sounds like.');
  await press(page, 'Introduce them');
  await says(page, 'You kept your word');
  await look(page, 'introduced');
}

async function follows(page, path) {
  await page.goto(path);
  await says(page, 'How did it go with Minh Trần?', 'After the second shift');
  await look(page, 'the one question');
  await page.locator('[name="kept"][value="yes"]').check();
  await page.locator('#field-words').fill('We listened to the shaft of Torrevento for an hour.');
  await press(page, 'Send it');
  await says(page, 'What came of it', 'for an hour');
}
