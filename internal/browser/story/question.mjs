// Ines chooses a question, rewrites it, asks it, and notes the answer.

import { follow, hides, look, says, send } from './world.mjs';

export async function question(world) {
  const page = world.pages.ines;
  await page.goto('/questions');
  await look(page, 'questions');
  await send(page, { When: 'ask' }, 'Show');
  await page.goto('/questions/show-me');
  await look(page, 'a question');
  await follow(page, 'I ask this');
  await follow(page, 'Aloud');
  await look(page, 'write down a question');
  await send(page, {}, 'Keep it');
  await look(page, 'a question asked');
  const asked = page.url();
  await send(page, { 'said': 'Show me a release that you led, with nobody calling me at night.' }, 'Keep the answer');
  await says(page, 'nobody calling me at night', 'What follows from it');
  await look(page, 'a question answered');
  await page.goto('/askings');
  await look(page, 'what you asked');

  const tomas = world.pages.tomas;
  await tomas.goto(asked);
  await hides(tomas, 'nobody calling me at night');
}
