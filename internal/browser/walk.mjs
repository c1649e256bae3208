// Visits what links lead to: node walk.mjs ADDRESS WHO PLACE SAMPLES ROUTE...
// WHO is the role of somebody in the example organisation, to be taken by one click, or nobody, who is not signed in.

import { crawl } from './crawl.mjs';
import { withBrowser } from './harness.mjs';

const [address, who, place, samples, ...routes] = process.argv.slice(2);

await withBrowser(async (browser) => {
  const forms = await crawl(browser, address, who, begin, routes, Number(samples));
  console.log(`visited ${forms.join(' ')}`);
});

async function begin(page) {
  if (who !== 'nobody') {
    await page.goto('/sign-in');
    const row = page.getByRole('listitem').filter({ hasText: who });
    await Promise.all([page.waitForEvent('load'), row.getByRole('button').click()]);
  }
  await page.goto(place);
}
