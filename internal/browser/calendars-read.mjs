// Another reader of calendars (ical.js) says what it finds in ours: node calendars-read.mjs FILE
// The file holds a list of calendars in JSON; printed is, for each, its method and its entries.

import { readFile } from 'node:fs/promises';
import ICAL from 'ical.js';

const texts = JSON.parse(await readFile(process.argv[2], 'utf8'));
console.log(JSON.stringify(texts.map(read)));

/** @param {string} text */
function read(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return {
    method: calendar.getFirstPropertyValue('method'),
    entries: calendar.getAllSubcomponents('vevent').map((component) => {
      const event = new ICAL.Event(component);
      return {
        uid: event.uid,
        sequence: event.sequence,
        start: event.startDate.toUnixTime(),
        end: event.endDate.toUnixTime(),
        zone: component.getFirstProperty('dtstart').getParameter('tzid') ?? '',
        day: event.startDate.isDate ? event.startDate.toString() : '',
        summary: event.summary,
        attendees: event.attendees.map((each) => `${each.getFirstValue()} ${each.getParameter('partstat')}`),
        status: component.getFirstPropertyValue('status') ?? '',
      };
    }),
  };
}
