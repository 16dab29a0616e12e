import { expect, test } from 'vitest';
import { VirtualClock } from '../../src/clock.ts';
import { reenact } from '../../src/replay/reenactment/reenact.ts';
import { scriptedStreams } from '../../src/replay/scripted-streams.ts';
import type { SocketOptions } from '../../src/verbs/fork.ts';
import { engineWith } from './engine.ts';

const socket: SocketOptions = {
  url: 'wss://ears.example/live',
  track: 'both',
  codec: 'PCMU@8000h',
  realtime: false,
  parameters: {},
};

/** A call that waits for half a minute, and what an API does to it a second after its beginning. */
async function during(act: (engine: ReturnType<typeof engineWith>['engine'], call: string) => void) {
  const clock = new VirtualClock();
  const servers = scriptedStreams(clock, { [socket.url]: {} });
  const parts = engineWith(
    ({ url }) => (url.endsWith('/voice') ? '<Response><Pause length="30"/><Say>.</Say></Response>' : ''),
    {
      clock,
      servers,
    },
  );
  parts.callIn([{ after: 40, hangUp: true }]);
  // A pause alone lets it ring on.
  clock.setTimeout(() => parts.engine.act(parts.engine.live()[0]!, { type: 'act.answer' }), 500);
  clock.setTimeout(() => act(parts.engine, parts.engine.live()[0]!), 1_000);
  await clock.run();
  return parts;
}

test('an API begins a stream beside the document, finds it, and ends it by its name or its id', async () => {
  const seen: unknown[] = [];
  const { journal } = await during((engine, call) => {
    const one = engine.forks.start(call, { name: 'qa', what: { type: 'socket', socket } });
    const two = engine.forks.start(call, { what: { type: 'socket', socket } });
    seen.push(
      engine.forks
        .of(call)
        .map(({ id }) => id)
        .join() === `${one?.id},${two?.id}`,
    );
    seen.push(one?.name, two?.name === two?.id, one?.state);
    seen.push(engine.forks.start(call, { name: 'qa', what: { type: 'socket', socket } })?.failure?.code);
    seen.push(engine.forks.stop(call, 'qa')?.id === one?.id, engine.forks.stop(call, two!.id)?.id === two?.id);
    seen.push(engine.forks.stop(call, 'nobody'), engine.forks.start('nobody', { what: { type: 'socket', socket } }));
  });
  expect(seen).toEqual([true, 'qa', true, 'starting', 'FORK_NAME_TAKEN', true, true, undefined, undefined]);
  const states = journal.flatMap(({ output }) => (output?.type === 'fork.changed' ? [output.record.state] : []));
  expect(states).toEqual(['starting', 'starting', 'failed', 'stopped', 'stopped']);
  expect(reenact(JSON.parse(JSON.stringify(journal))).difference).toBeUndefined();
});

test('a stream begun by an API goes on until the call ends', async () => {
  const { engine, journal } = await during((engine, call) => {
    engine.forks.start(call, { what: { type: 'socket', socket } });
  });
  const ends = journal.find(({ output }) => output?.type === 'fork.changed' && output.record.state === 'stopped');
  expect(ends?.at).toBe(journal.find(({ input }) => input?.type === 'leg.hungUp')?.at);
  expect(engine.left()).toEqual({ calls: 0, bridges: 0, queued: 0, recordings: 0 });
});

test('what is streamed is not in the journal', async () => {
  const short = await during((engine, call) => engine.forks.start(call, { what: { type: 'socket', socket } }));
  const none = await during(() => {});
  expect(short.journal.length - none.journal.length).toBeLessThan(12);
});

test('no more than sixteen go on beside a call', async () => {
  const states: unknown[] = [];
  await during((engine, call) => {
    for (let n = 1; n <= 17; n++)
      states.push(engine.forks.start(call, { what: { type: 'socket', socket } })?.failure?.code);
    engine.forks.stop(call, engine.forks.of(call)[0]!.id);
  });
  expect(states).toEqual([...Array(16).fill(undefined), 'FORK_LIMIT']);
});
