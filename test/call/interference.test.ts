/** What somebody outside does in the middle of something, and what a document does that nobody would write. */
import { describe, expect, test } from 'vitest';
import type { Instruction } from '../../src/verbs/index.ts';
import { options, program, say, told, url, type World, world } from './world.ts';

const caller = { to: '+61255501234', from: '+61491570006', transport: 'PSTN' } as const;

const ended = (of: World) => {
  expect(of.engine.left()).toEqual({ calls: 0, bridges: 0, queued: 0, recordings: 0 });
  expect(of.clock.pending).toBe(0);
};

const problems = (of: World) => of.journal.flatMap(({ output }) => (output?.type === 'problem' ? [output.code] : []));

const byApi = (to: string, whenIdle: number | 'stay' = 'stay') =>
  ({
    project: 'demo',
    dialect: 'voiceml',
    to,
    from: '+61255501234',
    mode: 'api',
    options: { ...options(), whenIdle },
  }) as const;

const dialling: Instruction = {
  verb: 'dial',
  answers: false,
  targets: [{ to: '+61491570156', transport: 'PSTN' }],
  strategy: 'simultaneous',
  ringMs: 20_000,
  maxMs: 3_600_000,
};

const enqueue = (...wait: readonly Instruction[]): Instruction => ({
  verb: 'enqueue',
  answers: true,
  queue: 'sales',
  wait: { ...program(...wait), purpose: 'wait' },
});

describe('a wait program', () => {
  test.for<[string, Instruction]>([
    ['label', { verb: 'label', answers: false, key: 'k', value: 'v' }],
    ['play of nothing', { verb: 'play', answers: true, sounds: [{ type: 'speech', text: '' }] }],
    ['enqueue', { verb: 'enqueue', answers: true, queue: 'sales' }],
  ])('in which nothing takes any time ends the call: %s', async ([, instruction]) => {
    const of = world({ '/voice': program(enqueue(instruction)) }, {}, { limits: { steps: 1_000 } });
    of.network.callIn(caller);
    await of.clock.run();
    expect(problems(of)).toEqual(['CALL_STEPS_LIMIT']);
    expect(told(of.journal, 'verb.began').length).toBe(1_000);
    ended(of);
  });

  test('may take little time for as long as it likes', async () => {
    const beep: Instruction = { verb: 'play', answers: true, sounds: [{ type: 'beep' }] };
    const of = world({ '/voice': program(enqueue(beep)) }, {}, { limits: { steps: 3 } });
    of.network.callIn(caller, { script: [{ after: 600, hangUp: true }] });
    await of.clock.run();
    expect(problems(of)).toEqual([]);
    ended(of);
  });
});

test('a document may have ten thousand instructions', async () => {
  const labels = Array.from(
    { length: 9_999 },
    (): Instruction => ({ verb: 'label', answers: false, key: 'k', value: 'v' }),
  );
  const of = world({ '/voice': program(...labels, say('Hello.')) });
  of.network.callIn(caller);
  await of.clock.run();
  expect(problems(of)).toEqual([]);
  ended(of);
});

test('a call waits in one queue at most: a second one is an error, and the first goes on', async () => {
  const of = world({ '/voice': program(enqueue(say('Please wait.')), say('Thank you.')) });
  of.network.callIn(caller);
  await of.clock.advance(1_000);
  const [call] = of.engine.live();
  const instruction: Instruction = { verb: 'enqueue', answers: false, queue: 'support' };
  of.engine.act(call!, { type: 'act.start', activity: 'second', instruction });
  expect(told(of.journal, 'verb.ended').at(-1)).toBe('verb.ended enqueue continue');
  expect([of.engine.waitingIn('sales'), of.engine.waitingIn('support')]).toEqual([[call], []]);
  of.engine.act(call!, { type: 'act.dequeue', reason: 'bridged' });
  await of.clock.run();
  expect(told(of.journal, 'queue.entered', 'queue.left')).toEqual(['queue.entered', 'queue.left']);
  ended(of);
});

test('the same act in one object is thought about each time: it may be once too often', async () => {
  const of = world({ '/voice': program(say('Hello.')) }, {}, { limits: { requests: 5 } });
  of.network.callIn(caller);
  await of.clock.advance(0);
  const [call] = of.engine.live();
  const again = { type: 'act.redirect', urls: [url('/voice')] } as const;
  for (let time = 1; time <= 10; time++) of.engine.act(call!, again);
  await of.clock.run();
  expect(problems(of)).toEqual(['CALL_REQUESTS_LIMIT']);
  expect(told(of.journal, 'handler.asked')).toHaveLength(5);
  ended(of);
});

