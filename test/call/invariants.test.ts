import fc from 'fast-check';
import { expect, test } from 'vitest';
import { replay } from '../../src/replay/replay.ts';
import { expectInvariants } from './invariants.ts';
import { randomFlow } from './random-flow.ts';

test('whatever documents, people and the application do, every call ends well', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(randomFlow, async (flow) => {
      expectInvariants(await replay(flow));
    }),
    { numRuns: Number(process.env.CASES ?? 2000) },
  );
});

test('the same flow gives the same transcript and the same journal', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(randomFlow, async (flow) => {
      const [one, other] = [await replay(flow), await replay(flow)];
      expect(other.transcript).toBe(one.transcript);
      expect(JSON.stringify(other.journal)).toBe(JSON.stringify(one.journal));
    }),
    { numRuns: 200 },
  );
});
