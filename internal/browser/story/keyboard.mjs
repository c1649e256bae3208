// What the keyboard and the scripts add, on Tomás's desk and on Ines's phone.

import { wrong } from '../harness.mjs';
import { look, says } from './world.mjs';

export async function keyboard(world) {
  const { tomas, ines } = world.pages;
  await tomas.goto('/');
  await tomas.keyboard.press('c');
  await tomas.getByRole('dialog').getByLabel('One line is enough').fill('Introduced Ines to Priya');
  await look(tomas, 'keep a win from anywhere');
  await tomas.getByRole('dialog').getByRole('button', { name: 'Keep it' }).click();
  await tomas.getByRole('status').getByRole('link', { name: 'Add details' }).waitFor();
  await tomas.goto('/wins');
  await says(tomas, 'Introduced Ines to Priya');
  await tomas.keyboard.press('?');
  await tomas.getByRole('dialog', { name: 'From the keyboard' }).waitFor();
  await look(tomas, 'help for the keyboard');
  await tomas.keyboard.press('Escape');
  await tomas.getByRole('dialog').waitFor({ state: 'hidden' });
  await tomas.keyboard.press('Control+k');
  await tomas.getByRole('dialog', { name: 'Find' }).waitFor();
  await look(tomas, 'find anything');
  await tomas.keyboard.type('priya');
  await tomas.getByRole('option', { name: 'Introduced Ines to Priya' }).waitFor();
  await look(tomas, 'something found');
  await Promise.all([tomas.waitForURL('**/wins/*'), tomas.keyboard.press('Enter')]);
  await says(tomas, 'Introduced Ines to Priya');
  await Promise.all([tomas.waitForURL('**/plan'), tomas.keyboard.type('gp')]);
  await skips(tomas);
  await ines.goto('/');
  await ines.getByRole('button', { name: 'Menu' }).click();
  await look(ines, 'the menu');
  await ines.keyboard.press('Escape');
}

/** The first stop of the Tab key leads past the navigation, and every stop can be seen. */
async function skips(page) {
  await page.keyboard.press('Tab');
  const first = await page.evaluate(() => document.activeElement?.textContent);
  if (first !== 'Go to the content') wrong(page.url(), `Tab goes to "${first}" first`);
  const outlines = await page.evaluate(async () => {
    const unseen = [];
    for (const e of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')) {
      if (!(e instanceof HTMLElement) || !e.checkVisibility()) continue;
      e.focus({ focusVisible: true });
      const style = getComputedStyle(e);
      if (style.outlineStyle === 'none' && style.boxShadow === 'none') unseen.push(e.outerHTML.slice(0, 100));
    }
    return unseen;
  });
  for (const unseen of outlines) wrong(page.url(), `does not show that it has the focus: ${unseen}`);
}
