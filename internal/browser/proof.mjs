// A word on a win, and a story made of wins: node proof.mjs ADDRESS
// In the example organisation Salome asks somebody outside by a link, and a colleague, who both answer; a link is taken back; she makes a
// story, changes it and prints it.

import { openPage, views, withBrowser, wrong } from './harness.mjs';
import { follow, hides, look, press, says, send, signedIn } from './story/world.mjs';

const [address] = process.argv.slice(2);

await withBrowser(async (browser) => {
  const salome = await signedIn(browser, address, views[0], 'Salome Beridze');
  const stranger = await openPage(browser, views[3], address);
  const phone = await openPage(browser, views[0], address, { javaScriptEnabled: false });
  const win = await asksByLink(salome, stranger, phone);
  await takesBack(salome, stranger, win);
  await asksAColleague(browser, salome, win);
  await tells(salome, await signedIn(browser, address, views[2], 'Salome Beridze'));
});

/** The secret address of the link that was just made. */
async function addressOn(page) {
  await says(page, 'The address to pass on');
  return new URL(await page.locator('#address').innerText()).pathname;
}

async function asksByLink(salome, stranger, phone) {
  await salome.goto('/wins');
  await follow(salome, /Wrote down my own mistake/);
  const win = new URL(salome.url()).pathname;
  await follow(salome, 'Ask somebody who was there');
  await look(salome, 'ask for a word');
  await salome.getByLabel('Somebody outside, by a link').check();
  await look(salome, 'ask for a word by a link');
  await send(salome, { '=Their name': 'Grazia', 'A line to them': 'You were on the hill.' }, 'Ask them');
  const secret = await addressOn(salome);
  await look(salome, 'a link is made');

  await stranger.goto(secret);
  await says(stranger, 'Salome Beridze asks: was it so?', 'You were on the hill.', 'Wrote down my own mistake');
  if (await stranger.getByRole('navigation').count()) wrong(stranger.url(), 'leads into the product');
  await look(stranger, 'what a link opens');
  await stranger.getByLabel('Yes, and I would add').check();
  await press(stranger, 'Send it to Salome');
  await says(stranger, 'Please say in a few words');
  await look(stranger, 'an answer that comes back');

  await phone.goto(secret); // the same address without scripts: it is open until it is answered
  await phone.getByLabel('Yes, and I would add').check();
  await send(phone, { 'In a few words': 'She told me before I noticed it.', 'Your name': 'Grazia Furlan' }, 'Send it to Salome');
  await says(phone, 'Thank you', 'Salome');
  await stranger.goto(secret);
  await hides(stranger, 'Wrote down my own mistake', 'before I noticed');

  await salome.goto(win);
  await says(salome, 'She told me before I noticed it.', 'Grazia Furlan', 'by a link');
  await look(salome, 'a win with a word on it');
  await press(salome, 'Keep it out of stories');
  await says(salome, 'kept out of stories');
  await press(salome, 'Let it be told');
  return win;
}

async function takesBack(salome, stranger, win) {
  await salome.goto(`${win}/confirmations`);
  await salome.getByLabel('Somebody outside, by a link').check();
  await send(salome, { '=Their name': 'Nobody in particular' }, 'Ask them');
  const secret = await addressOn(salome);
  await salome.goto('/links');
  await look(salome, 'links that wait');
  await follow(salome, 'A word on a win');
  await press(salome, 'Take it back');
  await says(salome, 'taken back');
  await stranger.goto(secret);
  await says(stranger, 'This link has ended', 'taken back');
  await hides(stranger, 'Wrote down my own mistake');
  await look(stranger, 'a link that has ended');
  await stranger.goto('/a/nothing');
  await says(stranger, 'opens nothing');
}

async function asksAColleague(browser, salome, win) {
  await salome.goto(`${win}/confirmations`);
  await salome.getByLabel(/^Somebody else in/).check();
  await send(salome, { 'Their name or e-mail address': 'Sunniva Aas' }, 'Ask them');
  await says(salome, 'Asked', 'Sunniva Aas');
  const sunniva = await signedIn(browser, address, views[3], 'Sunniva Aas');
  await sunniva.goto('/');
  await follow(sunniva, /Wrote down my own mistake/);
  await look(sunniva, 'asked for a word');
  await sunniva.getByLabel('Yes, it was so').check();
  await press(sunniva, 'Send it to Salome');
  await says(sunniva, 'Yes, it was so');
  await hides(sunniva, 'half a minute, each time');
  await look(sunniva, 'my word is given');
}

async function tells(phone, desk) {
  await phone.goto('/wins');
  await follow(phone, 'Make a story of them');
  await look(phone, 'stories');
  await phone.getByLabel('The case for a promotion').check();
  await press(phone, 'Draft it');
  await look(phone, 'a draft');
  const draft = await phone.getByLabel('The text').inputValue();
  if (!draft.includes('She told me before I noticed it.')) wrong(phone.url(), 'does not tell what others said');
  await send(phone, { Title: 'Why I want the next one', 'The text': `I would like to lead it alone.\n\n${draft}` }, 'Keep it');
  await says(phone, 'Why I want the next one', 'I would like to lead it alone.', 'Grazia Furlan');
  await look(phone, 'a story');
  const story = new URL(phone.url()).pathname;
  await desk.goto(story);
  await look(desk, 'a story on a desk');
  await follow(desk, 'Change it');
  await look(desk, 'a story is changed');
  await send(desk, { 'The text': `${'I would like to lead it alone. '.repeat(200)}\n\n# Nights\n- One\n- Two\n> Good\n> — Minh` }, 'Keep it');
  const pdf = (await desk.pdf({ preferCSSPageSize: true })).toString('latin1');
  if (!/\/MediaBox ?\[0 0 59[45](\.\d+)? 84[12](\.\d+)?\]/.test(pdf)) wrong(story, 'is not printed on A4');
  const [download] = await Promise.all([desk.waitForEvent('download'), desk.getByRole('link', { name: 'As Markdown' }).click()]);
  if (!download.suggestedFilename().endsWith('.md')) wrong('the story', `is saved as ${download.suggestedFilename()}`);
  await desk.goto('/stories/new?form=cv');
  await look(desk, 'a CV is drafted');
}