describe('two who talk', () => {
  const idle = async () => {
    const of = world({}, { '+61491570156': { answers: 1 }, '+61491570157': { answers: 1 } });
    const calls = [of.engine.create(byApi('+61491570156', 5_000)), of.engine.create(byApi('+61491570157'))] as const;
    await of.clock.advance(3_000);
    of.engine.bridge([{ call: calls[0] }, { call: calls[1] }]);
    await of.clock.advance(60_000);
    return { of, calls };
  };

  test('are not idle, until one goes', async () => {
    const { of, calls } = await idle();
    expect(of.engine.live()).toEqual(calls);
    of.engine.act(calls[1], { type: 'act.hangUp' });
    await of.clock.advance(4_000);
    expect(of.engine.live()).toEqual([calls[0]]);
    await of.clock.run();
    ended(of);
  });

  test('are parted when one of them is given a program, which ends with its call', async () => {
    const { of, calls } = await idle();
    of.engine.act(calls[1], { type: 'act.replace', program: program(say('Something else.')) });
    expect(told(of.journal, 'bridge.left')).toHaveLength(2);
    await of.clock.advance(10_000);
    expect(of.engine.live()).toEqual([calls[1]]);
    of.engine.act(calls[1], { type: 'act.hangUp' });
    await of.clock.run();
    ended(of);
  });

  test('after a dial: the dial is over when the one who dialled is put elsewhere, and both stay', async () => {
    const of = world({ '/voice': program(dialling, say('Goodbye.')) }, { '+61491570156': { answers: 1 } });
    of.network.callIn(caller);
    await of.clock.advance(5_000);
    const [call, child] = of.engine.live();
    of.engine.act(call!, { type: 'act.unbridge' });
    expect(told(of.journal, 'verb.ended')).toEqual(['verb.ended dial continue']);
    await of.clock.advance(10_000);
    expect(of.engine.live()).toEqual([child]);
    of.engine.act(child!, { type: 'act.hangUp' });
    await of.clock.run();
    ended(of);
  });

  test('after a dial: a child that is given a program goes its own way, and is hung up after it', async () => {
    const of = world({ '/voice': program(dialling, say('Goodbye.')) }, { '+61491570156': { answers: 1 } });
    of.network.callIn(caller);
    await of.clock.advance(5_000);
    const [, child] = of.engine.live();
    of.engine.act(child!, { type: 'act.replace', program: program(say('A word with you alone.')) });
    await of.clock.run();
    expect(told(of.journal, 'verb.ended')).toEqual([
      'verb.ended dial continue',
      'verb.ended play continue',
      'verb.ended play continue',
    ]);
    ended(of);
  });
});

test('what is kept of a call that ended in a bridge is what was journalled last', async () => {
  const of = world({ '/voice': program(dialling) }, { '+61491570156': { answers: 1, hangsUp: 5 } });
  of.network.callIn(caller);
  await of.clock.run();
  const last = of.journal.flatMap(({ output }) =>
    output?.type === 'call.changed' && output.state === 'completed' ? [output.record.bridge] : [],
  );
  expect(last).toEqual([undefined, undefined]);
});

test('a recording that begins as its leg ends is empty, and does not stay pending', async () => {
  const recording = { trigger: 'answer', channels: 2, trim: false, transcribe: false } as const;
  const of = world({}, { '+61491570156': { drops: true } });
  of.engine.create({ ...byApi('+61491570156'), options: { ...byApi('').options, recording } });
  await of.clock.run();
  expect(of.journal.flatMap(({ output }) => (output?.type === 'recording.ended' ? [output.record.state] : []))).toEqual(
    ['empty'],
  );
  ended(of);
});

test('closing ends calls that come later too, and may be asked for twice', async () => {
  const of = world({}, { '+61491570156': { answers: 1 } });
  of.engine.create(byApi('+61491570156'));
  await of.clock.advance(3_000);
  const closing = [of.engine.close(), of.engine.close()];
  of.network.callIn(caller);
  of.engine.create(byApi('+61491570157'));
  await of.clock.run();
  await Promise.all(closing);
  expect(told(of.journal, 'call.changed').slice(-3)).toEqual([
    'call.changed canceled',
    'call.changed completed',
    'call.changed canceled',
  ]);
  ended(of);
});
