import { callTest, expect } from 'callflow/vitest';
import { createApp } from './app.ts';

const test = callTest({ application: createApp(), dialect: 'laml', url: '/' });

test('a caller hears the opening hours, then reaches the shop', async ({ dial, rehearsal }) => {
  const caller = await dial();
  expect(caller).toBeAskedFor({ digits: 1 });
  await caller.presses(2);
  expect(caller).toHear('every day but Sunday');
  await caller.presses(1);
  expect(caller).toDial('+61491570156');
  const shop = rehearsal.callee('+61491570156');
  await shop.answers();
  await shop.hangsUp();
  expect(caller).toHaveRequested('/called', { DialCallStatus: 'completed', CallStatus: 'in-progress' });
  expect(caller).toHear('Thank you for calling');
  expect(caller).toHaveEnded({ state: 'completed', by: 'engine' });
});

test.for([
  ['declines', 'busy'],
  ['isBusy', 'busy'],
  ['letsItRing', 'no-answer'],
] as const)('the shop %s: %s', async ([what, status], { dial, rehearsal }) => {
  const caller = await dial();
  await caller.presses(1);
  await rehearsal.callee('+61491570156')[what]();
  expect(caller).toHaveRequested('/called', { DialCallStatus: status, DialBridged: 'false' });
  expect(caller).toHear('Nobody is in the shop');
});

test('a caller who presses nothing hears goodbye', async ({ dial }) => {
  const caller = await dial();
  await caller.staysSilent();
  expect(caller).toHear('Goodbye.');
  expect(caller).toHaveEnded({ state: 'completed', by: 'engine' });
});
