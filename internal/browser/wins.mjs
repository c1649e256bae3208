// Wins, kept as people would: node wins.mjs ADDRESS OUTSIDE SETUP
// From the keyboard on any page, by the bookmarklet, by a phone's share sheet, without scripts; from a list, as drafts; and what shows them.

import { openPage, views, withBrowser, wrong } from './harness.mjs';
import { follow, look, press, says, send, unfold, World } from './story/world.mjs';

const [address, outside, setUp] = process.argv.slice(2);

const list = `# Brag document
## Platform, Q1 2026
- 3 February 2026: Found the leak in the queue
  - Nobody is woken by it any more
- Wrote the guide for the night shift
- [ ] Rewrite the alerts
## Talks
- Gave “Failing well”, https://talks.example/42 (May 2026)
`;

const dot = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

await withBrowser(async (browser) => {
  const world = new World(browser, address, outside);
  const phone = await world.open('ines');
  await phone.goto(setUp);
  await send(phone, { 'Just me': true, 'Your name': 'Ines Faria', 'Your e-mail address': 'ines@weir.example' }, 'Set it up and go in');
  const cookies = await phone.context().cookies();
  const desk = await openPage(browser, views[3], address);
  await desk.context().addCookies(cookies);
  await fromTheKeyboard(desk);
  await theLineIsDown(desk);
  await withAThumb(phone);
  await byTheBookmarklet(desk);
  await byTheShareSheet(phone);
  const plain = await openPage(browser, views[2], address, { javaScriptEnabled: false });
  await plain.context().addCookies(cookies);
  await withoutScripts(plain);
  await fromAList(desk);
  await shown(phone);
});

/** The key, the text, Enter: that is all, and the page stays. */
async function fromTheKeyboard(page) {
  await page.goto('/goals/new');
  await page.getByLabel('What you want to reach').fill('Half written');
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('c');
  await look(page, 'the capture');
  await page.keyboard.type('Cut the release from 40 minutes to 6');
  await page.keyboard.press('Enter');
  const details = page.getByRole('status').getByRole('link', { name: 'Add details' });
  await details.waitFor();
  await look(page, 'a win is kept');
  if (new URL(page.url()).pathname !== '/goals/new') wrong(page.url(), 'is another page than before');
  if (await page.getByLabel('What you want to reach').inputValue() !== 'Half written') wrong(page.url(), 'has lost what was typed');
  await page.getByLabel('What you want to reach').fill('');
  await Promise.all([page.waitForURL('**/wins/*'), details.click()]);
  await says(page, 'Cut the release from 40 minutes to 6');
}

async function theLineIsDown(page) {
  await page.goto('/plan');
  await page.context().setOffline(true);
  await page.keyboard.press('c');
  await page.keyboard.type('Said no to a fifth project');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').filter({ hasText: 'Your words are still here' }).waitFor();
  page.complaints.length = 0; // of the line
  await page.context().setOffline(false);
  await page.keyboard.press('Enter');
  await page.getByRole('status').getByRole('link', { name: 'Add details' }).waitFor();
}

async function withAThumb(page) {
  await page.goto('/plan');
  await page.getByRole('link', { name: 'Keep a win' }).tap();
  await page.getByRole('dialog').getByLabel('One line is enough').fill('Paired with Joel');
  await page.getByRole('dialog').getByRole('button', { name: 'Keep it' }).tap();
  await page.getByRole('status').getByText('Kept, for you alone.').waitFor();
}

/** What the bookmarklet opens: the words stand behind the #, and then nowhere in the address. */
async function byTheBookmarklet(page) {
  await page.goto('/wins/capture');
  await look(page, 'ways to keep a win');
  const script = decodeURIComponent(await page.getByRole('link', { name: 'Keep a win', exact: true }).last().getAttribute('href'));
  if (!script.includes(`${new URL(page.url()).origin}/wins/new#`)) wrong('the bookmarklet', `opens ${script}`);
  const requests = [];
  page.on('request', (request) => requests.push(request.url()));
  await page.goto('/wins/new#' + new URLSearchParams({ what: 'Zanzibar talk', link: 'https://talks.example/42' }));
  await page.waitForFunction(() => document.querySelector('#field-what').value === 'Zanzibar talk' && location.hash === '');
  if (requests.some((url) => url.split('#')[0].includes('Zanzibar'))) wrong('the bookmarklet', 'tells a server what was selected');
  await look(page, 'a win from a bookmarklet');
  await press(page, 'Keep it');
  await says(page, 'Zanzibar talk', 'talks.example/42');
}

