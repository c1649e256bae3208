// A promise from a conversation is kept; another is renegotiated by both sides.

import { follow, look, press, says, send, unfold } from './world.mjs';

export async function promise(world) {
  await keeps(world);
  await renegotiates(world);
}

async function keeps(world) {
  const { tomas, ines } = world.pages;
  await tomas.goto('/promises');
  await look(tomas, 'promises');
  await follow(tomas, 'Introduce Ines to Priya');
  await look(tomas, 'a promise of mine');
  await send(tomas, { 'A line on how it went': 'We had lunch together.' }, 'It is done');
  await world.noticeTo('ines', 'Priya', 'lunch');
  await ines.goto('/promises');
  await says(ines, 'Waits for you');
  await look(ines, 'promises, one waits');
  await follow(ines, 'Introduce Ines to Priya');
  await look(ines, 'a promise to confirm');
  await press(ines, 'Yes, it was kept');
  await look(ines, 'a promise kept');
  await world.noticeTo('tomas', 'Priya');
  await ines.goto('/promises/settled');
  await says(ines, 'Introduce Ines to Priya');
  await look(ines, 'promises, settled');
}

async function renegotiates(world) {
  const { tomas, ines } = world.pages;
  await ines.goto('/promises/new');
  await look(ines, 'a new promise');
  await send(ines, {
    'They promise me': true, 'With whom': 'Tomás Reis, your manager', 'What is promised': 'Read my design before the review', 'By when': world.day(7),
  }, 'Write it down');
  await look(ines, 'a promise that waits for a yes');
  const path = new URL(ines.url()).pathname;
  await world.noticeTo('tomas', 'design');
  await tomas.goto(path);
  await look(tomas, 'a promise to answer');
  await press(tomas, 'Yes, I promise');
  await world.noticeTo('ines', 'design');
  await unfold(tomas, 'Propose a change');
  await send(tomas, { Due: world.day(12), '=Why': 'I am away until then.' }, 'Propose it');
  await look(tomas, 'a change that waits');
  await world.noticeTo('ines', 'away');
  await ines.goto(path);
  await says(ines, 'I am away until then.');
  await look(ines, 'a change to answer');
  await press(ines, 'Agree to the change');
  await look(ines, 'a promise, changed');
  await world.noticeTo('tomas', 'away');
}
