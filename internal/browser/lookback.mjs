// Looking back: node lookback.mjs ADDRESS SESSION YEAR
// Whoever holds the session wrote down more in the year than a page can hold.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkedEverywhere as look, openPage, views, withBrowser, wrong } from './harness.mjs';

const [address, session, year] = process.argv.slice(2);

await withBrowser(async (browser) => {
  const page = await openPage(browser, views[2], address);
  await page.context().addCookies([{ name: 'ownward', value: session, url: address }]);
  await page.goto('/plan');
  await look(page, 'a full plan');
  await page.getByRole('link', { name: 'Look back' }).click();
  await look(page, 'timeline');
  for (const name of ['All of it', year, 'October to December', 'July to September']) {
    await page.getByRole('main').getByRole('link', { name, exact: true }).click();
    await look(page, `timeline, ${name}`);
  }
  await page.getByRole('link', { name: 'On two pages of paper', exact: true }).click();
  await look(page, 'a year');
  await onPaper(page);
});

/** The year fills two sides, in colours and in grey, and nothing of it is cut off. */
async function onPaper(page) {
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: false });
  const sides = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length;
  if (sides !== 2) wrong('a year on paper', `has ${sides} sides`);
  await page.setViewportSize({ width: 658, height: 1000 }); // 174 mm, what the margins of A4 leave
  await page.emulateMedia({ media: 'print' });
  for (const side of await page.locator('.side').all()) {
    const [wants, has] = await side.evaluate((e) => [e.scrollHeight, e.clientHeight]);
    if (wants > has + 1) wrong('a year on paper', `a side of ${has} pixels holds ${wants}`);
  }
  if (process.env.OWNWARD_TEST_PICTURES) {
    await writeFile(join(process.env.OWNWARD_TEST_PICTURES, 'a-year.pdf'), pdf);
    await page.screenshot({ path: join(process.env.OWNWARD_TEST_PICTURES, 'a-year-on-paper.png'), fullPage: true });
  }
}
