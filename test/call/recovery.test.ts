import { expect, test } from 'vitest';
import { memoryStore } from '../../src/store/memory/memory-store.ts';
import { options, program, say, world } from './world.ts';

const application = { '/voice': program(say('A long story that nobody will hear to its end.')) };
const phones = { '+61491570156': { answers: 1 }, '+61491570157': { answers: 60 }, '+61491570158': { answers: 1 } };

const calling = (to: string) =>
  ({ project: 'demo', dialect: 'voiceml', to, from: '+61255501234', options: options('/voice') }) as const;

test('after a restart what was queued is placed, and what was live has ended when the process did', async () => {
  const store = memoryStore();
  const before = world(application, phones, { store, limitsOf: () => ({ concurrent: 2 }) });
  const [answered, ringing, queued] = ['+61491570156', '+61491570157', '+61491570158'].map((to) =>
    before.engine.create(calling(to)),
  );
  await before.clock.advance(2_000);
  store.heartbeat(before.clock.now());
  const died = before.clock.now();

  const after = world(application, phones, { store });
  await after.clock.advance(10_000);
  const { seq } = after.journal.at(-1) ?? { seq: store.lastSeq() };
  expect(after.engine.recover()).toEqual({ queued: 1, ended: 2, recordings: 0 });
  expect(store.call(answered!)).toMatchObject({ state: 'completed', endTime: died, endedBy: 'network' });
  expect(store.call(ringing!)).toMatchObject({ state: 'failed', endTime: died, errorCode: 'CALL_NETWORK' });
  expect(after.engine.live()).toEqual([queued]);
  await after.clock.run();
  expect(store.call(queued!)).toMatchObject({ state: 'completed', endedBy: 'us' });
  const seqs = after.journal.map((entry) => entry.seq);
  expect(seqs).toEqual(seqs.map((_, index) => seq + 1 + index));
});
