import { expect, test } from 'vitest';
import { VirtualClock } from '../../src/clock.ts';
import { reenact } from '../../src/replay/reenactment/reenact.ts';
import { scriptedStreams } from '../../src/replay/scripted-streams.ts';
import type { StreamFork } from '../../src/verbs/fork.ts';
import { engineWith } from './engine.ts';

const url = 'wss://ears.example/live';

const streamed = (name?: string, at = url): StreamFork => ({
  what: {
    type: 'socket',
    socket: { url: at, track: 'both', codec: 'PCMU@8000h', realtime: false, parameters: {} },
  },
  ...(name !== undefined && { name }),
});

type Engine = ReturnType<typeof engineWith>['engine'];

/** A conference of one from the beginning, of two after 5 s, which ends after 20 s; and what is done meanwhile. */
async function during(acts: Readonly<Record<number, (engine: Engine, conference: string) => void>>) {
  const clock = new VirtualClock();
  const servers = scriptedStreams(clock, { [url]: {}, 'wss://bot.example/': { script: [{ after: 2, closes: true }] } });
  const parts = engineWith(() => '<Response><Dial><Conference beep="false">room</Conference></Dial></Response>', {
    clock,
    servers,
  });
  const began = clock.now();
  parts.callIn([{ after: 20, hangUp: true }]);
  clock.setTimeout(() => parts.callIn([{ after: 15, hangUp: true }]), 5_000);
  for (const [second, act] of Object.entries(acts))
    clock.setTimeout(() => {
      const [conference] = parts.engine.conferences.find({ project: 'demo', limit: 1 });
      act(parts.engine, conference!.id);
    }, Number(second) * 1_000);
  await clock.run();
  const told = parts.journal.flatMap(({ at, output }) =>
    output?.type === 'fork.changed' ? [`${(at - began) / 1_000} ${output.record.name} ${output.record.state}`] : [],
  );
  return { ...parts, told };
}

test('an API streams a conference from when it begins, finds its streams, and ends them by name or id', async () => {
  const seen: unknown[] = [];
  const { engine, journal, told } = await during({
    1: (engine, room) => {
      seen.push(
        engine.forks.stream(room, streamed('early'))?.state,
        engine.forks.stream(room, streamed('never'))?.state,
      );
    },
    2: (engine, room) => {
      seen.push(
        engine.forks.stop(room, 'never')?.name,
        engine.forks.of(room).map(({ name }) => name),
      );
    },
    7: (engine, room) => {
      const { conference, call, state } = engine.forks.stream(room, streamed('late'))!;
      seen.push([conference === room, call, state], engine.forks.stream(room, streamed('late'))?.failure?.code);
      engine.forks.stream(room, streamed('bot', 'wss://bot.example/'));
    },
    10: (engine, room) => {
      const early = engine.forks.of(room).find(({ name }) => name === 'early')!;
      seen.push(early.state, engine.forks.stop(room, early.id)?.name, engine.forks.stop(room, 'nobody'));
    },
    25: (engine, room) => {
      seen.push(engine.forks.stream(room, streamed()), engine.forks.of(room));
    },
  });
  expect(seen).toEqual([
    'starting',
    'starting',
    'never',
    ['early'],
    [true, undefined, 'starting'],
    'FORK_NAME_TAKEN',
    'started',
    'early',
    undefined,
    undefined,
    [],
  ]);
  expect(told).toEqual([
    '1 early starting',
    '1 never starting',
    '2 never stopped',
    '5 early started',
    '7 late starting',
    '7 late failed',
    '7 bot starting',
    '7 late started',
    '7 bot started',
    '9 bot stopped',
    '10 early stopped',
    '20 late stopped',
  ]);
  expect(engine.left()).toEqual({ calls: 0, bridges: 0, queued: 0, recordings: 0 });
  expect(reenact(JSON.parse(JSON.stringify(journal))).difference).toBeUndefined();
});

test('no more than sixteen streams of a conference go on, whatever its calls have', async () => {
  const codes: unknown[] = [];
  await during({
    7: (engine, room) => {
      engine.forks.start(engine.live()[0]!, streamed());
      for (let n = 1; n <= 17; n++) codes.push(engine.forks.stream(room, streamed())?.failure?.code);
    },
  });
  expect(codes).toEqual([...Array(16).fill(undefined), 'FORK_LIMIT']);
});

test('a call that is in a conference keeps the streams of its own', async () => {
  const { told } = await during({
    7: (engine, room) => {
      engine.forks.start(engine.live()[0]!, streamed('one'));
      engine.forks.stream(room, streamed('one'));
    },
    9: (engine, room) => {
      engine.forks.stop(room, 'one');
    },
    11: (engine) => {
      engine.forks.stop(engine.live()[0]!, 'one');
    },
  });
  expect(told.slice(-2)).toEqual(['9 one stopped', '11 one stopped']);
});
