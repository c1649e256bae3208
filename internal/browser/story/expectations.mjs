// An administrator brings a file of expectations in: a broken one is refused with its line, a good one is looked at first.

import { look, press, says, send } from './world.mjs';

export const locks = `framework: Locks
roles:
  - name: Engineer
    levels:
      - name: First years
        skills: [{skill: Hydraulics, level: 2, shows: Finds a leak with help.}]
        criteria: [Says early when something slips.]
      - On her own
`;

export async function importsExpectations(page) {
  await page.goto('/organisation/expectations');
  await look(page, 'expectations');
  await send(page, { 'Or paste its text': locks.replace('    levels:', '\tlevels:') }, 'Look what would change');
  await says(page, 'is not taken, and nothing of it is kept', 'Line 4: a tab stands before the text');
  await look(page, 'a broken file of expectations');
  await send(page, { 'Or paste its text': locks }, 'Look what would change');
  await says(page, 'Locks: 1 new role.', 'Nothing is written yet');
  await look(page, 'what a file of expectations would change');
  await press(page, 'Bring it in');
  await says(page, 'The roles are in', 'Engineer');
}
