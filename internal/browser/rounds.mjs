// A matching round: node rounds.mjs ADDRESS
// In the example organisation Wanjiru makes Ewa a programme owner. Beatrix joins as a mentor and Salome as a mentee;
// Ewa looks at the variants, pins a pair and sees what that costs, publishes one, undoes it, and ends the round. The walk looks at
// each of the pages; here is looked at what it does not meet.

import { views, withBrowser } from './harness.mjs';
import { follow, look, press, says, signedIn } from './story/world.mjs';

const [address] = process.argv.slice(2);

await withBrowser(async (browser) => {
  const ewa = await names(browser);
  await joinsAsMentor(browser);
  const salome = await joinsAsMentee(browser);
  await opens(ewa);
  const round = await worksOut(ewa);
  await pins(ewa);
  await publishes(ewa);
  await hasAMentor(salome, round);
  await undoes(ewa, round);
  await ends(ewa, salome, round);
});

async function names(browser) {
  const wanjiru = await signedIn(browser, address, views[2], 'Wanjiru Kamau');
  await wanjiru.goto('/organisation/people?q=Ewa');
  await follow(wanjiru, /Ewa Lisowska/);
  await press(wanjiru, 'Make Ewa a programme owner');
  return signedIn(browser, address, views[3], 'Ewa Lisowska');
}

async function joinsAsMentor(browser) {
  const beatrix = await signedIn(browser, address, views[0], 'Beatrix Szabó');
  await beatrix.goto('/rounds');
  await follow(beatrix, /Winter round/);
  await follow(beatrix, /I would help somebody/);
  await says(beatrix, 'You offer no help yet');
  await beatrix.goto('/mentors/profile');
  await beatrix.locator('#field-skill1').fill('Saying no in time');
  await beatrix.locator('#field-level1').selectOption('5');
  await beatrix.locator('#field-places').fill('1');
  await press(beatrix, 'Offer it');
  await beatrix.goto('/rounds');
  await follow(beatrix, /Winter round/);
  await follow(beatrix, /I would help somebody/);
  await beatrix.locator('#field-wish1').fill('Salome Beridze');
  await press(beatrix, 'Take part');
  await says(beatrix, 'You take 1 person');
}

async function joinsAsMentee(browser) {
  const salome = await signedIn(browser, address, views[1], 'Salome Beridze');
  await salome.goto('/rounds');
  await follow(salome, /Winter round/);
  await follow(salome, /I would like a mentor/);
  await salome.locator('#field-aim').fill('To say no before I have said yes.');
  await salome.locator('#field-skill1').fill('Saying no in time');
  await salome.locator('#field-level1').selectOption('2');
  await salome.locator('#field-wish1').selectOption({ label: 'Beatrix Szabó' });
  await press(salome, 'Take part');
  await says(salome, 'You take part', 'Saying no in time', 'Wishes: Beatrix');
  return salome;
}

async function opens(ewa) {
  await ewa.goto('/rounds');
  await follow(ewa, /Open a round/);
  await ewa.locator('#field-name').fill('Spring round');
  await press(ewa, 'Open it');
  await says(ewa, 'First try', '0 of 0 with a mentor');
}

async function worksOut(ewa) {
  await ewa.goto('/rounds');
  await follow(ewa, /Winter round/);
  const round = new URL(ewa.url()).pathname;
  await follow(ewa, /Run it/);
  await follow(ewa, /What they state/);
  await ewa.goBack();
  await follow(ewa, /Side by side/);
  await follow(ewa, /Best total/);
  await says(ewa, 'Since then', 'people want Reading a rope', '2 places');
  await press(ewa, 'Work it out anew');
  await says(ewa, 'Salome Beridze with Beatrix Szabó', 'more is not possible');
  return round;
}

async function pins(ewa) {
  await follow(ewa, /Ivo Radić/);
  await press(ewa, 'Pin with Adaeze Nwosu');
  await says(ewa, 'Ivo Radić with Adaeze Nwosu', 'the fit in all is');
  await look(ewa, 'a preview with a pair pinned');
}

async function publishes(ewa) {
  await press(ewa, 'Publish it');
  await says(ewa, 'All pairs have begun', 'published');
  await look(ewa, 'a round that is published');
}

async function hasAMentor(salome, round) {
  await salome.goto(round);
  await says(salome, 'Your mentor', 'Beatrix Szabó', 'your first wish');
  await look(salome, 'a mentor from a round');
  await follow(salome, /Go there/);
  await says(salome, 'With Beatrix Szabó');
}

async function undoes(ewa, round) {
  await ewa.goto(`${round}/running`);
  await press(ewa, 'Undo it');
  await says(ewa, 'The pairs are taken back');
}

async function ends(ewa, salome, round) {
  await press(ewa, 'End it');
  await says(ewa, 'has ended');
  await salome.goto(round);
  await follow(salome, /Leave/);
  await says(salome, 'This round has ended', 'What you stated goes');
  await look(salome, 'what one stated for a round that has ended');
  await press(salome, 'Take part no more');
  await says(salome, 'You take part no more');
}
