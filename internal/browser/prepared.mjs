// A sprint is prepared from the mail and closed on a phone: node prepared.mjs ADDRESS OUTSIDE TOKEN OTHER-ADDRESS OTHER-TOKEN CONVERSATION
// Tomás leads Ines. The day before, a mail leads him to his brief; on a phone he closes the sprint by its three questions. Before, the two
// type into its notes: he at one copy of the program, she at another over the same store.

import { checked, openPage, views, withBrowser, wrong } from './harness.mjs';

const [address, outside, token, otherAddress, otherToken, path] = process.argv.slice(2);

await withBrowser(async (browser) => {
  const tomas = await signedIn(browser, views[0], address, token);
  const ines = await signedIn(browser, views[2], otherAddress, otherToken);
  await fromTheMail(tomas);
  await acrossCopies(tomas, ines);
  await closeIt(tomas);
});

async function signedIn(browser, view, at, value) {
  const page = await openPage(browser, view, at);
  await page.context().addCookies([{ name: 'ownward', value, url: at }]);
  return page;
}

/** From the mail to the end of the brief there are at most three things to do. */
async function fromTheMail(tomas) {
  await fetch(`${outside}/move?days=1`, { method: 'POST' });
  const answer = await fetch(`${outside}/mail?${new URLSearchParams({ to: 'tomas@weir.example', subject: 'A conversation of yours' })}`);
  if (!answer.ok) throw new Error(await answer.text());
  const { text } = await answer.json();
  let did = 0;
  did++; // the link is pressed
  await tomas.goto(text.match(/https?:\/\/\S+\/brief/)?.[0] ?? address);
  const end = tomas.locator('#done');
  await end.waitFor();
  while (did < 10 && !await end.evaluate((it) => it.getBoundingClientRect().bottom <= innerHeight)) {
    did++; // a screen further
    await tomas.mouse.wheel(0, 800);
    await tomas.waitForTimeout(150);
  }
  if (did > 3) wrong('the brief', `${did} interactions from the mail to its end`);
  if (!await tomas.locator('article.brief').innerText().then((said) => said.includes('The waiting list'))) wrong('the brief', 'what the other brings is missing');
}

async function acrossCopies(tomas, ines) {
  await Promise.all([tomas.goto(path), ines.goto(path)]);
  const [his, hers] = [tomas.locator('#field-notes'), ines.locator('#field-notes')];
  await his.click();
  await his.pressSequentially('The roof is dry.');
  await arrives(ines, 'The roof is dry.');
  await hers.press('Control+End');
  await hers.pressSequentially(' The pump runs.');
  await arrives(tomas, 'The roof is dry. The pump runs.');
  await ines.goto('about:blank');
}

/** Waits until what was typed at one copy stands on a page of the other. */
async function arrives(page, words) {
  await page.waitForFunction((want) => document.querySelector('#field-notes').value === want, words, { timeout: 20_000 });
}

/** On a phone the three questions stand on the first screen, and closing works. */
async function closeIt(tomas) {
  await tomas.setViewportSize({ width: 390, height: 844 });
  await tomas.goto(`${path}/closing`);
  const asked = tomas.locator('form.closing textarea:visible');
  if (await asked.count() !== 3) wrong('the sprint', `asks ${await asked.count()} questions`);
  const last = await asked.last().evaluate((it) => it.getBoundingClientRect().bottom);
  if (last > 844) wrong('the sprint', `its three questions end at ${last} of 844`);
  const button = tomas.getByRole('button', { name: 'We have met: close it' });
  const [end, height] = await button.evaluate((it) => [it.getBoundingClientRect().bottom, it.getBoundingClientRect().height]);
  if (end > 2 * 844 || height < 44) wrong('the sprint', `its button ends at ${end}, ${height} high`);
  await checked(tomas, 'closing a sprint on a phone');
  await asked.nth(0).fill('The roof');
  await asked.nth(2).fill('The pump');
  await Promise.all([tomas.waitForEvent('load'), button.click()]);
  if (!await tomas.locator('#outcome').innerText().then((said) => said.includes('The roof') && said.includes('The pump'))) wrong('the sprint', 'what came of it is missing');
}
