// A question in writing: node askings.mjs ADDRESS
// In the example organisation Salome has ready what she needs, asks Sunniva and somebody outside at once, who turn it back and answer, by
// the keyboard and without scripts too; and lets something come of the answers.

import { openPage, views, withBrowser, wrong } from './harness.mjs';
import { follow, hides, look, press, says, send, signedIn, unfold } from './story/world.mjs';

const [address] = process.argv.slice(2);
const asked = 'What would you do first, in my place?';

await withBrowser(async (browser) => {
  const salome = await signedIn(browser, address, views[0], 'Salome Beridze');
  const sunniva = await signedIn(browser, address, views[3], 'Sunniva Aas');
  const stranger = await openPage(browser, views[1], address);
  const plain = await openPage(browser, views[0], address, { javaScriptEnabled: false });
  await needs(salome);
  const secret = await asksBoth(salome);
  const together = new URL(salome.url()).pathname;
  await turnsBack(sunniva);
  await replies(salome);
  await answers(sunniva);
  await answersOutside(stranger, plain, secret);
  await sideBySide(await signedIn(browser, address, views[2], 'Salome Beridze'), together);
  await leadsOn(salome, together);
  await asksHerself(await signedIn(browser, address, views[3], 'Salome Beridze'));
});

async function needs(page) {
  await page.goto('/needs');
  await look(page, 'what you need');
  await press(page, 'Take it');
  await says(page, 'Three are enough');
  await page.getByRole('button', { name: /^Move up/ }).first().focus();
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  await look(page, 'three needs');
}

async function asksBoth(page) {
  await page.goto('/questions/show-me');
  await follow(page, 'I ask this');
  await look(page, 'ask in writing');
  await send(page, {
    'What you ask': asked, 'A line to them': 'You know the night shifts.', 'Others here': 'Sunniva Aas', 'Somebody outside': 'Grazia Furlan',
  }, 'Ask');
  await says(page, 'Sunniva Aas', 'Grazia Furlan', 'open until');
  await look(page, 'asked of two');
  await follow(page, /^The link/);
  const secret = new URL(await page.locator('#address').innerText()).pathname;
  await page.goBack();
  return secret;
}

async function turnsBack(page) {
  await page.goto('/');
  await follow(page, asked);
  await says(page, 'Salome Beridze asks you', 'You know the night shifts.');
  await hides(page, 'Grazia');
  await look(page, 'asked a question');
  await press(page, 'Ask back');
  await says(page, 'has not replied yet');
}

async function replies(page) {
  await page.goto('/');
  await follow(page, asked);
  await says(page, 'What do you need?');
  await look(page, 'turned back');
  await press(page, 'Send it to Sunniva');
  await says(page, 'you replied');
}

async function answers(page) {
  await page.reload();
  await says(page, 'What would help me most');
  await look(page, 'asked, with what they need');
  await press(page, 'Send it to Salome');
  await says(page, 'Please write a line');
  await send(page, { 'Your answer': 'Sleep first. Then talk to Ragnhild.' }, 'Send it to Salome');
  await says(page, 'alone reads it');
  await look(page, 'answered a question');
}

async function answersOutside(page, plain, secret) {
  await page.goto(secret);
  await says(page, 'Salome Beridze asks you', 'You know the night shifts.');
  if (await page.getByRole('navigation').count()) wrong(page.url(), 'leads into the product');
  await hides(page, 'Sunniva', 'What would help me most');
  await look(page, 'a question by a link');
  await plain.goto(secret); // the same address without scripts: it is open until it is answered
  await send(plain, { 'Your answer': 'I would walk the line once, alone.', 'Your name': 'Grazia Furlan' }, 'Send it to Salome');
  await says(plain, 'Thank you');
  await page.reload();
  await hides(page, 'walk the line once', asked);
}

async function sideBySide(page, together) {
  await page.goto(together);
  await says(page, 'Sleep first.', 'walk the line once', 'by a link');
  await look(page, 'answers side by side');
}

async function leadsOn(page, together) {
  await page.goto(together);
  await follow(page, /^What follows from it/);
  await says(page, 'Let something come of it');
  await look(page, 'an answer');
  await unfold(page, 'Note something that was suggested');
  await send(page, { 'What was suggested': 'Talk to Ragnhild' }, 'Note it');
  await page.goto('/promises');
  await says(page, 'Only suggested', 'suggested by Sunniva Aas');
  await look(page, 'promises, and what was only suggested');
  await follow(page, 'Talk to Ragnhild');
  await look(page, 'only suggested');
  await follow(page, 'An introduction');
  await look(page, 'an introduction');
  const day = new Date(Date.now() + 20 * 864e5).toISOString().slice(0, 10);
  await send(page, { 'Whom they introduce you to': 'Ragnhild Moen', 'By when': day }, 'Write it down');
  await says(page, 'Sunniva Aas would introduce you to Ragnhild Moen.', 'It counts once Sunniva Aas has said yes to it.');
  await page.goto('/promises');
  await hides(page, 'suggested by Sunniva Aas');
}

async function asksHerself(page) {
  await page.goto('/askings/new');
  await follow(page, 'Yourself');
  await send(page, { 'What you ask': 'What would I miss?', 'What they said': 'The quiet after the last test.' }, 'Keep it');
  await follow(page, 'in your journal');
  await says(page, 'From a question that you asked yourself');
  await look(page, 'an entry from a question');
}
