// A browser that looks at pages as people do, and complains of whatever would be in somebody's way.

import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A view is one way to look at a page: how wide, in which colours. */
export const views = [390, 1280].flatMap((width) =>
  ['light', 'dark'].map((colours) => ({ name: `${width}-${colours}`, width, colours })));

/** A name of this machine that, unlike 127.0.0.1, browsers do not trust without https. */
export const plainName = 'ownward.test';

/**
 * Runs story with a browser, and ends the process with 1 if anything was wrong.
 * @param {(browser: import('playwright-core').Browser) => Promise<void>} story
 */
export async function withBrowser(story) {
  const browser = await chromium.launch({
    executablePath: process.env.OWNWARD_TEST_CHROMIUM,
    // As root, as in a container, Chromium has no sandbox to run in. The rest keeps it from calling home.
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync',
      `--host-resolver-rules=MAP ${plainName} 127.0.0.1`],
  });
  try {
    await story(browser);
  } catch (error) {
    wrong('the story broke off', error.stack);
    for (const page of browser.contexts().flatMap((context) => context.pages())) console.log(await described(page));
  } finally {
    await browser.close();
  }
  console.log(`${checks} pages checked, ${faults} faults`);
  process.exitCode = faults > 0 ? 1 : 0;
}

/** What stands on the page, for whoever asks why the story broke off. */
async function described(page) {
  const text = await page.evaluate(() => {
    for (const e of document.querySelectorAll('select, body > header, nav')) e.remove();
    return document.body.innerText.replaceAll(/\s*\n\s*/g, '\n').slice(0, 2000);
  }).catch(() => '');
  return `--- at ${page.view?.name}: ${page.url()}\n${text}`;
}

let checks = 0;
let faults = 0;

/** Notes a fault; the story goes on, so that one run shows them all. */
export function wrong(where, what) {
  faults++;
  console.log(`FAULT ${where}: ${what}`);
}

/**
 * Opens a page in a context of its own and listens to all that goes wrong in it.
 * @param {import('playwright-core').Browser} browser
 * @param {{name: string, width: number, colours: string}} view
 * @param {string} address where the server is; the page may load nothing from anywhere else
 * @param {import('playwright-core').BrowserContextOptions} [more]
 */
export async function openPage(browser, view, address, more = {}) {
  const context = await browser.newContext({
    baseURL: address, viewport: { width: view.width, height: height(view) }, colorScheme: view.colours,
    hasTouch: view.width < 600, reducedMotion: 'reduce', locale: 'en-GB', timezoneId: 'Europe/Berlin', ...more,
  });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  page.view = view;
  page.complaints = [];
  listen(page, new URL(address).origin);
  return page;
}

function listen(page, origin) {
  const complain = (what) => page.complaints.push(what);
  page.on('pageerror', (error) => complain(`script error: ${error.message}`));
  page.on('console', (message) => {
    // An answer of 4xx is noted by the browser too; whether it was right to come is for the story to say.
    const answered = message.type() === 'error' && /the server responded with a status of 4\d\d/.test(message.text());
    if (['error', 'warning'].includes(message.type()) && !answered) complain(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin !== origin && !['data:', 'blob:', 'about:'].includes(url.protocol)) complain(`asks another server: ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 500) complain(`${response.status()} from ${response.url()}`);
    if (response.status() === 404 && response.request().resourceType() !== 'document') complain(`missing: ${response.url()}`);
  });
}

/**
 * Checks the page as it stands now: no rule of accessibility broken, nothing wider than the window, no error on the console,
 * nothing that the Content-Security-Policy had to stop. Keeps a picture in the folder OWNWARD_TEST_PICTURES, when that is set.
 * @param {import('playwright-core').Page} page
 * @param {string} name of the page, for the complaint and the picture
 */
export async function checked(page, name) {
  checks++;
  const where = `${name} at ${page.view.name} (${new URL(page.url()).pathname})`;
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' })); // the bar at the top covers what is scrolled beneath it
  for (const fault of [...await unreachable(page), ...await tooWide(page), ...untitled(await page.title())]) wrong(where, fault);
  for (const complaint of page.complaints.splice(0)) wrong(where, complaint);
  if (process.env.OWNWARD_TEST_PICTURES) {
    await mkdir(process.env.OWNWARD_TEST_PICTURES, { recursive: true });
    const file = `${name.replaceAll(/[^a-z0-9]+/gi, '-').toLowerCase()}-${page.view.name}.png`;
    await page.screenshot({ path: join(process.env.OWNWARD_TEST_PICTURES, file), fullPage: true });
  }
}

/**
 * Checks the page as it stands now at every view, one after the other, and with every fold of its own open. With OWNWARD_TEST_VIEWS=one it
 * stays at the view it has: enough where the same pages are looked at elsewhere.
 */
export async function checkedEverywhere(page, name) {
  const before = page.view;
  if (process.env.OWNWARD_TEST_VIEWS === 'one') return checked(page, name);
  for (const view of views) {
    await look(page, view);
    await checked(page, name);
  }
  if (await fold(page, true) > 0) {
    for (const view of [views[0], views.at(-1)]) {
      await look(page, view);
      await checked(page, `${name} unfolded`);
    }
    await fold(page, false);
  }
  await look(page, before);
}

/** Opens what is folded, or folds what it opened; tells how many there are. */
function fold(page, open) {
  return page.evaluate((open) => {
    const which = open ? ':not([open])' : '[data-unfolded]';
    const folds = [...document.querySelectorAll(`main details${which}, aside details${which}`)];
    for (const fold of folds) {
      fold.open = open;
      fold.toggleAttribute('data-unfolded', open);
    }
    return folds.length;
  }, open);
}

async function look(page, view) {
  page.view = view;
  await page.setViewportSize({ width: view.width, height: height(view) });
  await page.emulateMedia({ colorScheme: view.colours });
}

function height(view) {
  return view.width < 600 ? 844 : 900;
}

/** What axe finds against WCAG 2.2 AA and its own best practices. */
async function unreachable(page) {
  if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  }));
  return violations.map((v) => `${v.id}: ${v.help}\n` + v.nodes.map((n) => `    ${n.target.join(' ')}  ${n.html.slice(0, 160)}\n` +
    `      ${n.failureSummary.replaceAll('\n', '\n      ')}`).join('\n'));
}

/** What makes the page scroll sideways (WCAG 1.4.10). */
function tooWide(page) {
  return page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    const wide = [...document.body.querySelectorAll('*')].filter((e) => e.getBoundingClientRect().right > room + 0.5);
    return [`scrolls sideways: ${document.documentElement.scrollWidth} wide in ${room}; ` +
      wide.slice(-3).map((e) => e.outerHTML.slice(0, 120)).join(' | ')];
  });
}

function untitled(title) {
  return title.trim() ? [] : ['has no title'];
}