/** What a phone does that shares something: a form of parts, sent from outside. */
async function byTheShareSheet(page) {
  const manifest = await (await page.request.get('/manifest.webmanifest')).json();
  const { action, method, enctype, params } = manifest.share_target;
  await page.goto('/');
  await Promise.all([page.waitForURL(`**${action}`), page.evaluate(([action, method, enctype, params]) => {
    const form = Object.assign(document.createElement('form'), { action, method, enctype });
    for (const [name, value] of [[params.title, 'Thanks'], [params.text, 'You saved the launch! https://chat.example/t/9']]) {
      form.append(Object.assign(document.createElement('input'), { name, value, type: 'hidden' }));
    }
    document.body.append(form);
    form.submit();
  }, [action, method, enctype, params])]);
  await says(page, 'Nothing is kept before you say so');
  await look(page, 'a win from a phone');
  if ((await (await page.request.get('/wins')).text()).includes('You saved the launch!')) wrong(action, 'keeps what was shared');
  await press(page, 'Keep it');
  await says(page, 'You saved the launch!');
}

async function withoutScripts(page) {
  await page.goto('/journal');
  await Promise.all([page.waitForURL('**/wins/new'), page.getByRole('link', { name: 'Keep a win' }).click()]);
  await send(page, { 'What went well?': 'Wrote the runbook' }, 'Keep it');
  if (new URL(page.url()).pathname !== '/journal') wrong(page.url(), 'is not where one came from');
  await says(page, 'Kept, for you alone.');
  await follow(page, 'Add details');
  await says(page, 'Wrote the runbook');
}

async function fromAList(page) {
  await page.goto('/wins/import');
  await look(page, 'import wins');
  await send(page, { 'The file': { name: 'brag.md', mimeType: 'text/markdown', buffer: Buffer.from(list) } }, 'Read it');
  await says(page, 'Found 3 entries', 'Platform', 'Found the leak in the queue', '3 February', 'Talks');
  await look(page, 'drafts of wins');
  await page.goto('/wins');
  if ((await page.getByRole('main').innerText()).includes('leak in the queue')) wrong('/wins', 'lists a draft');
  await says(page, '3 drafts wait');
  await follow(page, 'Look at them');
  await follow(page, /^Change.*leak/);
  await look(page, 'a draft of a win');
  await send(page, { 'A figure': '3 nights a month, now none' }, 'Keep it');
  await says(page, 'It is a win now');
  await press(page, 'Drop');
  await press(page, 'Keep all');
  await says(page, 'Found the leak in the queue', '3 nights a month, now none', 'Gave “Failing well”');
  await page.goto('/wins/import');
  await send(page, { 'Or paste it': list }, 'Read it');
  await says(page, 'nothing new', '3 were here or offered before');
  await look(page, 'the same list again');
}

async function shown(page) {
  await page.goto('/wins');
  await follow(page, 'Found the leak');
  await unfold(page, 'Add a link');
  await send(page, { 'A link that shows it': 'https://wiki.example/queue?day=3' }, 'Add the link');
  await unfold(page, 'Add a file');
  await send(page, { 'A picture or a PDF': { name: 'page.png', mimeType: 'image/png', buffer: Buffer.from('<script>alert(1)</script>') } }, 'Add the file');
  await says(page, 'This is no picture');
  await look(page, 'a file that is refused');
  await send(page, { 'A picture or a PDF': { name: 'The graph.png', mimeType: 'text/html', buffer: dot } }, 'Add the file');
  await says(page, 'wiki.example/queue?day=3', 'leads to wiki.example', 'The graph.png', 'PNG, 1 KB');
  await look(page, 'what shows a win');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'The graph.png' }).tap()]);
  if (download.suggestedFilename() !== 'The graph.png') wrong('the file', `is saved as ${download.suggestedFilename()}`);
}
