// A manager changes: node handover.mjs ADDRESS
// In the example organisation Wanjiru puts Salome under Joakim. Salome decides what he sees; he sees that and no
// more, and finds it on the agenda of their first meeting; Sunniva sees nothing of it any longer.

import { views, withBrowser } from './harness.mjs';
import { follow, hides, look, press, says, send, signedIn } from './story/world.mjs';

const [address] = process.argv.slice(2);

await withBrowser(async (browser) => {
  const wanjiru = await signedIn(browser, address, views[1], 'Wanjiru Kamau');
  const sunniva = await signedIn(browser, address, views[1], 'Sunniva Aas');
  const salome = await signedIn(browser, address, views[0], 'Salome Beridze');
  const joakim = await signedIn(browser, address, views[2], 'Joakim Dahl');
  const hers = await findsSalome(wanjiru);
  await sunniva.goto(hers);
  await says(sunniva, 'Goals');
  await changes(wanjiru, hers);
  await knowsThatItWaits(joakim, hers);
  await seesNothing(sunniva, hers);
  await decides(salome);
  await seesWhatWasShown(joakim, hers);
  await seesNothing(sunniva, hers);
});

async function findsSalome(page) {
  await page.goto('/people?q=salome');
  await follow(page, 'Salome Beridze');
  return new URL(page.url()).pathname;
}

async function changes(page, hers) {
  await page.goto(`/organisation${hers}`);
  await send(page, { Manager: 'Joakim Dahl' }, 'Keep the line');
}

async function knowsThatItWaits(page, hers) {
  await page.goto(hers);
  await says(page, 'decides what you see', 'Until then you see nothing of it');
  await look(page, 'before a handover');
}

async function seesNothing(page, hers) {
  await page.goto(hers);
  await hides(page, 'Goals', 'first meeting', 'decides what you see');
}

async function decides(page) {
  await page.goto('/');
  await says(page, 'What should Joakim see?');
  await follow(page, 'Decide');
  await says(page, 'nothing is shown before you say so', 'What Sunniva Aas promised you', 'What goes on as it is');
  await look(page, 'a handover');
  await page.getByRole('checkbox', { name: /^Goals/ }).check();
  await press(page, 'Show what is ticked, keep the rest');
  await says(page, 'Handed over', 'Joakim Dahl sees what you chose', 'What Sunniva Aas promised you');
  await look(page, 'handed over');
  await follow(page, 'Look at it');
  await says(page, 'Align', 'In my plan: Goals');
}

async function seesWhatWasShown(page, hers) {
  await page.goto(hers);
  await says(page, 'Goals', 'Your first meeting');
  await hides(page, 'Purpose');
  await look(page, 'after a handover');
  await follow(page, 'Your first meeting');
  await says(page, 'In my plan: Goals');
}
