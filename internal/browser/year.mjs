// A year of conversations: node year.mjs ADDRESS
// In the example organisation Joakim proposes a year to Ji-woo, who takes it on a phone. He moves one and puts another off, and
// nothing else moves; she changes the rhythm. Wanjiru brings in a file of holidays.

import { views, withBrowser, wrong } from './harness.mjs';
import { follow, look, press, says, send, signedIn, unfold } from './story/world.mjs';

const [address] = process.argv.slice(2);

await withBrowser(async (browser) => {
  const joakim = await signedIn(browser, address, views[2], 'Joakim Dahl');
  const jiwoo = await signedIn(browser, address, views[0], 'Ji-woo Han');
  await begun(joakim, jiwoo);
  const moved = await movesOne(joakim);
  await putsOneOff(joakim);
  await changesTheRhythm(jiwoo, moved);
  await bringsHolidays(await signedIn(browser, address, views[3], 'Wanjiru Kamau'));
});

async function begun(joakim, jiwoo) {
  await joakim.goto('/cadences');
  await follow(joakim, 'Propose one to Ji-woo Han');
  await look(joakim, 'a year is laid out');
  await press(joakim, 'Lay it out');
  await says(joakim, 'It is laid out once Ji-woo Han says yes');
  await jiwoo.goto('/cadences');
  await follow(jiwoo, 'Joakim Dahl proposes a year');
  await look(jiwoo, 'a year is proposed');
  await press(jiwoo, 'Yes, lay it out');
  await toNextYear(jiwoo);
  await look(jiwoo, 'a year of two');
  await joakim.goto(new URL(jiwoo.url()).pathname);
}

/** The year that comes has twelve of them, whatever day it is. */
async function toNextYear(page) {
  const years = page.getByRole('navigation', { name: 'Years' }).getByRole('link');
  if (await years.count() > 1) await Promise.all([page.waitForEvent('load'), years.last().click()]);
}

/** What the year says, row by row. */
async function rows(page) {
  return page.locator('table.stack tbody tr').evaluateAll((all) => all.map((row) => ({
    href: row.querySelector('a').getAttribute('href'), at: row.querySelector('time')?.dateTime ?? '', says: row.innerText,
  })));
}

/** Every other row is as before. */
function unmoved(before, after, but) {
  for (const row of before) {
    if (row.href !== but && !after.some((other) => other.href === row.href && other.at === row.at)) wrong('the year', `another one moved too: ${row.says}`);
  }
}

async function movesOne(page) {
  await toNextYear(page);
  const year = page.url();
  const before = await rows(page);
  const one = before[2];
  const time = one.at.slice(11, 16) === '14:00' ? '15:00' : '14:00';
  await page.goto(one.href);
  await unfold(page, 'Move it, or skip it');
  await send(page, { Day: one.at.slice(0, 10), Time: time }, 'Move it');
  await page.goto(year);
  const after = await rows(page);
  unmoved(before, after, one.href);
  const at = after.find((row) => row.href === one.href)?.at ?? '';
  if (at.slice(0, 16) !== `${one.at.slice(0, 10)}T${time}`) wrong('the year', `moved to ${time} on ${one.at}, it stands at ${at}`);
  return { href: one.href, at };
}

async function putsOneOff(page) {
  const before = await rows(page);
  const one = before.at(-3);
  await page.goto(`${one.href}/skip`);
  await look(page, 'a conversation is put off');
  if (!await page.locator('[name="for"]').first().evaluate((one) => one.required)) wrong('a conversation that is skipped', 'does not ask why');
  await page.locator('[name="for"]').first().check();
  await press(page, 'Keep it so');
  await toNextYear(page);
  const after = await rows(page);
  unmoved(before, after, one.href);
  if (after.some((row) => row.href === one.href && row.at === one.at)) wrong('the year', 'put off, it stands where it stood');
}

async function changesTheRhythm(page, moved) {
  await page.reload();
  await follow(page, 'Change the rhythm');
  await look(page, 'another rhythm');
  await page.locator('[name="sprint-minutes"]').fill('20').catch(() => page.locator('[name="sprint-minutes"]').selectOption('20'));
  await press(page, 'Keep this rhythm');
  await says(page, 'a sprint of 20 minutes');
  await toNextYear(page);
  const after = await rows(page);
  if (!after.some((row) => row.href === moved.href && Date.parse(row.at) === Date.parse(moved.at))) wrong('the year', 'what was moved did not stay');
}

async function bringsHolidays(page) {
  await page.goto('/organisation/holidays');
  await look(page, 'holidays of the organisation');
  await follow(page, 'Bring in a file');
  await look(page, 'a file of holidays');
  const year = new Date().getUTCFullYear() + 1;
  const days = [[`${year}0605`, 'Festa del molino'], [`${year}1103`, 'San Giusto'], [`${year}1204`, '']];
  const text = days.map(([day, name]) => `BEGIN:VEVENT\nDTSTART;VALUE=DATE:${day}\n${name && `SUMMARY:${name}\n`}END:VEVENT\n`).join('');
  await send(page, { 'Or paste its text': `BEGIN:VCALENDAR\nX-WR-CALNAME:Trieste\n${text}END:VCALENDAR\n` }, 'Look what would change');
  await says(page, 'Trieste, a new list: 2 days new, 1 entry set aside', 'Give it one');
  await look(page, 'what a file of holidays would change');
  await press(page, 'Bring it in');
  await look(page, 'a list of holidays is there');
  await follow(page, 'Trieste');
  await look(page, 'a list of holidays');
  await page.goto('/you/time/calendars/new');
  await look(page, 'a calendar is given');
}
