// A mentor is found: node mentors.mjs ADDRESS
// In the example organisation Beatrix offers her help, Salome finds her and asks, Beatrix says yes, they agree and lay out a session,
// and Salome looks back and keeps what came of it as a win.

import { views, withBrowser } from './harness.mjs';
import { follow, hides, look, press, says, signedIn } from './story/world.mjs';

const [address] = process.argv.slice(2);

await withBrowser(async (browser) => {
  const beatrix = await signedIn(browser, address, views[0], 'Beatrix Szabó');
  await offers(beatrix);
  const salome = await signedIn(browser, address, views[1], 'Salome Beridze');
  await finds(salome);
  await asks(salome);
  await saysYes(beatrix);
  const path = await agrees(salome, beatrix);
  await meets(salome);
  await looksBack(salome, path);
});

async function offers(page) {
  await page.goto('/mentors/profile');
  await look(page, 'an offer that is empty');
  await page.locator('#field-skill1').fill('Saying no in time');
  await page.locator('#field-level1').selectOption('5');
  await page.locator('#field-about').fill('I have said no to a managing director, twice, and both times there was soup afterwards.');
  await page.locator('#field-places').fill('1');
  await press(page, 'Offer it');
  await says(page, 'This is how others see it', 'both times there was soup', '1 place free');
  await look(page, 'an offer as others see it');
  await page.goto('/mentors/profile');
  await page.locator('#field-about').fill('I have said no to a managing director, twice, and both times there was soup afterwards. Mostly leek.');
  await press(page, 'Save');
  await page.goto('/mentors/profile');
  await follow(page, /said before/);
  await says(page, 'both times there was soup afterwards.');
  await look(page, 'what an offer said before');
}

async function finds(page) {
  await page.goto('/mentors');
  await says(page, 'For you', 'nobody is told that they are on it');
  await look(page, 'mentors');
  await page.locator('#field-skill').fill('Saying no in time');
  await page.locator('#field-free').check();
  await press(page, 'Find');
  await follow(page, /Beatrix Szabó/);
  await says(page, 'Saying no in time', '5 of 5');
}

async function asks(page) {
  await follow(page, /^Ask$/);
  await page.locator('#field-learn').fill('Say no to a date before I have said yes to it.');
  await look(page, 'asking a mentor');
  await press(page, 'Send it');
  await says(page, 'They are told once more after a week', 'Beatrix Szabó');
  await look(page, 'what was asked');
}

async function saysYes(page) {
  await page.goto('/mentor-requests');
  await look(page, 'requests');
  await follow(page, /Say no to a date/);
  await look(page, 'a request to answer');
  await page.locator('[name="says"][value="yes"]').check();
  await press(page, 'Answer');
  await says(page, 'a yes');
  await page.goto('/mentors/profile');
  await says(page, '1 person has a place with you now');
}

async function agrees(salome, beatrix) {
  await salome.goto('/mentorships');
  await look(salome, 'pairs');
  await follow(salome, /Say no to a date/);
  const path = new URL(salome.url()).pathname;
  await look(salome, 'a pair');
  await salome.locator('#field-confidentiality').fill('All of it.');
  await press(salome, 'I agree');
  await beatrix.goto(path);
  await says(beatrix, 'Salome Beridze has said yes to this');
  await press(beatrix, 'I agree');
  await says(beatrix, 'You both have said yes to this');
  await beatrix.locator('#field-aim').fill('Say no to two dates.');
  await press(beatrix, 'Change it');
  await says(beatrix, 'What stands', 'Say no to a date', 'It waits for Salome Beridze');
  await look(beatrix, 'a change that waits');
  await salome.goto(path);
  await says(salome, 'Beatrix Szabó would change it to', 'Say no to two dates');
  await press(salome, 'Leave it as agreed');
  await hides(salome, 'two dates');
  return path;
}

async function meets(page) {
  await page.reload();
  await says(page, 'You both have said yes to this');
  await press(page, 'Ask for a session');
  await says(page, 'Beatrix Szabó');
}

async function looksBack(page, path) {
  await page.goto(path);
  await says(page, 'waits for a yes');
  await page.locator('#field-look-back').fill('I said no to the second of December, and the town moved the date.');
  await Promise.all([page.waitForEvent('load'), page.locator('form[action$="/look-back"] button').click()]);
  await page.locator('#field-look-back').fill('I said no to the second of December, and the town moved the date. I slept well.');
  await Promise.all([page.waitForEvent('load'), page.locator('form[action$="/look-back"] button').click()]);
  await follow(page, /said before/);
  await says(page, 'the town moved the date.');
  await look(page, 'what a look back said before');
  await page.goto(path);
  await press(page, 'End it');
  await says(page, 'It has ended');
  await look(page, 'a pair that has ended');
  await press(page, 'Keep what came of it as a win');
  await says(page, 'the town moved the date');
}
