// Ines asks Tomás for a conversation; they find a time, prepare it, hold it and end it with promises.

import { follow, hides, look, note, press, says, send, sendInPlace, unfold } from './world.mjs';

export async function conversation(world) {
  await findATime(world);
  await prepare(world);
  await hold(world);
}

async function findATime(world) {
  const { ines, tomas } = world.pages;
  await ines.goto('/conversations');
  await look(ines, 'conversations, empty');
  await follow(ines, 'Ask for a conversation');
  await look(ines, 'ask for a conversation');
  await send(ines, { 'Advance, ': true, Day: world.day(3), 'Time (': '10:00' }, 'Ask for it');
  await says(ines, 'Advance');
  await look(ines, 'a conversation, asked for');
  world.talk = new URL(ines.url()).pathname;
  await world.noticeTo('tomas', 'Advance', 'Ines');
  await tomas.goto('/conversations');
  await says(tomas, 'Waits for your answer');
  await follow(tomas, 'Advance');
  await look(tomas, 'a conversation, to answer');
  await unfold(tomas, 'Propose another time');
  await send(tomas, { Day: world.day(4), 'Time (': '14:30' }, 'Propose this time');
  await world.noticeTo('ines');
  await ines.goto(world.talk);
  await says(ines, '14:30');
  await press(ines, 'Yes, this time');
  await world.noticeTo('tomas');
}

async function prepare(world) {
  const { ines, tomas } = world.pages;
  await ines.goto(world.talk);
  await sendInPlace(ines, { 'Something to talk about': 'How do I get to lead the next release?' }, 'Put it on the agenda');
  await ines.goto(world.talk);
  await sendInPlace(ines, { 'Something to talk about': 'Ask why I was passed over' }, 'Keep it on my own list');
  await ines.goto(world.talk);
  await note(ines, 'private', 'Stay calm when he talks about Joel');
  await says(ines, 'Ask why I was passed over');
  await look(ines, 'a conversation, prepared');
  await tomas.goto(world.talk);
  await says(tomas, 'How do I get to lead the next release?');
  await hides(tomas, 'Ask why I was passed over', 'Stay calm');
  await note(tomas, 'notes', 'Begin with what went well.');
  await look(tomas, 'a conversation, prepared by the manager');
  for (const [page, name] of [[ines, 'brief'], [tomas, 'brief of the manager']]) {
    await page.goto(`${world.talk}/brief`);
    await look(page, name);
  }
  await hides(tomas, 'Ask why I was passed over', 'Stay calm');
  await tomas.goto('/');
  await look(tomas, 'home of a manager');
  await ines.goto('/');
  await look(ines, 'home before a conversation');
}

async function hold(world) {
  const { ines, tomas } = world.pages;
  await world.move(5);
  await tomas.goto(world.talk);
  await sendInPlace(tomas, {}, 'Talked about');
  await follow(tomas, 'Close it');
  await look(tomas, 'a conversation, to close');
  await send(tomas, { 'What came of it': 'Ines leads the release in January; I sit beside her.', '=What': 'Introduce Ines to Priya', 'By when': world.day(14) }, 'We have met: close it');
  await says(tomas, 'Ines leads the release in January', 'Introduce Ines to Priya');
  await look(tomas, 'a conversation, held');
  await ines.goto(world.talk);
  await says(ines, 'Introduce Ines to Priya');
  await look(ines, 'a conversation, held, for the other');
  await press(ines, 'Yes, that is it');
  await unfold(ines, 'Mend it, or add a promise');
  await send(ines, { 'What came of it': 'I lead the release in January; Tomás sits beside me.' }, 'Keep it');
  await follow(ines, 'what stood there before');
  await says(ines, 'Ines leads the release in January');
  await look(ines, 'what stood there before');
  await ines.goto('/');
  await says(ines, 'Introduce Ines to Priya');
  await look(ines, 'home after a conversation');
}
