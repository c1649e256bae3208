// The story of Ownward, played as people would: node story.mjs ADDRESS OUTSIDE
// OUTSIDE is what stands around the installation: its mails, its log, its clock.

import { checkedEverywhere, openPage, views, withBrowser } from './harness.mjs';

const [address] = process.argv.slice(2);

await withBrowser(async (browser) => {
  const page = await openPage(browser, views[0], address);
  await page.goto('/there/is/no/such/page');
  await checkedEverywhere(page, 'nothing here');
});
