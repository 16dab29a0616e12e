import fc from 'fast-check';
import { expect, test } from 'vitest';
import { numbers } from './random-program.ts';
import { randomWorld } from './random-world.ts';
import { run } from './run-world.ts';
import { expectWorldInvariants } from './world-invariants.ts';

test('whoever interferes while calls come in again: every call ends well and leaves nothing', {
  timeout: 120_000,
}, async () => {
  let hops = 0;
  await fc.assert(
    fc.asyncProperty(randomWorld, async (random) => {
      const ran = await run(random, numbers.slice(1));
      expectWorldInvariants(ran);
      const came = [...ran.store.calls()].map((call) => call.hops ?? 0);
      expect(Math.max(0, ...came)).toBeLessThanOrEqual(10);
      hops += came.filter((hop) => hop > 0).length;
    }),
    { numRuns: Number(process.env.CASES ?? 300) },
  );
  expect(hops).toBeGreaterThan(0);
});
