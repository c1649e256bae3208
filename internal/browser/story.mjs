// The story of Ownward, played as people would: node story.mjs ADDRESS OUTSIDE SETUP OTHER-ADDRESS OTHER-SETUP
// OUTSIDE is what stands around the installation: its mails, its log, its clock. SETUP is the path that sets it up.
// The other one is empty as well: somebody goes there.

import { withBrowser } from './harness.mjs';
import { ask } from './story/ask.mjs';
import { begin } from './story/begin.mjs';
import { conversation } from './story/conversation.mjs';
import { keyboard } from './story/keyboard.mjs';
import { leave } from './story/leave.mjs';
import { organisation } from './story/organisation.mjs';
import { plan } from './story/plan.mjs';
import { promise } from './story/promise.mjs';
import { question } from './story/question.mjs';
import { World } from './story/world.mjs';

const [address, outside, setUp, otherAddress, otherSetUp] = process.argv.slice(2);

await withBrowser(async (browser) => {
  const world = new World(browser, address, outside);
  await begin(world, setUp);
  await plan(world);
  await question(world);
  await keyboard(world);
  await conversation(world);
  await promise(world);
  await ask(world);
  await organisation(world);
  await leave(world, { address: otherAddress, setUp: otherSetUp });
  await world.keepsAllSilent();
});
