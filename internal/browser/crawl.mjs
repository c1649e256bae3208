// Visits every page that links lead to, and checks each at every view.

import { checkedEverywhere, openPage, views, wrong } from './harness.mjs';

// Pages of one route with the same fields in the query have one form; of each form a few are looked at.
const samePerForm = 2;

/**
 * @param {import('playwright-core').Browser} browser
 * @param {string} address where the server is
 * @param {string} who walks, for the complaints
 * @param {string} token of their session; empty for somebody who is not signed in
 * @param {string[]} routes the paths of the server's pages: /asks/{id}
 * @param {string[]} places where the walk begins
 * @returns {Promise<string[]>} the forms of the paths that were visited
 */
export async function crawl(browser, address, who, token, routes, places) {
  const page = await openPage(browser, views[0], address);
  if (token) await page.context().addCookies([{ name: 'ownward', value: token, url: address, httpOnly: true, sameSite: 'Lax' }]);
  const waiting = places.map((path) => address + path);
  const seen = new Set();
  const visited = new Map(); // form: how many
  const formOf = former(routes);
  while (waiting.length > 0) {
    const url = waiting.shift().split('#')[0];
    if (seen.has(url)) continue;
    seen.add(url);
    const form = formOf(url);
    if ((visited.get(form) ?? 0) >= samePerForm) continue;
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
  const known = routes.map((route) => [route, new RegExp(`^${quoted(route).replaceAll(/\{[^}]*\}/g, '[^/]+')}$`)]);
  return (url) => {
    const { pathname, searchParams } = new URL(url);
    // Of two that fit, /asks/new and /asks/{id}, the one with fewer variables is meant.
    const fitting = known.filter(([, pattern]) => pattern.test(pathname)).map(([route]) => route);
    const route = fitting.sort((a, b) => a.split('{').length - b.split('{').length)[0] ?? pathname;
    const query = [...new Set(searchParams.keys())].sort().join('&');
    return query ? `${route}?${query}` : route;
  };
}
