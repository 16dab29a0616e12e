import { callTest, expect } from 'callflow/vitest';
import { createApp } from './app.ts';

const test = callTest({ application: createApp(), url: '/' });

test('one tells the opening hours, and leads back to the menu', async ({ dial }) => {
  const caller = await dial();
  expect(caller).toBeAskedFor({ digits: 1 });
  await caller.presses(1);
  expect(caller).toHear('from nine to five');
  expect(caller).toBeAskedFor({ digits: 1 });
});

test('two reaches the shop, and records the conversation', async ({ dial, rehearsal }) => {
  const caller = await dial();
  await caller.presses(2);
  expect(caller).toDial('+61491570156');
  const shop = rehearsal.callee('+61491570156');
  await shop.answers();
  expect(caller).toRecord();
  await shop.hangsUp();
  expect(caller).toHear('Goodbye.');
  expect(caller).toHaveEnded('completed');
});

test.for(['isBusy', 'declines', 'letsItRing'] as const)(
  'the shop %s: nobody can take the call',
  async (does, { dial, rehearsal }) => {
    const caller = await dial();
    await caller.presses(2);
    await rehearsal.callee('+61491570156')[does]();
    expect(caller).toHear('Nobody can take your call');
  },
);
