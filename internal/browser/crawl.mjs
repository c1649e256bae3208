// Visits every page that links lead to, and checks each at every view.

import { checkedEverywhere, openPage, views, wrong } from './harness.mjs';

// Pages that differ only in an identity, a date or a query have one form; of each form a few are looked at.
const samePerForm = 3;

/**
 * @param {import('playwright-core').Browser} browser
 * @param {string} address where the server is
 * @param {string} who walks, for the complaints
 * @param {(page: import('playwright-core').Page) => Promise<void>} signIn takes a fresh page to where the walk begins
 * @param {string[]} [places] to visit even if no link leads there
 * @returns {Promise<string[]>} the forms of the paths that were visited
 */
export async function crawl(browser, address, who, signIn, places = []) {
  const page = await openPage(browser, views[0], address);
  await signIn(page);
  const waiting = [page.url(), ...places.map((path) => address + path)];
  const seen = new Set();
  const visited = new Map(); // form: how many
  while (waiting.length > 0) {
    const url = waiting.shift().split('#')[0];
    if (seen.has(url)) continue;
    seen.add(url);
    const form = formOf(url);
    if ((visited.get(form) ?? 0) >= samePerForm) continue;
    visited.set(form, (visited.get(form) ?? 0) + 1);
    waiting.push(...await visit(page, who, url));
  }
  await page.context().close();
  return [...visited.keys()].sort();
}

/** Checks one page and gives the links on it. */
async function visit(page, who, url) {
  const path = url.slice(new URL(url).origin.length);
  const head = await page.context().request.get(url, { maxRedirects: 5 });
  if (head.status() >= 400) {
    wrong(`${who} at ${path}`, `a link leads to ${head.status()}`);
    return [];
  }
  if (!head.headers()['content-type']?.startsWith('text/html')) return [];
  await page.goto(url);
  await checkedEverywhere(page, `${who} ${formOf(page.url())}`);
  return page.evaluate(() => [...document.querySelectorAll('a[href]')].map((a) => a.href)
    .filter((href) => new URL(href).origin === location.origin));
}

function formOf(url) {
  const { pathname, searchParams } = new URL(url);
  const path = pathname
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '{id}')
    .replaceAll(/\d{4}-\d{2}-\d{2}/g, '{day}')
    .replaceAll(/\/\d+(?=\/|$)/g, '/{number}');
  const query = [...searchParams.keys()].sort().join('&');
  return query ? `${path}?${query}` : path;
}
