// Visits what links lead to from each place: node walk.mjs ADDRESS WHO TOKEN ROUTE,ROUTE,... PLACE...
// TOKEN is that of a session of WHO, or empty for somebody who is not signed in.

import { crawl } from './crawl.mjs';
import { withBrowser } from './harness.mjs';

const [address, who, token, routes, ...places] = process.argv.slice(2);

await withBrowser(async (browser) => {
  const forms = await crawl(browser, address, who, token, routes.split(','), places);
  console.log(`visited ${forms.join(' ')}`);
});
