// Visits what links lead to, as somebody who is not signed in: node walk.mjs ADDRESS PATH

import { crawl } from './crawl.mjs';
import { withBrowser } from './harness.mjs';

const [address, path] = process.argv.slice(2);

await withBrowser(async (browser) => {
  const forms = await crawl(browser, address, 'nobody', (page) => page.goto(path));
  console.log(`visited ${forms.join(' ')}`);
});
