// Ines writes her plan, keeps wins and a journal, shows a part of it to Tomás, and takes it back.

import { follow, hides, look, press, says, send, unfold } from './world.mjs';

const secret = 'I am afraid of speaking in front of twenty people';

export async function plan(world) {
  await startsEmpty(world);
  await writes(world);
  await keepsWins(world);
  await keepsAJournal(world);
  await shares(world);
  await takesBack(world);
}

async function startsEmpty(world) {
  for (const [path, name] of [['/', 'home, empty'], ['/plan', 'plan, empty'], ['/wins', 'wins, empty'], ['/journal', 'journal, empty'], ['/skills', 'skills, empty']]) {
    await world.pages.ines.goto(path);
    await look(world.pages.ines, name);
  }
}

async function writes(world) {
  const page = world.pages.ines;
  await page.goto('/plan/edit/values');
  await look(page, 'values');
  await send(page, { 'Value 1': 'Craft', 'What you mean by it': 'What I hand over needs no excuse.', 'Value 2': 'Calm' }, 'Keep them');
  await page.goto('/plan/edit/purpose');
  await send(page, { Purpose: 'Make systems that people can rely on at three in the morning.' }, 'Keep it');
  await page.goto('/skills');
  await send(page, { Skill: 'Leading a release', 'Where you are now': '2', 'Where you want to be': '4', 'How you know': secret }, 'Add');
  await page.goto('/goals/new');
  await look(page, 'a new goal');
  await send(page, { 'What you want to reach': 'Lead a service end to end', 'By when': world.day(200), 'How you will know': 'Two releases that I led' }, 'Keep the goal');
  await says(page, 'Lead a service end to end', 'No step yet');
  world.goal = new URL(page.url()).pathname;
  await unfold(page, 'Add a step');
  await send(page, { 'What you will do': 'Shadow the next release', 'By when': world.day(21), 'When …': 'the release plan is posted', '… I will …': 'ask to sit beside whoever leads it' }, 'Add');
  await says(page, 'Shadow the next release');
  await look(page, 'a goal');
  await page.getByRole('button', { name: 'Begun' }).click();
  await page.locator('#steps').getByText('begun').waitFor(); // no page is loaded for it
  await page.goto(`${world.goal}/edit`);
  await look(page, 'edit a goal');
  await page.goto('/plan');
  await says(page, 'Craft', 'three in the morning', 'Leading a release', 'Lead a service end to end');
  await look(page, 'plan');
  await page.goto('/plan/versions');
  await look(page, 'earlier versions of the plan');
}

async function keepsWins(world) {
  const page = world.pages.ines;
  await page.goto('/wins/new');
  await send(page, { 'What went well': 'Cut the release from 40 minutes to 6' }, 'Keep it');
  await page.goto('/wins');
  await follow(page, 'Cut the release');
  world.win = new URL(page.url()).pathname;
  await look(page, 'a win');
  await send(page, { 'What it changed': 'Nobody waits for it at night', 'A figure': 'from 40 to 6 minutes', 'Leading a release': true }, 'Keep it');
  await page.goto('/wins');
  await says(page, 'from 40 to 6 minutes', 'Leading a release');
  await look(page, 'wins');
}

async function keepsAJournal(world) {
  const page = world.pages.ines;
  await page.goto('/journal');
  await send(page, { Today: `${secret}, and I said yes all the same.` }, 'Keep it');
  await look(page, 'journal');
  await follow(page, 'Open');
  await look(page, 'an entry');
}

async function shares(world) {
  const { ines, tomas } = world.pages;
  await tomas.goto('/people');
  await follow(tomas, 'Ines Faria');
  world.ines = new URL(tomas.url()).pathname;
  await hides(tomas, 'Lead a service end to end', 'three in the morning', secret, '40 minutes');
  const before = await tomas.goto(world.goal);
  if (before.status() !== 404) throw new Error(`a goal that was not shared answers ${before.status()}`);
  await ines.goto('/plan/share');
  await look(ines, 'share the plan');
  await send(ines, { Goals: true, Purpose: true, 'Tomás Reis, your manager': true }, 'Share');
  await look(ines, 'the plan is shared');
  await world.noticeTo('tomas', 'Lead a service', 'three in the morning', 'Ines');
  await tomas.goto(world.ines);
  await says(tomas, 'Lead a service end to end', 'three in the morning', 'can see on which days you looked');
  await hides(tomas, secret, '40 minutes', 'Craft', 'Leading a release');
  await look(tomas, 'a plan, shared');
  await tomas.goto(world.goal);
  await look(tomas, 'a goal, shared');
  await ines.goto('/plan');
  await says(ines, 'Tomás Reis');
  await look(ines, 'plan, shared');
  await ines.goto(world.goal);
  await look(ines, 'who looked at a goal');
  await ines.goto('/plan/share');
  await follow(ines, 'See it as they do');
  await says(ines, 'Lead a service end to end');
  await hides(ines, secret);
  await look(ines, 'the plan as Tomás sees it');
}

async function takesBack(world) {
  const { ines, tomas } = world.pages;
  await ines.goto('/plan/share');
  await press(ines, 'Take all of it back');
  const after = await tomas.goto(world.goal);
  if (after.status() !== 404) throw new Error(`a goal that was taken back answers ${after.status()}`);
  await look(tomas, 'nothing here');
  await ines.goto(`${world.goal}/share`);
  await look(ines, 'share a goal');
  await send(ines, { 'Tomás Reis, your manager': true }, 'Share');
  await tomas.goto(world.goal); // without another notice: the same is told once an hour at most
  await says(tomas, 'Lead a service end to end');
}
