import fc from 'fast-check';
import { test } from 'vitest';
import { randomMeeting, randomWorld } from './random-world.ts';
import { run } from './run-world.ts';
import { expectWorldInvariants } from './world-invariants.ts';

test('whoever interferes, whatever breaks: every call ends well and leaves nothing', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(randomWorld, async (random) => {
      expectWorldInvariants(await run(random));
    }),
    { numRuns: Number(process.env.CASES ?? 500) },
  );
});

test('whoever meets whom in conferences and queues: both end well and leave nothing', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(randomMeeting, async (random) => {
      expectWorldInvariants(await run(random));
    }),
    { numRuns: Number(process.env.CASES ?? 250) },
  );
});
