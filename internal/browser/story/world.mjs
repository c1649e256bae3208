// Who and what the chapters of the story share.

import { checkedEverywhere, openPage, views, wrong } from '../harness.mjs';

/** The people of the story, each with the screen they like. Ada sets up and administers; Tomás leads Ines, later Ana does. */
export const people = {
  ada: { name: 'Ada Pires', email: 'ada@weir.example', view: views[2] },
  tomas: { name: 'Tomás Reis', email: 'tomas@weir.example', view: views[3] },
  ana: { name: 'Ana Duarte', email: 'ana@weir.example', view: views[2] },
  home: { name: 'Ines Faria', email: 'ines@home.example', view: views[0] },
  joel: { name: 'Joel Sá', email: 'joel@weir.example', view: views[1] },
  ines: { name: 'Ines Faria', email: 'ines@weir.example', view: views[0] },
};

export class World {
  /** @type {{ada?: import('playwright-core').Page, tomas?: import('playwright-core').Page, ines?: import('playwright-core').Page}} */
  pages = {};
  ahead = 0; // days that have passed in the story
  secrets = []; // what people wrote, and no mail may say

  constructor(browser, address, outside) {
    Object.assign(this, { browser, address, outside });
  }

  /** Opens a browser for somebody. */
  async open(who) {
    return this.pages[who] = await openPage(this.browser, people[who].view, this.address);
  }

  /** Signs somebody in by the code from the mail, in a browser of their own; on the sign-in page where they are led to one. */
  async signIn(who) {
    const page = this.pages[who] ?? await this.open(who);
    if (!new URL(page.url(), this.address).pathname.startsWith('/sign-in')) await page.goto('/sign-in');
    await send(page, { 'Your e-mail address': people[who].email }, 'Send me the code');
    await send(page, { 'The code from the mail': codeIn(await this.mailTo(who, 'code')) }, 'Sign in');
    return page;
  }

  /** The next mail to somebody with these words in its subject, waited for. */
  async mailTo(who, subject = '') {
    const answer = await fetch(`${this.outside}/mail?${new URLSearchParams({ to: people[who].email, subject })}`);
    if (!answer.ok) throw new Error(await answer.text());
    return answer.json();
  }

  /** The day in so many days, as a date field takes it. */
  day(days = 0) {
    return new Date(Date.now() + (this.ahead + days) * 86_400_000).toISOString().slice(0, 10);
  }

  /** Lets days pass. */
  async move(days) {
    this.ahead += days;
    await fetch(`${this.outside}/move?days=${days}`, { method: 'POST' });
  }

  /** The next notice to somebody leads here and says nothing that people wrote. */
  async noticeTo(who, ...secrets) {
    const mail = await this.mailTo(who, 'Ownward');
    if (!mail.text.includes(this.address)) wrong(`the mail "${mail.subject}" to ${who}`, 'does not lead here');
    this.secrets.push(...secrets);
    this.keepsSilent(mail, secrets);
  }

  /** Neither the mails that nobody waited for nor the log say anything that people wrote. */
  async keepsAllSilent() {
    const unread = await (await fetch(`${this.outside}/unread`)).json() ?? [];
    for (const mail of unread) this.keepsSilent(mail, this.secrets);
    const log = await (await fetch(`${this.outside}/log`)).text();
    for (const secret of this.secrets) {
      if (log.includes(secret)) wrong('the log', `says "${secret}"`);
    }
  }

  keepsSilent(mail, secrets) {
    for (const secret of secrets) {
      if (`${mail.subject} ${mail.text.replace(/^Hello .*/m, '')}`.includes(secret)) wrong(`the mail "${mail.subject}" to ${mail.to}`, `says "${secret}"`);
    }
  }
}

/**
 * Opens a browser for somebody of the example organisation, who signs in by one click.
 * @param {string} who their name, or their role: an employee
 */
export async function signedIn(browser, address, view, who, more = {}) {
  const page = await openPage(browser, view, address, more);
  await page.goto('/sign-in');
  await unfold(page, 'Be one of the others');
  const row = page.getByRole('listitem').filter({ hasText: who });
  await Promise.all([page.waitForEvent('load'), row.getByRole('button').first().click()]);
  return page;
}

/** The code that a mail brings. */
export function codeIn(mail) {
  return mail.text.match(/^ {4}(\S{4} \S{4})$/m)[1];
}

/** Fills the form of a button by the labels of its fields (by their beginnings; with = before it, the whole label), and sends it. */
export async function send(page, fields, button) {
  const form = await filled(page, fields, button);
  await Promise.all([page.waitForEvent('load'), form.locator(named(page, button)).first().click()]);
}

/** The same where the page stays and only what changed of it is put in place. */
export async function sendInPlace(page, fields, button) {
  const form = await filled(page, fields, button);
  await Promise.all([page.waitForResponse((r) => r.request().method() === 'POST'), form.locator(named(page, button)).first().click()]);
  await page.waitForTimeout(300);
}

/** Types notes of a conversation, which are kept as they are typed. */
export async function note(page, which, text) {
  await page.locator(`#field-${which}`).pressSequentially(text);
  await page.locator(`#${which} [data-said]`).filter({ hasText: 'Saved' }).waitFor();
}

async function filled(page, fields, button) {
  const form = page.locator('form').filter({ has: named(page, button) }).locator('visible=true').first();
  for (const [label, value] of Object.entries(fields)) {
    const field = form.getByLabel(label.replace(/^=/, ''), { exact: label.startsWith('=') }).first();
    const kind = await field.evaluate((e) => (e instanceof HTMLSelectElement ? 'select' : e instanceof HTMLInputElement ? e.type : 'text'));
    if (kind === 'select') await field.selectOption(value);
    else if (kind === 'radio' || kind === 'checkbox') await field.setChecked(value);
    else if (kind === 'file') await field.setInputFiles(value);
    else await field.fill(value);
  }
  return form;
}

/** Presses a button and waits for the page that follows. */
export async function press(page, name) {
  await Promise.all([page.waitForEvent('load'), named(page, name).locator('visible=true').first().click()]);
}

/** The button that begins with this name: what follows says what it is for. */
function named(page, name) {
  return page.getByRole('button', { name: new RegExp(`^${name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}( .*|:.*)?$`) });
}

/** Opens a fold by its words, unless it is open already. */
export async function unfold(page, name) {
  const summary = page.locator('summary').filter({ hasText: name }).first();
  if (!await summary.evaluate((e) => e.parentElement.open)) await summary.click();
}

/** Follows a link by its words and waits for the page. */
export async function follow(page, name) {
  await Promise.all([page.waitForEvent('load'), page.getByRole('main').getByRole('link', { name }).first().click()]);
}

/** The page must say this to whoever looks at it. */
export async function says(page, ...texts) {
  const main = await page.getByRole('main').innerText();
  for (const text of texts) {
    if (!main.includes(text)) throw new Error(`${page.url()} does not say "${text}"`);
  }
}

/** The page must not say this. */
export async function hides(page, ...texts) {
  const all = await page.content();
  for (const text of texts) {
    if (all.includes(text)) wrong(page.url(), `says "${text}"`);
  }
}

export { checkedEverywhere as look };
