import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadFlow } from '../../src/replay/load.ts';
import { reenact } from '../../src/replay/reenactment/reenact.ts';
import { replay } from '../../src/replay/replay.ts';
import { randomFlow } from '../call/random-flow.ts';
import { engineWith } from '../streams/engine.ts';

test('what comes out otherwise is named', async () => {
  const { flow, read } = loadFlow('test/flows/voiceml/call-busy-decides/flow.yaml');
  const { journal } = await replay(flow, { read });
  const index = journal.findIndex(({ output }) => output?.type === 'verb.ended');
  const tampered = journal.map((entry, at) =>
    at === index && entry.output?.type === 'verb.ended'
      ? { ...entry, output: { ...entry.output, verb: 'play' } }
      : entry,
  );
  expect(reenact(tampered as typeof journal).difference).toMatchObject({
    index,
    recorded: { output: { type: 'verb.ended', verb: 'play' } },
    now: { output: { type: 'verb.ended', verb: 'dial' } },
  });
});

test('an input that is not there any more makes a difference', async () => {
  const { flow, read } = loadFlow('test/flows/voiceml/input-waits-five-seconds/flow.yaml');
  const { journal } = await replay(flow, { read });
  const timer = journal.findIndex(({ input }) => input?.type === 'timer');
  expect(timer).toBeGreaterThan(0);
  expect(reenact(journal.toSpliced(timer, 1)).difference).toMatchObject({ index: timer });
});

test('where a caller is at home is the same once more', async () => {
  const { journal } = await replay({ handler: { 'POST /voice': '<Response><Say>Hello.</Say></Response>' } });
  const home = { fromLocation: { region: 'AU' }, fromZone: 'Australia/Sydney' };
  const written = journal.map((entry) => {
    const { output } = entry;
    if (output?.type !== 'call.created' && output?.type !== 'call.changed') return entry;
    return { ...entry, output: { ...output, record: { ...output.record, ...home } } };
  });
  expect(reenact(JSON.parse(JSON.stringify(written))).difference).toBeUndefined();
});

test('queues that an API has made, changed and removed are the same once more', async () => {
  const { engine, callIn, clock, journal } = engineWith(
    () => '<Response><Enqueue waitUrl="">sales</Enqueue></Response>',
  );
  const { queues } = engine;
  const { id } = queues.create('demo', 'sales', 1);
  queues.update('demo', id, { max: 2 });
  for (let call = 0; call < 3; call++) callIn([{ after: 5, hangUp: true }]);
  clock.setTimeout(() => queues.create('demo', 'support'), 2_000);
  await clock.run();
  queues.delete('demo', id);
  await clock.run();
  const reasons = journal.flatMap(({ output }) =>
    output?.type === 'verb.ended' && output.result?.type === 'dequeued' ? [output.result.reason] : [],
  );
  expect(reasons).toEqual(['full']);
  expect(reenact(JSON.parse(JSON.stringify(journal))).difference).toBeUndefined();
});

test('any flow is reenacted from its journal', async () => {
  await fc.assert(
    fc.asyncProperty(randomFlow, async (flow) => {
      const { journal } = await replay(flow);
      expect(reenact(JSON.parse(JSON.stringify(journal))).difference).toBeUndefined();
    }),
    { numRuns: 200 },
  );
});
