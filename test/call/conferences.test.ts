import { describe, expect, test } from 'vitest';
import { CallflowError } from '../../src/errors.ts';
import type { ConferenceFact, JournalEntry } from '../../src/journal/journal.ts';
import { memoryStore } from '../../src/store/memory/memory-store.ts';
import type { Store } from '../../src/store/store.ts';
import type { Script } from '../../src/telephony/simulated/script.ts';
import type { Conference } from '../../src/verbs/conference.ts';
import { options, program, say, url, type World, world } from './world.ts';

const project = 'demo';

const conference = (differing: Partial<Conference> = {}): Conference => ({
  verb: 'conference',
  answers: true,
  room: 'red',
  muted: false,
  beep: 'none',
  starts: true,
  ends: false,
  waitFrom: 'none',
  ...differing,
});

/** What happened in conferences, with the callers by their order. */
function happened({ journal }: { journal: readonly JournalEntry[] }): string[] {
  const calls = journal.flatMap(({ output, subject }) => (output?.type === 'call.created' ? [subject] : []));
  return journal.flatMap(({ output }) => {
    if (output?.type !== 'conference.event') return [];
    const { event, participant } = output;
    const reason = (fact: ConferenceFact) => (fact.type === 'leave' ? ` ${fact.reason}` : '');
    return [`${event.type}${participant ? ` ${calls.indexOf(participant.call) + 1}` : ''}${reason(event)}`];
  });
}

/** Callers who come a second after each other, with what each of them runs and does. */
async function calling(
  ...callers: readonly { conference: Conference; script?: Script; project?: string }[]
): Promise<World & { store: Store; calls: string[] }> {
  const store = memoryStore();
  const of = world(
    { '/next': program(say('Goodbye.')) },
    {},
    {
      store,
      route: ({ callerName }) => {
        const caller = callers[Number(callerName)]!;
        return {
          project: caller.project ?? project,
          dialect: 'voiceml',
          options: options(),
          program: program(caller.conference, say('It goes on.')),
        };
      },
    },
  );
  for (const [index, { script = [] }] of callers.entries()) {
    const parties = { to: '+61255501234', from: '+61491570006', transport: 'PSTN' } as const;
    of.network.callIn({ ...parties, callerName: String(index) }, { script });
    await of.clock.advance(1_000);
  }
  return { ...of, store, calls: [...of.engine.live()] };
}

const end = async (of: World) => {
  for (const call of of.engine.live()) of.engine.act(call, { type: 'act.hangUp' });
  await of.clock.run();
  expect(of.engine.left()).toEqual({ calls: 0, bridges: 0, queued: 0, recordings: 0 });
};

describe('who is heard', () => {
  /** The third presses 1 when it hears the first, and 2 when it hears the second. */
  const listener: Script = [{ heard: 'one is speaking', press: '1' }];
  const other: Script = [{ heard: 'one is speaking', press: '2' }];
  const speaker: Script = [{ after: 6, say: 'Number one is speaking.' }];

  test.for<[string, Partial<Conference>, string]>([
    ['somebody who talks is heard by all', {}, '12'],
    ['somebody who is muted by nobody', { muted: true }, ''],
  ])('%s', async ([, differing, pressed]) => {
    const of = await calling(
      { conference: conference(differing), script: speaker },
      { conference: conference(), script: listener },
      { conference: conference(), script: other },
    );
    await of.clock.advance(20_000);
    expect(keysOf(of)).toBe(pressed);
    await end(of);
  });

  test('somebody who coaches by that one alone, and by all again after that', async () => {
    const of = await calling(
      { conference: conference(), script: [...speaker, { after: 8, say: 'Number one is speaking.' }] },
      { conference: conference(), script: listener },
      { conference: conference(), script: other },
    );
    const [first = '', second = ''] = of.calls;
    const [{ id = '' } = {}] = of.engine.conferences.find({ project, limit: 1 });
    expect(of.engine.conferences.change(project, id, first, { coach: second })?.coach).toBe(second);
    await of.clock.advance(8_000);
    expect(keysOf(of)).toBe('1');
    expect(of.engine.conferences.change(project, id, first, { coach: null })?.coach).toBeUndefined();
    await of.clock.advance(20_000);
    expect(keysOf(of)).toBe('12');
    await end(of);
  });

  const keysOf = ({ journal }: World) =>
    journal.flatMap(({ input }) => (input?.type === 'leg.pressed' ? [input.digit] : [])).join('');
});

