// Who and what the chapters of the story share.

import { checkedEverywhere, openPage, views, wrong } from '../harness.mjs';

/** The people of the story, each with the screen they like. Ada sets up and administers; Tomás leads Ines. */
export const people = {
  ada: { name: 'Ada Pires', email: 'ada@weir.example', view: views[2] },
  tomas: { name: 'Tomás Reis', email: 'tomas@weir.example', view: views[3] },
  ines: { name: 'Ines Faria', email: 'ines@weir.example', view: views[0] },
};

export class World {
  /** @type {{ada?: import('playwright-core').Page, tomas?: import('playwright-core').Page, ines?: import('playwright-core').Page}} */
  pages = {};

  constructor(browser, address, outside) {
    Object.assign(this, { browser, address, outside });
  }

  /** Opens a browser for somebody. */
  async open(who) {
    return this.pages[who] = await openPage(this.browser, people[who].view, this.address);
  }

  /** The next mail to somebody, waited for. */
  async mailTo(who) {
    const answer = await fetch(`${this.outside}/mail?to=${encodeURIComponent(people[who].email)}`);
    if (!answer.ok) throw new Error(await answer.text());
    return answer.json();
  }

  /** Lets days pass. */
  async move(days) {
    await fetch(`${this.outside}/move?days=${days}`, { method: 'POST' });
  }

  /** Fails the story where a mail holds something that people wrote. */
  async mailKeepsSilent(who, ...secrets) {
    const mail = await this.mailTo(who);
    for (const secret of secrets) {
      if (`${mail.subject} ${mail.text}`.includes(secret)) wrong(`the mail "${mail.subject}" to ${who}`, `says "${secret}"`);
    }
    return mail;
  }
}

/** Fills a form by the labels of its fields and sends it with a button. */
export async function send(page, fields, button) {
  for (const [label, value] of Object.entries(fields)) {
    const field = page.getByLabel(label).locator('visible=true').first();
    const kind = await field.evaluate((e) => (e instanceof HTMLSelectElement ? 'select' : e instanceof HTMLInputElement ? e.type : 'text'));
    if (kind === 'select') await field.selectOption(value);
    else if (kind === 'radio' || kind === 'checkbox') await field.setChecked(value);
    else await field.fill(value);
  }
  await press(page, button);
}

/** Presses a button and waits for the page that follows. */
export async function press(page, name) {
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name, exact: true }).first().click()]);
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
