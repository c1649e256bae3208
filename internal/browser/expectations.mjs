// What is expected: node expectations.mjs ADDRESS
// In the example organisation Wanjiru brings a file in and says what a job stands for; Sunniva adapts a role and says where she is heading; Salome sees
// it and keeps where she stands.

import { views, withBrowser } from './harness.mjs';
import { importsExpectations } from './story/expectations.mjs';
import { follow, look, says, send, signedIn } from './story/world.mjs';

const [address] = process.argv.slice(2);

await withBrowser(async (browser) => {
  const wanjiru = await signedIn(browser, address, views[3], 'the administrator');
  await importsExpectations(wanjiru);
  await matches(wanjiru);
  const sunniva = await signedIn(browser, address, views[0], 'their manager');
  await adapts(sunniva);
  const salome = await signedIn(browser, address, views[1], 'an employee');
  await stands(salome);
});

async function matches(page) {
  await page.goto('/organisation/expectations/jobs');
  await look(page, 'jobs and roles');
  await send(page, { 'The job': { label: 'Test bench, 2' }, 'Stands for': { label: 'Engineer, First years' } }, 'Keep it');
  await says(page, 'Stands for Engineer, First years, as an administrator said.');
}

async function adapts(page) {
  await page.goto('/team/expectations');
  await look(page, 'what I expect');
  await follow(page, 'In your words');
  await look(page, 'a role in my words');
  await follow(page, 'On their own');
  await look(page, 'a level in my words');
  const lines = await page.getByLabel('What it asks for').inputValue();
  await send(page, { 'What it asks for': lines + '# Together\n- Brings soup to the third night.\n' }, 'Keep it');
  await says(page, 'Kept as a new version', 'Brings soup to the third night.');
  await page.goto('/directions');
  await look(page, 'directions');
  await follow(page, 'Your team');
  await look(page, 'a direction');
  await send(page, { 'In a few sentences': 'Nobody goes to a first night alone.' }, 'Say it');
  await says(page, 'Nobody goes to a first night alone.');
}

async function stands(page) {
  await page.goto('/expectations');
  await says(page, 'in the words of Sunniva Aas', 'Brings soup to the third night.');
  await look(page, 'what is expected of me');
  await follow(page, 'Where do I stand?');
  await look(page, 'a role');
  await follow(page, 'Where do I stand?');
  await look(page, 'where do I stand');
  await send(page, { 'Brings soup': 'partly', 'What goes with it': 'Lentils.' }, 'Keep it');
  await says(page, 'Kept as it stands today', 'partly', 'Lentils.', 'still say the same');
  await look(page, 'where I stood');
  await page.goto('/assessments');
  await look(page, 'where I stood before');
  await page.getByRole('main').getByRole('listitem').last().getByRole('link').click();
  await page.waitForLoadState();
  await says(page, 'were changed since');
  await page.goto('/goals/new');
  await send(page, { 'What you want to reach': 'Second on the next first night', 'Which direction it serves': { label: 'Sunniva Aas: Nobody goes to a first night alone.' } }, 'Keep the goal');
  await says(page, 'Nobody goes to a first night alone.');
}
