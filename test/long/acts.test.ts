import fc from 'fast-check';
import { test } from 'vitest';
import { randomWorld } from '../call/random-world.ts';
import { run } from '../call/run-world.ts';
import { expectWorldInvariants } from '../call/world-invariants.ts';

test('whoever interferes, whatever breaks: 20,000 worlds end well', { timeout: 1_200_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(randomWorld, async (random) => {
      expectWorldInvariants(await run(random));
    }),
    { numRuns: Number(process.env.CASES ?? 20_000) },
  );
});
