// Figures about groups: node figures.mjs ADDRESS
// In the example organisation Wanjiru (who administers), Sunniva (who leads) and Salome read the same figures, on the page and as a file;
// what is too few is said in words; every drawing says beside it what it draws; all of it is reached by the keyboard.

import { views, withBrowser, wrong } from './harness.mjs';
import { follow, look, says, signedIn } from './story/world.mjs';

const [address] = process.argv.slice(2);

const tables = {
  'promises by department': '/figures?figure=promises&by=department',
  'promises by department and site': '/figures?figure=promises&by=department&and=site',
  'seats by site': '/figures?figure=programme-seats&by=site',
  'what programmes brought': '/figures?figure=programme-brought',
  'sums by level': '/figures?figure=budget-sums&by=level',
  'money by cost centre': '/figures?figure=money',
};

await withBrowser(async (browser) => {
  const salome = await signedIn(browser, address, views[0], 'Salome Beridze');
  const sunniva = await signedIn(browser, address, views[3], 'Sunniva');
  const wanjiru = await signedIn(browser, address, views[2], 'Wanjiru Kamau');
  for (const page of [salome, sunniva, wanjiru]) await finds(page);
  await look(salome, 'figures');
  for (const [name, path] of Object.entries(tables)) {
    const seen = [await reads(salome, path), await reads(sunniva, path), await reads(wanjiru, path)];
    if (seen.some((text) => text !== seen[0])) wrong(path, 'who looks sees something else');
    await drawn(wanjiru);
    await look(wanjiru, name);
  }
  await saysTooFew(salome);
  await byKeyboard(sunniva);
  await salome.goto('/figures');
  await Promise.all([salome.waitForEvent('load'), salome.getByRole('link', { name: 'More on that' }).click()]);
  await says(salome, 'Why a group is missing although it is large');
  await look(salome, 'how figures protect');
});

async function finds(page) {
  await page.goto('/people');
  await follow(page, /^Figures/);
  await says(page, 'Everybody here sees the same', 'rounded to fives');
}

/** What the page and its file say. */
async function reads(page, path) {
  await page.goto(path);
  const file = await page.getByRole('link', { name: 'This table as CSV' }).getAttribute('href');
  return await page.getByRole('main').innerText() + await (await page.request.get(file)).text();
}

/** Beside every drawing stands what it draws. */
async function drawn(page) {
  const silent = await page.locator('td.chart').evaluateAll((cells) => cells.filter((cell) => !cell.querySelector('small')?.innerText.trim()).length);
  const loose = await page.locator('svg.parts:not(.key)').evaluateAll((all) => all.filter((one) => !one.closest('table td.chart') || one.getAttribute('aria-hidden') !== 'true').length);
  if (silent || loose) wrong(page.url(), `${silent} drawings say nothing, ${loose} stand outside a table`);
}

/** One person alone is the Direction: nothing is shown of it, in words. */
async function saysTooFew(page) {
  await page.goto(tables['promises by department']);
  const direction = await page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'Direction', exact: true }) }).innerText();
  if (!direction.includes('too few to show') || /\d/.test(direction)) wrong(page.url(), `of one person it says "${direction}"`);
}

/** From the first field to the table with keys alone. */
async function byKeyboard(page) {
  await page.goto('/figures');
  const at = () => page.evaluate(() => document.activeElement?.id || document.activeElement?.textContent?.trim());
  const tabTo = async (wanted) => {
    for (let n = 0; n < 60; n++) {
      await page.keyboard.press('Tab');
      if (await at() === wanted) return;
    }
    throw new Error(`the Tab key does not come to "${wanted}"`);
  };
  await tabTo('field-figure');
  await page.keyboard.type('Signing up');
  await tabTo('field-by');
  await page.keyboard.type('by site');
  await tabTo('Show');
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  await says(page, 'Signing up for programmes', 'by site');
}
