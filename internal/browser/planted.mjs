// Looks at pages of one server on a phone: node planted.mjs ADDRESS PATH...

import { checked, openPage, views, withBrowser } from './harness.mjs';

const [address, ...paths] = process.argv.slice(2);

await withBrowser(async (browser) => {
  for (const path of paths) {
    const page = await openPage(browser, views[0], address);
    await page.goto(path);
    await checked(page, path);
    await page.context().close();
  }
});
