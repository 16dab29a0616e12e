import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { callMachine } from '../../src/call/call.ts';
import { callLogic } from '../../src/call/call-logic.ts';
import { randomMeeting, randomWorld } from './random-world.ts';
import { run } from './run-world.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

/** Every step as XState works it out, with nothing remembered. */
const forgetful = () => vi.spyOn(callLogic, 'transition').mockImplementation(callMachine.transition);

test.for([
  ['interferes with calls', randomWorld, 200],
  ['meets in conferences and queues', randomMeeting, 100],
] as const)('a step that is remembered is the one that XState would take, whoever %s', async ([, worlds, numRuns]) => {
  let steps = 0;
  await fc.assert(
    fc.asyncProperty(worlds, async (random) => {
      const remembering = await run(random);
      const forgetting = forgetful();
      const workedOut = await run(random);
      steps += forgetting.mock.calls.length;
      forgetting.mockRestore();
      expect(remembering.journal).toEqual(workedOut.journal);
    }),
    { numRuns },
  );
  expect(steps).toBeGreaterThan(numRuns);
});
