// A promise between two, to its end: node promises.mjs ADDRESS
// In the example organisation Sunniva promises Salome something and proposes another day, Salome answers with a day of her own, both are
// asked on the day to look back, it is kept, and both look at what became of all between them.

import { views, withBrowser, wrong } from './harness.mjs';
import { follow, look, press, says, send, signedIn, unfold } from './story/world.mjs';

const [address] = process.argv.slice(2);
const words = 'Lend you the small rope tester for the open day';
const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

await withBrowser(async (browser) => {
  const sunniva = await signedIn(browser, address, views[1], 'Sunniva Aas');
  const salome = await signedIn(browser, address, views[0], 'Salome Beridze');
  const path = await promises(sunniva);
  await renegotiates(sunniva, salome, path);
  await looksBack(sunniva, salome, path);
  await together(sunniva, salome);
  const stranger = await signedIn(browser, address, views[2], 'Wanjiru Kamau');
  const answer = await stranger.goto(path);
  if (answer.status() !== 404) wrong(path, `answers ${answer.status()} to the administrator`);
});

async function promises(page) {
  await page.goto('/promises/new');
  const whom = await page.locator('#field-whom option').filter({ hasText: 'Salome Beridze' }).first().getAttribute('value');
  await send(page, { 'With whom': whom, 'What is promised': words, 'By when': day(2) }, 'Write it down');
  return new URL(page.url()).pathname;
}

async function renegotiates(sunniva, salome, path) {
  await unfold(sunniva, 'Propose a change');
  await send(sunniva, { Due: day(9), '=Why': 'It is at the workshop until then.' }, 'Propose it');
  await salome.goto('/promises');
  await says(salome, 'Waits for you', 'Sunniva Aas proposes a change');
  await look(salome, 'promises of both sides');
  await follow(salome, words);
  await unfold(salome, 'Answer with your own proposal');
  await look(salome, 'an answer with a proposal of my own');
  await send(salome, { Due: day(0), 'To look back on': day(0), '=Why': 'The open day is today.' }, 'Propose it');
  await says(salome, 'answered with another proposal', 'Your change waits for Sunniva Aas');
  await sunniva.goto(path);
  await says(sunniva, 'The open day is today.');
  await look(sunniva, 'the other proposal');
  await press(sunniva, 'Agree to the change');
}

async function looksBack(sunniva, salome, path) {
  await sunniva.goto(path);
  await says(sunniva, 'Time to look back');
  await look(sunniva, 'asked to look back, who promised');
  await sunniva.locator('[name="happened"][value="not yet"]').check();
  await press(sunniva, 'Answer');
  await says(sunniva, 'looked back: not yet');
  if (await sunniva.locator('[name="happened"]').count()) wrong(path, 'asks again');
  await salome.goto(path);
  await salome.locator('[name="happened"][value="yes"]').check();
  await salome.locator('#field-note_look').fill('It came at noon, and it held.');
  await press(salome, 'Answer');
  await says(salome, 'kept', 'It came at noon');
}

async function together(sunniva, salome) {
  for (const [page, name] of [[salome, 'Sunniva Aas'], [sunniva, 'Salome Beridze']]) {
    await follow(page, 'What became of all you promised each other').catch(async () => {
      await page.reload();
      await follow(page, 'What became of all you promised each other');
    });
    await says(page, `Between you and ${name}`, words, 'kept, renegotiated on');
    if (!(await page.locator('svg.promises g.kept .moved').count())) wrong(page.url(), 'the strip shows no promise that was renegotiated and kept');
    await look(page, `between two, with ${name}`);
  }
  await salome.goto('/promises/settled?show=kept');
  await says(salome, words);
  await look(salome, 'promises that were kept');
}
