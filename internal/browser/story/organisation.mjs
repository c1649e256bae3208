// Ada brings more people in from a file; Ines gets another manager and decides what she sees.

import { importsExpectations } from './expectations.mjs';
import { hides, look, press, says, send } from './world.mjs';

const file = `Employee ID;Name;Email;Job Title;Manager
1;Ana Duarte;ana@weir.example;Director;
2;Tomás Reis;tomas@weir.example;Engineering lead;Ana Duarte
3;Ines Faria;ines@weir.example;Engineer;Ana Duarte
4;Joel Sá;joel@weir.example;Engineer;Tomás Reis
5;Nobody Known;;Engineer;Somebody Else
6;Rui Melo;rui@weir.example;Engineer;Tomás Reis
6;Eva Lang;eva@weir.example;Engineer;Tomás Reis
`;

export async function organisation(world) {
  await importsPeople(world);
  await importsExpectations(world.pages.ada);
  await handsOver(world);
}

async function importsPeople(world) {
  const page = world.pages.ada;
  await page.goto('/organisation/import');
  await look(page, 'import people');
  await send(page, { 'Or paste the lines': file }, 'Look what would change');
  await says(page, 'Nothing is written yet', 'Joel Sá', 'Somebody Else');
  await look(page, 'what would change');
  const aside = await page.context().request.get(await page.getByRole('link', { name: 'The lines set aside' }).getAttribute('href'));
  if (!aside.ok() || !(await aside.text()).includes('Eva Lang')) throw new Error('the lines set aside cannot be had');
  await press(page, 'Bring it in');
  await look(page, 'people, brought in');
  await page.goto('/people?q=joel');
  await says(page, 'Joel Sá', 'Tomás Reis');
  await look(page, 'the directory');
}

/** The line to Tomás has ended: he sees nothing more, and Ana nothing yet. */
async function handsOver(world) {
  const { tomas, ines } = world.pages;
  const closed = await tomas.goto(world.goal);
  if (closed.status() !== 404) throw new Error(`the former manager still reads a goal: ${closed.status()}`);
  const ana = await world.signIn('ana');
  await ana.goto(world.ines);
  await hides(ana, 'Lead a service end to end');
  await ines.goto('/handover');
  await says(ines, 'What should Ana Duarte see?', 'Lead a service end to end');
  await look(ines, 'handover');
  await press(ines, 'Show all of it');
  await world.noticeTo('ana', 'Lead a service');
  await ana.goto(world.ines);
  await says(ana, 'Lead a service end to end');
  await tomas.goto(world.talk);
  await says(tomas, 'I lead the release in January'); // what the two agreed stays with the two
}