test('conferences of the same name in two projects know nothing of each other', async () => {
  const of = await calling({ conference: conference() }, { conference: conference(), project: 'another' });
  expect(happened(of)).toEqual(['join 1', 'join 2']);
  const [mine] = of.engine.conferences.find({ project, limit: 9 });
  expect(of.engine.conferences.get('another', mine!.id)).toBeUndefined();
  expect(of.engine.conferences.act('another', mine!.id, { type: 'end' })).toBeUndefined();
  expect(of.engine.conferences.remove('another', mine!.id, of.calls[0]!)).toBe(false);
  await end(of);
});

test('what is known of a conference and of who is in it is how it is at this moment', async () => {
  const of = await calling({ conference: conference({ label: 'boss' }) }, { conference: conference({ ends: true }) });
  const { conferences } = of.engine;
  const [{ id } = { id: '' }] = conferences.find({ project, limit: 1 });
  const [first = '', second = ''] = of.calls;
  expect(conferences.get(project, id)).toMatchObject({ name: 'red', state: 'inProgress', count: 3, recordings: [] });
  expect(conferences.participants({ project, conference: id, limit: 9 }).map(({ call }) => call)).toEqual([
    second,
    first,
  ]);
  expect(conferences.change(project, id, first, { muted: true, held: true })).toMatchObject({
    muted: true,
    held: true,
  });
  expect(conferences.participant(project, id, first)).toMatchObject({ label: 'boss', held: true, state: 'inProgress' });
  expect(conferences.change(project, id, 'nobody', { muted: true })).toBeUndefined();
  expect(() => conferences.change(project, id, first, { coach: 'nobody' })).toThrow(CallflowError);
  expect(conferences.remove(project, id, second)).toBe(true);
  expect(conferences.remove(project, id, second)).toBe(false);
  expect(conferences.get(project, id)).toMatchObject({
    state: 'completed',
    endReason: 'enderRemoved',
    endedBy: second,
  });
  expect(conferences.participant(project, id, first)).toMatchObject({ state: 'completed' });
  expect(() => conferences.act(project, id, { type: 'end' })).toThrow('has ended');
  expect(happened(of)).toEqual([
    'join 1',
    'join 2',
    'start',
    'mute 1',
    'hold 1',
    'leave 2 removed',
    'leave 1 moderatorLeft',
    'end',
  ]);
  await end(of);
});

test('a call that is put into another bridge has left its conference, and goes on', async () => {
  const of = await calling(...Array.from({ length: 3 }, () => ({ conference: conference() })));
  of.engine.bridge([{ call: of.calls[0]! }, { call: of.calls[1]! }]);
  expect(happened(of).slice(4)).toEqual(['leave 1 left', 'leave 2 left']);
  await end(of);
});

test('somebody who holds hears what is asked for, over and over, and is not recorded', async () => {
  const recording = { source: 'conference', channels: 1, trim: false, transcribe: false } as const;
  const of = await calling(
    { conference: conference({ recording }), script: [{ after: 4, say: 'This counts.' }] },
    { conference: conference() },
  );
  of.engine.act(of.calls[1]!, { type: 'act.participant', change: { held: true, holdFrom: url('/next') } });
  await of.clock.advance(10_000);
  expect(of.asked.filter(({ path }) => path === '/next').length).toBeGreaterThan(5);
  await end(of);
  const audio = of.journal.flatMap(({ input }) =>
    input?.type === 'finished' && input.finished.type === 'recording' ? [input.finished.audio.utterances] : [],
  );
  expect(audio.flat().map(({ text }) => text)).toEqual(['This counts.']);
});

test('after a restart a conference has ended, everybody has left it, and its events have no gap', async () => {
  const before = await calling({ conference: conference() }, { conference: conference() });
  const after = world({}, {}, { store: before.store, clock: before.clock });
  after.engine.recover();
  await after.engine.committed();
  expect(happened({ journal: [...before.journal, ...after.journal] })).toEqual([
    'join 1',
    'join 2',
    'start',
    'leave 2 lost',
    'leave 1 lost',
    'end',
  ]);
  const [record] = after.engine.conferences.find({ project, limit: 9 });
  expect(record).toMatchObject({ state: 'completed', endReason: 'lost', count: 6 });
  expect([...before.store.unendedConferences()]).toEqual([]);
});
