// A programme with one seat: node programmes.mjs ADDRESS
// In the example organisation Claudio posts a course that costs money of a budget, for which Wanjiru answers. Salome, Luka and
// Wanjiru want the seat. Wanjiru gives it to Salome, and to herself she cannot. Salome gives it back, Luka is the next, and looks back.

import { views, withBrowser } from './harness.mjs';
import { follow, hides, look, press, says, signedIn } from './story/world.mjs';

const [address] = process.argv.slice(2);
const name = 'Charts that tell the truth';

await withBrowser(async (browser) => {
  const claudio = await signedIn(browser, address, views[2], 'Claudio Furlan');
  const at = await posts(claudio);
  const salome = await signedIn(browser, address, views[0], 'Salome Beridze');
  const hers = await finds(salome, at);
  const luka = await signedIn(browser, address, views[1], 'Luka Zupan');
  const his = await asks(luka, at);
  const wanjiru = await signedIn(browser, address, views[3], 'Wanjiru Kamau');
  await answers(wanjiru, at, hers, his);
  await standsInLine(luka, his);
  await givesBack(salome, hers);
  await takesIt(luka, his);
  await ends(claudio, at);
  await looksBack(luka, his);
  await reads(wanjiru, his);
});

async function posts(page) {
  await page.goto('/programmes');
  await look(page, 'the catalogue');
  await follow(page, 'Post something');
  await page.locator('#field-kind').selectOption('course');
  await page.locator('#field-name').fill(name);
  await page.locator('#field-about').fill('One day with somebody who draws for a newspaper.');
  await page.locator('#field-seats').fill('2');
  await page.locator('#field-cost').fill('240');
  const house = await page.locator('#field-budget option').filter({ hasText: 'Courses for everybody' }).getAttribute('value');
  await page.locator('#field-budget').selectOption(house);
  await look(page, 'posting a programme');
  await press(page, 'Keep it as a draft');
  await says(page, 'A draft', 'Wanjiru Kamau says yes to each seat');
  const at = new URL(page.url()).pathname;
  await follow(page, 'Change what it says');
  await page.locator('#field-seats').fill('1');
  await press(page, 'Keep the change');
  await press(page, 'Open it');
  await says(page, '1 of 1 seats free');
  return at;
}

async function finds(page, at) {
  await page.goto('/programmes');
  await follow(page, name);
  await says(page, '240 EUR a seat', 'Wanjiru Kamau says yes to each seat');
  await look(page, 'a programme');
  return asks(page, at, 'To draw what I measure.');
}

async function asks(page, at, hopes = '') {
  await page.goto(at);
  await page.locator('#field-hopes').fill(hopes);
  await press(page, 'Ask for a seat');
  await says(page, 'You wait for an answer');
  return new URL(page.url()).pathname;
}

async function answers(page, at, hers, his) {
  await page.goto(at);
  await says(page, 'you give the seats; Claudio Furlan, your own'); // of hers: nobody says yes to themselves
  const own = await asks(page, at);
  await hides(page, 'Your answer');
  await page.goto('/taking-part');
  await says(page, 'Waits for your answer', 'Salome Beridze', 'Luka Zupan');
  await look(page, 'what waits for an answer, and what one takes part in');
  for (const place of [hers, his]) {
    await page.goto(place);
    if (place === hers) await look(page, 'somebody wants a seat');
    await page.locator('[name="says"][value="yes"]').check();
    await press(page, 'Answer');
  }
  await page.goto(own);
  await press(page, 'Take it back');
  await says(page, 'You gave it up');
}

async function standsInLine(page, his) {
  await page.goto(his);
  await says(page, 'You stand in line', 'You are the next');
  await look(page, 'a place in line');
}

async function givesBack(page, hers) {
  await page.goto(hers);
  await says(page, 'You have a seat');
  await press(page, 'Give the seat up');
  await says(page, 'You gave it up');
}

async function takesIt(page, his) {
  await page.goto('/taking-part');
  await follow(page, name);
  await says(page, 'A seat has come up, and is kept for you');
  await look(page, 'a seat that is kept');
  await press(page, 'I take it');
  await says(page, 'You have a seat');
}

async function ends(page, at) {
  await page.goto(at);
  await says(page, 'Have a seat', 'Luka Zupan');
  await look(page, 'a programme that one looks after');
  await press(page, 'It is over');
  await says(page, 'Were through');
}

async function looksBack(page, his) {
  await page.goto(his);
  await page.locator('#field-learned-end').fill('To begin the axis at nought.');
  await press(page, 'Keep it');
  await look(page, 'looking back at a programme');
  await press(page, 'Tell it');
  await says(page, 'It stays as it was told');
}

async function reads(page, his) {
  await page.goto(his);
  await says(page, 'To begin the axis at nought.');
  await page.goto('/budgets');
  await follow(page, /Courses for everybody/);
  await says(page, '240 EUR');
}
