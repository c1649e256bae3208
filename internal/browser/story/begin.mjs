// An empty installation is set up, people are added, and they sign in.

import { openPage, plainName } from '../harness.mjs';
import { codeIn, follow, look, people, press, says, send } from './world.mjs';

export async function begin(world, setUp) {
  await setsUp(world, setUp);
  await addsPeople(world);
  await signsInByTypedCode(world, 'ines');
  await signsInByLink(world, 'tomas');
  await addsAnAddress(world);
  await signsOutAndIn(world, 'ada');
  await signsInWithoutHTTPS(world, 'ada');
}

async function setsUp(world, setUp) {
  const page = await world.open('ada');
  await page.goto('/');
  await page.goto('/sign-in');
  await says(page, 'not set up yet');
  await look(page, 'sign in, not set up');
  await page.goto(setUp);
  await look(page, 'set up');
  await send(page, { 'An organisation': true, 'Your name': people.ada.name, 'Your e-mail address': people.ada.email }, 'Set it up and go in');
  await says(page, 'Please look at this again');
  await look(page, 'set up, with a mistake');
  await send(page, { "The organisation's name": 'Weir & Lock' }, 'Set it up and go in');
  await says(page, 'Ada');
  await look(page, 'home, of who set it up');
  const again = await page.goto(setUp);
  if (again.status() < 400) throw new Error('the set-up page opens twice');
}

async function addsPeople(world) {
  const page = world.pages.ada;
  await page.goto('/organisation');
  await look(page, 'organisation');
  await follow(page, 'Add a person');
  await look(page, 'add a person');
  await send(page, { Name: people.tomas.name, 'E-mail address': people.tomas.email, 'Job title': 'Engineering lead', 'Invite them by mail now': true }, 'Add');
  await says(page, people.tomas.name);
  await look(page, 'a person, for the administrator');
  await page.goto('/organisation/people/new');
  await send(page, { Name: people.ines.name, 'E-mail address': people.ines.email, 'Job title': 'Engineer', Manager: 'Tomás', 'Invite them by mail now': true }, 'Add');
  await page.goto('/organisation/people');
  await says(page, people.ines.name, people.tomas.name);
  await look(page, 'people to look after');
  for (const who of ['tomas', 'ines']) {
    const mail = await world.mailTo(who, 'invited');
    if (!mail.text.includes(`${world.address}/sign-in`)) throw new Error(`the invitation does not lead here: ${mail.text}`);
  }
}

/** The code is typed as people type: small letters, without the space. A wrong one opens nothing. */
async function signsInByTypedCode(world, who) {
  const page = await world.open(who);
  await page.goto('/plan');
  await page.goto('/sign-in');
  await look(page, 'sign in');
  await send(page, { 'Your e-mail address': people[who].email.toUpperCase() }, 'Send me the code');
  await look(page, 'the code');
  const code = codeIn(await world.mailTo(who, 'code'));
  await send(page, { 'The code from the mail': 'AAAA AAAA' }, 'Sign in');
  await says(page, 'This code opens nothing');
  await look(page, 'a wrong code');
  await send(page, { 'The code from the mail': code.toLowerCase().replace(' ', '') }, 'Sign in');
  await isSignedIn(page, who);
}

/** The link of the mail only fills the code in: a mail scanner that opens it signs nobody in. */
async function signsInByLink(world, who) {
  const page = await world.open(who);
  await page.goto('/sign-in');
  await send(page, { 'Your e-mail address': people[who].email }, 'Send me the code');
  const [link] = (await world.mailTo(who, 'code')).text.match(/http\S+code=\S+/);
  await fetch(link);
  await page.goto(link);
  await look(page, 'the code, filled in');
  await press(page, 'Sign in');
  await isSignedIn(page, who);
}

async function signsOutAndIn(world, who) {
  const page = world.pages[who];
  await page.goto('/you');
  await page.locator('.me summary').locator('visible=true').first().click();
  await press(page, 'Sign out');
  const closed = await page.goto('/you');
  if (!new URL(page.url()).pathname.startsWith('/sign-in') && closed.status() < 400) throw new Error('signed out, and the account is still open');
  await page.goto('/sign-in');
  await send(page, { 'Your e-mail address': people[who].email }, 'Send me the code');
  await send(page, { 'The code from the mail': codeIn(await world.mailTo(who, 'code')) }, 'Sign in');
  await isSignedIn(page, who);
}

/** Inside a house without certificates, browsers say less of where a form comes from. It must be taken all the same. */
async function signsInWithoutHTTPS(world, who) {
  const address = world.address.replace('127.0.0.1', plainName);
  const page = await openPage(world.browser, people[who].view, address);
  await page.goto('/sign-in');
  await send(page, { 'Your e-mail address': people[who].email }, 'Send me the code');
  await send(page, { 'The code from the mail': codeIn(await world.mailTo(who, 'code')) }, 'Sign in');
  await isSignedIn(page, who);
  await page.context().close();
}

/** A private address keeps the door open when she leaves. */
async function addsAnAddress(world) {
  const page = world.pages.ines;
  await page.goto('/you');
  await send(page, { 'Another address': 'ines@home.example' }, 'Send a code there');
  await look(page, 'the code for another address');
  await send(page, { 'The code from the mail': codeIn(await world.mailTo('home', 'code')) }, 'Add');
  await says(page, 'ines@home.example');
  await look(page, 'two addresses');
}

async function isSignedIn(page, who) {
  await page.goto('/you');
  await says(page, 'You and your account', people[who].name);
  await look(page, 'you and your account');
}
