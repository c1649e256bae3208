// Ines asks for a course; Tomás says not now; it comes back by itself; then he says yes, if, and she shows what he wants to see.

import { follow, hides, look, press, says, send, unfold } from './world.mjs';

const course = 'Two days and €1,400 for the architecture course in spring';

export async function ask(world) {
  await prepares(world);
  await hearsNotNow(world);
  await asksAgain(world);
  await shows(world);
}

async function prepares(world) {
  const page = world.pages.ines;
  await page.goto('/asks');
  await look(page, 'asks, empty');
  await follow(page, 'Begin an ask');
  await look(page, 'a new ask');
  await send(page, { 'What you ask for': course, Why: 'I lead the next release and do not know how to cut a service in two.' }, 'Keep the draft');
  await look(page, 'a draft');
  world.ask = new URL(page.url()).pathname;
  const before = await world.pages.tomas.goto(world.ask);
  if (before.status() !== 404) throw new Error(`a draft answers ${before.status()} to the one who will be asked`);
  await send(page, {
    'Whom you ask': 'Tomás Reis, your manager', 'Cut the release from 40 minutes': true, '=Money': '1400', '=Hours': '16',
    'What it brings': 'I teach the team what I learn.', 'Answer by': world.day(14),
  }, 'Send it');
  await says(page, 'Please say what kind of thing you ask for.');
  await look(page, 'an ask, with a mistake');
  await send(page, { 'a course, a book': true }, 'Send it');
  await says(page, course, 'Tomás Reis');
  await look(page, 'an ask, sent');
}

async function hearsNotNow(world) {
  const { tomas, ines } = world.pages;
  await world.noticeTo('tomas', 'course', '1,400', 'Ines');
  await tomas.goto('/');
  await says(tomas, course);
  await look(tomas, 'home of a manager who is asked');
  await tomas.goto('/asks');
  await look(tomas, 'asks, one to answer');
  await follow(tomas, course);
  await says(tomas, 'from 40 to 6 minutes', 'I teach the team', '€1,400', '16 working hours');
  await look(tomas, 'an ask, to answer');
  await send(tomas, { 'Not now': true, '=Why': 'The budget of this year is spent.', 'Ask me again on': world.day(40) }, 'Answer');
  await says(tomas, 'The budget of this year is spent.');
  await look(tomas, 'an ask, answered');
  await world.noticeTo('ines', 'budget', 'course');
  await ines.goto(world.ask);
  await says(ines, 'The budget of this year is spent.', 'It comes back to you');
  await look(ines, 'an ask, not now');
}

async function asksAgain(world) {
  const { tomas, ines } = world.pages;
  await ines.goto('/wins/new');
  await send(ines, { 'What went well': 'Led the January release without a page at night' }, 'Keep it');
  await world.move(41);
  await world.noticeTo('ines', 'course');
  await ines.goto('/asks'); // which a session that nobody used for 41 days does not open any more
  await world.signIn('ines');
  await says(ines, course);
  await look(ines, 'asks, one came back');
  await ines.getByRole('link', { name: course }).first().click();
  await ines.waitForLoadState();
  await says(ines, 'It came back, as agreed', 'The budget of this year is spent.', 'New since the answer');
  await look(ines, 'an ask that came back');
  world.ask = new URL(ines.url()).pathname;
  await send(ines, { 'Led the January release': true, 'Answer by': world.day(10) }, 'Send it');
  await world.noticeTo('tomas', 'course', 'release');
  await tomas.goto(world.ask);
  await world.signIn('tomas');
  await says(tomas, 'Led the January release');
  await send(tomas, { 'Yes, if': true, 'What must be shown': 'A plan for who covers the on-call', '=Why': 'You earned it.', '=What': 'Book the course', '=By when': world.day(20) }, 'Answer');
  await says(tomas, 'A plan for who covers the on-call', 'Book the course');
  await look(tomas, 'an ask, yes if');
}

async function shows(world) {
  const { tomas, ines } = world.pages;
  await world.noticeTo('ines', 'course', 'on-call');
  await ines.goto(world.ask);
  await unfold(ines, 'Say what shows it');
  await send(ines, { 'What shows it': 'Joel takes my week; it stands in the rota.' }, 'Keep it');
  await look(ines, 'a criterion with evidence');
  await world.noticeTo('tomas', 'Joel');
  await tomas.goto(world.ask);
  await says(tomas, 'Joel takes my week');
  await unfold(tomas, 'Say whether it was shown');
  await send(tomas, { Shown: true, 'A word on it': 'That will do.' }, 'Say so');
  await look(tomas, 'a criterion, judged');
  await world.noticeTo('ines', 'That will do');
  await ines.goto(world.ask);
  await says(ines, 'That will do.');
  const ada = await world.signIn('ada');
  const closed = await ada.goto(world.ask);
  if (closed.status() !== 404) throw new Error(`the administrator reads an ask: ${closed.status()}`);
  await hides(ada, course);
}
