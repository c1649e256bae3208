// Visits every page that links lead to, and checks each at every view.

import { checkedEverywhere, openPage, views, wrong } from './harness.mjs';

/**
 * @param {import('playwright-core').Browser} browser
 * @param {string} address where the server is
 * @param {string} who walks, for the complaints
 * @param {(page: import('playwright-core').Page) => Promise<void>} begin takes a fresh page to where the walk begins
 * @param {string[]} routes the paths of the server's pages: /asks/{id}
 * @param {number} samples how many pages are looked at of one form: of one route, with the same fields in the query
 * @returns {Promise<string[]>} the forms of the paths that were visited
 */
export async function crawl(browser, address, who, begin, routes, samples) {
  const page = await openPage(browser, views[0], address);
  await begin(page);
  const waiting = [page.url()];
  const seen = new Set();
  const visited = new Map(); // form: how many
  const formOf = former(routes);
  while (waiting.length > 0) {
    const url = waiting.shift().split('#')[0];
    if (seen.has(url)) continue;
    seen.add(url);
    const form = formOf(url);
    if ((visited.get(form) ?? 0) >= samples) continue;
    visited.set(form, (visited.get(form) ?? 0) + 1);
    waiting.push(...await visit(page, `${who} ${form}`, url));
  }
  await page.context().close();
  return [...visited.keys()].sort();
}

/** Checks one page and gives the links on it. */
async function visit(page, name, url) {
  const head = await page.context().request.get(url, { maxRedirects: 5 });
  if (head.status() >= 400) {
    wrong(`${name} (${url.slice(new URL(url).origin.length)})`, `a link leads to ${head.status()}`);
    return [];
  }
  if (!head.headers()['content-type']?.startsWith('text/html')) return [];
  await page.goto(url);
  await checkedEverywhere(page, name);
  return page.evaluate(() => [...document.querySelectorAll('a[href]')].map((a) => a.href)
    .filter((href) => new URL(href).origin === location.origin));
}

/** Gives a function that names the form of an address: its route, with the names in its query. */
function former(routes) {
  const quoted = (text) => text.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&');
  const known = routes.map((route) => [route, new RegExp(`^${quoted(route.replace('{$}', '')).replaceAll(/\{[^}]*\}/g, '[^/]+')}$`)]);
  return (url) => {
    const { pathname, searchParams } = new URL(url);
    // Of two that fit, /asks/new and /asks/{id}, the one with fewer variables is meant.
    const fitting = known.filter(([, pattern]) => pattern.test(pathname)).map(([route]) => route);
    const route = fitting.sort((a, b) => a.split('{').length - b.split('{').length)[0] ?? pathname;
    const query = [...new Set(searchParams.keys())].sort().join('&');
    return query ? `${route}?${query}` : route;
  };
}
