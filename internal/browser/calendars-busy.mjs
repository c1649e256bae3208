// Another reader of calendars (ical.js) says when somebody is busy: node calendars-busy.mjs FILE
// The file holds a list of calendars in JSON; printed is, for each, the times in seconds since 1970 within the window, or null where
// ical.js cannot read it.

import { readFile } from 'node:fs/promises';
import { runInThisContext } from 'node:vm';
import ICAL from 'ical.js';

const { from, to, texts } = JSON.parse(await readFile(process.argv[2], 'utf8'));
console.log(JSON.stringify(texts.map((text) => {
  try {
    globalThis.read = () => busy(text);
    return runInThisContext('read()', { timeout: 500 }); // it goes round for good with some rules
  } catch {
    return null;
  }
})));

/** @param {string} text */
function busy(text) {
  const times = [];
  for (const parsed of [ICAL.parse(text)].flatMap((all) => (Array.isArray(all[0]) ? all : [all]))) {
    const calendar = new ICAL.Component(parsed);
    const events = calendar.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one));
    for (const period of calendar.getAllSubcomponents('vfreebusy').flatMap(periods)) span(times, period.start, period.getEnd());
    for (const event of events) {
      if (event.isRecurrenceException()) {
        // Without the one that it is an exception of, it stands for itself.
        if (!events.some((other) => other.uid === event.uid && !other.isRecurrenceException()) && !isFree(event)) span(times, event.startDate, event.endDate);
        continue;
      }
      for (const other of events) {
        if (other.isRecurrenceException() && other.uid === event.uid) event.relateException(other);
      }
      take(event, times);
    }
  }
  return times.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

function periods(list) {
  return list.getAllProperties('freebusy').filter((each) => each.getParameter('fbtype') !== 'FREE').flatMap((each) => each.getValues());
}

function span(times, start, end) {
  const one = [Math.max(start.toUnixTime(), from), Math.min(end.toUnixTime(), to)];
  if (one[0] < one[1]) times.push(one);
}

function take(event, times) {
  const add = (item, start, end) => {
    if (!isFree(item)) span(times, start, end);
  };
  if (!event.isRecurring()) {
    add(event, event.startDate, event.endDate);
    return;
  }
  const all = event.iterator();
  for (let n = 0, next = all.next(); next && n < 5000 && next.toUnixTime() < to; n++, next = all.next()) {
    const one = event.getOccurrenceDetails(next);
    add(one.item, one.startDate, one.endDate);
  }
}

function isFree(event) {
  const says = (name) => String(event.component.getFirstPropertyValue(name) ?? '').toUpperCase();
  return says('transp') === 'TRANSPARENT' || says('status') === 'CANCELLED';
}
