// Ines takes everything along to an installation of her own, where she is alone; Joel deletes his account.

import { World, codeIn, follow, hides, look, people, press, says, send } from './world.mjs';

export async function leave(world, other) {
  const file = await takesAlong(world);
  await bringsAlong(world, other, file);
  await isGone(world);
}

async function takesAlong(world) {
  const page = world.pages.ines;
  await page.goto('/you');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Take it along' }).click()]);
  return download.path();
}

async function bringsAlong(world, { address, setUp }, file) {
  const alone = new World(world.browser, address, world.outside);
  const page = await alone.open('ines');
  await page.goto(setUp);
  await send(page, { 'Just me': true, 'Your name': people.ines.name, 'Your e-mail address': 'ines@home.example' }, 'Set it up and go in');
  await look(page, 'home, alone');
  await page.goto('/you/import');
  await look(page, 'bring something along');
  await send(page, { 'The file': file }, 'Bring it along');
  await look(page, 'brought along');
  await page.goto('/plan');
  await says(page, 'Lead a service end to end', 'three in the morning', 'Leading a release');
  await look(page, 'plan, brought along');
  await page.goto('/wins');
  await says(page, 'from 40 to 6 minutes');
  await page.goto('/contacts');
  await says(page, 'Tomás Reis');
  await look(page, 'contacts');
  await follow(page, 'Tomás Reis');
  await look(page, 'a contact');
  for (const [path, name] of [['/asks', 'asks, alone'], ['/promises/settled', 'promises, alone'], ['/conversations', 'conversations, alone'], ['/you/brought-along', 'records brought along']]) {
    await page.goto(path);
    await look(page, name);
  }
}

async function isGone(world) {
  const page = await world.signIn('joel');
  await page.goto('/journal');
  await send(page, { Today: 'Nobody will read this.' }, 'Keep it');
  await page.goto('/you/delete');
  await look(page, 'delete my account');
  await press(page, 'Send me the code');
  await look(page, 'delete my account, with a code');
  const code = codeIn(await world.mailTo('joel', 'delete your account'));
  await send(page, { 'The code from the mail': code, 'Type your e-mail address': 'joel@weir.example' }, 'Delete my account');
  await says(page, 'It is gone');
  await look(page, 'goodbye');
  const ada = world.pages.ada;
  await ada.goto('/people');
  await hides(ada, 'Joel Sá');
}
