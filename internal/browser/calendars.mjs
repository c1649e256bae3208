// One's own calendars: node calendars.mjs ADDRESS
// In the example organisation Salome turns invitations off and on, makes an address for her calendar, reads it as a calendar
// program does, and makes another in its place.

import { openPage, views, withBrowser, wrong } from './harness.mjs';
import { look, press, says } from './story/world.mjs';

const [address] = process.argv.slice(2);

await withBrowser(async (browser) => {
  for (const view of views.slice(0, 2)) {
    const page = await openPage(browser, view, address);
    await page.goto('/sign-in');
    await page.locator('summary').first().click();
    const row = page.getByRole('listitem').filter({ hasText: 'Salome Beridze' });
    await Promise.all([page.waitForEvent('load'), row.getByRole('button').first().click()]);
    await turnsOffAndOn(page);
    await subscribes(page);
  }
});

async function turnsOffAndOn(page) {
  await page.goto('/you');
  await Promise.all([page.waitForEvent('load'), page.getByRole('link', { name: 'Your calendars' }).first().click()]);
  await look(page, 'calendars');
  await page.locator('[name="wanted"]').uncheck();
  await press(page, 'Keep this');
  await says(page, 'No more invitations');
  await page.locator('[name="wanted"]').check();
  await press(page, 'Keep this');
  await says(page, 'Conversations come into your calendar by mail');
}

async function subscribes(page) {
  const first = (await page.getByRole('button', { name: 'Make an address' }).count()) > 0;
  await press(page, first ? 'Make an address' : 'Make a new address');
  const feed = await page.locator('#address').textContent();
  await look(page, 'an address for a calendar');
  const answer = await fetch(feed);
  const text = await answer.text();
  if (answer.status !== 200 || !text.startsWith('BEGIN:VCALENDAR') || !text.includes('SUMMARY:Growth conversation')) {
    wrong(`the feed says ${answer.status}: ${text.slice(0, 300)}`);
  }
  const again = await fetch(feed, { headers: { 'If-None-Match': answer.headers.get('etag') } });
  if (again.status !== 304) wrong(`unchanged, it is sent again: ${again.status}`);
  await press(page, 'Make a new address');
  if ((await fetch(feed)).status !== 404) wrong('the old address still opens the feed');
}
