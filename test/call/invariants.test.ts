import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CallflowError } from '../../src/errors.ts';
import type { Flow } from '../../src/replay/flow.ts';
import { type Replay, replay } from '../../src/replay/replay.ts';
import { expectInvariants } from './invariants.ts';
import { randomFlow } from './random-flow.ts';
import { randomLaml } from './random-laml.ts';

const dialects = [
  ['VoiceML', randomFlow, 2000],
  ['LaML', randomLaml, 200],
] as const;

/** A flow in which somebody does something to a call that has ended is none, and does not count. */
async function played(flow: Flow): Promise<Replay> {
  try {
    return await replay(flow);
  } catch (error) {
    fc.pre(!(error instanceof CallflowError && error.message.startsWith('acts.')));
    throw error;
  }
}

test.for(dialects)(
  'whatever documents in %s, people and the application do, every call ends well',
  { timeout: 120_000 },
  async ([, flows, cases]) => {
    await fc.assert(
      fc.asyncProperty(flows, async (flow) => {
        expectInvariants(await played(flow));
      }),
      { numRuns: Number(process.env.CASES ?? cases) },
    );
  },
);

test.for(dialects)(
  'the same flow in %s gives the same transcript and the same journal',
  { timeout: 60_000 },
  async ([, flows, cases]) => {
    await fc.assert(
      fc.asyncProperty(flows, async (flow) => {
        const [one, other] = [await played(flow), await played(flow)];
        expect(other.transcript).toBe(one.transcript);
        expect(JSON.stringify(other.journal)).toBe(JSON.stringify(one.journal));
      }),
      { numRuns: cases / 10 },
    );
  },
);
