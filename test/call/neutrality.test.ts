/** Programs built by hand: what the next dialects and APIs need, so that the engine's shape need not change for them. */
import { describe, expect, test } from 'vitest';
import { held, muted } from '../../src/telephony/bridge.ts';
import type { Instruction } from '../../src/verbs/index.ts';
import { options, program, say, streamUrls, told, url, type World, world } from './world.ts';

const caller = { to: '+61255501234', from: '+61491570006', transport: 'PSTN' } as const;

const dialling = (to: string, more: object = {}): Instruction => ({
  verb: 'dial',
  answers: false,
  targets: [{ to, transport: 'PSTN', ...more }],
  strategy: 'simultaneous',
  ringMs: 20_000,
  maxMs: 3_600_000,
});

const gathering = (more: object = {}): Instruction => ({
  verb: 'gather',
  answers: true,
  prompts: [],
  maxDigits: 1,
  stopKey: '#',
  timeoutMs: 60_000,
  ...more,
});

const conference: Instruction = {
  verb: 'conference',
  answers: true,
  room: 'red',
  muted: false,
  beep: 'none',
  starts: true,
  ends: false,
};

const [stream] = streamUrls;
const socket = { url: stream, track: 'received', codec: 'PCMU@8000h', realtime: false, parameters: {} } as const;

const payment: Instruction = {
  verb: 'pay',
  answers: true,
  connector: 'https://pay.example/',
  method: 'card',
  currency: 'usd',
  securityCode: true,
  postalCode: true,
  minPostalCodeLength: 0,
  maxAttempts: 1,
  timeoutMs: 60_000,
  tokenType: 'reusable',
  cards: ['visa'],
  language: 'en-US',
  parameters: {},
  prompts: [],
  next: url('/never'),
};

const speech = (text: string) => ({ type: 'speech', text }) as const;

/** What was said on a leg, in order. */
const said = ({ journal }: World, call: string): string[] =>
  journal.flatMap(({ subject, output }) =>
    subject === call && output?.type === 'commanded' && output.command.type === 'play'
      ? output.command.sounds.map((sound) => ('text' in sound ? sound.text : sound.type))
      : [],
  );

const ended = (of: World) => {
  expect(of.engine.left()).toEqual({ calls: 0, bridges: 0, queued: 0, recordings: 0 });
  expect(of.clock.pending).toBe(0);
};

/** An outgoing call that an API made and that has no document. */
const withoutDocuments = (to: string) =>
  ({
    project: 'demo',
    dialect: 'voiceml',
    to,
    from: '+61255501234',
    mode: 'api',
    options: { ...options(), whenIdle: 'stay' },
  }) as const;

describe('a whisper on the child while the caller waits', () => {
  test('is heard by the child only, and the two are joined after it', async () => {
    const of = world(
      { '/voice': program(dialling('+61491570156', { whisper: [speech('A call for sales.')] }), say('Goodbye.')) },
      { '+61491570156': { answers: 2, hangsUp: 9 } },
    );
    of.network.callIn(caller);
    await of.clock.run();
    const [parent, child] = [...new Set(of.journal.map(({ subject }) => subject))];
    expect(said(of, parent!)).toEqual(['Goodbye.']);
    expect(said(of, child!)).toEqual(['A call for sales.']);
    expect(told(of.journal, 'bridge.entered', 'program.began', 'program.ended')).toEqual([
      'program.began',
      'program.began',
      'program.ended',
      'bridge.entered',
      'bridge.entered',
      'program.ended',
    ]);
    ended(of);
  });
});

describe('a queued call runs its wait program above the main one', () => {
  const queued = (wait: Instruction[], next?: string) =>
    program(
      {
        verb: 'enqueue',
        answers: true,
        queue: 'sales',
        wait: { url: 'https://app.example/wait', purpose: 'wait', instructions: wait },
        ...(next && { next: url(next) }),
      },
      say('Back in the main program.'),
    );

  test('over and over, until it is taken out and the main program goes on', async () => {
    const of = world({ '/voice': queued([say('Please wait.')]) });
    of.network.callIn(caller);
    await of.clock.advance(2_500);
    const [call] = of.engine.waitingIn('sales');
    of.engine.act(call!, { type: 'act.dequeue', reason: 'bridged' });
    await of.clock.run();
    expect(said(of, call!)).toEqual([
      'Please wait.',
      'Please wait.',
      'Please wait.',
      'Please wait.',
      'Back in the main program.',
    ]);
    ended(of);
  });

  test('the wait program is replaced by another document, and may leave the queue by itself', async () => {
    const of = world({
      '/voice': queued([{ verb: 'redirect', answers: false, to: url('/wait') }], '/left'),
      '/wait': program(say('You are first.'), { verb: 'leave', answers: false }),
      '/left': (result) => program(say(result.type === 'dequeued' ? result.reason : 'wrong')),
    });
    of.network.callIn(caller);
    await of.clock.run();
    expect(of.asked.map(({ path }) => path)).toEqual(['/voice', '/wait', '/left']);
    expect(said(of, of.journal[0]!.subject)).toEqual(['You are first.', 'left']);
    ended(of);
  });

  test('a caller who hangs up leaves the queue', async () => {
    const of = world({ '/voice': queued([say('Please wait.')]) });
    of.network.callIn(caller, { script: [{ after: 3, hangUp: true }] });
    await of.clock.run();
    expect(told(of.journal, 'queue.entered', 'queue.left')).toEqual(['queue.entered', 'queue.left']);
    ended(of);
  });
});

describe('a call without documents', () => {
  test('plays, gathers, stops and stays as an API says', async () => {
    const of = world({}, { '+61491570156': { answers: 1, script: [{ after: 4, press: '7' }] } });
    const call = of.engine.create(withoutDocuments('+61491570156'));
    await of.clock.advance(2_000);
    const start = (activity: string, instruction: Instruction) =>
      of.engine.act(call, { type: 'act.start', activity, instruction });
    start('music', { verb: 'play', answers: false, sounds: [{ ...speech('La la la.'), loops: 0 }] });
    start('keys', gathering({ answers: false }));
    await of.clock.advance(4_000);
    expect(told(of.journal, 'leg.pressed', 'verb.ended')).toEqual(['leg.pressed 7', 'verb.ended gather continue']);
    of.engine.act(call, { type: 'act.stop', activity: 'music' });
    await of.clock.advance(600_000);
    expect(told(of.journal, 'verb.ended')).toEqual(['verb.ended gather continue', 'verb.ended play interrupted']);
    expect(of.engine.live()).toEqual([call]);
    of.engine.act(call, { type: 'act.hangUp' });
    await of.clock.run();
    expect(of.asked).toEqual([]);
    ended(of);
  });

  test('an incoming one waits until it is answered, and is hung up when idle for long enough', async () => {
    const route = {
      project: 'demo',
      dialect: 'voiceml',
      mode: 'api',
      options: { ...options(), whenIdle: 5_000 },
    } as const;
    const of = world({}, {}, { route: () => route });
    of.network.callIn(caller);
    await of.clock.advance(1_000);
    const [call] = of.engine.live();
    of.engine.act(call!, { type: 'act.answer' });
    await of.clock.advance(1_000);
    of.engine.act(call!, { type: 'act.start', activity: 'hello', instruction: say('Hello.') });
    await of.clock.run();
    expect(told(of.journal, 'call.changed', 'verb.ended')).toEqual([
      'call.changed inProgress',
      'verb.ended play continue',
      'call.changed completed',
    ]);
    ended(of);
  });
});

describe('a program replaced from outside has one answer, which is in the journal', () => {
  const verbs: [string, Instruction][] = [
    ['play', say('A long story that goes on and on for quite some time.')],
    ['gather', gathering({ prompts: [speech('Press a key, any key, whenever you like.')] })],
    [
      'record',
      {
        verb: 'record',
        answers: true,
        beep: true,
        stopKeys: '',
        silenceMs: 30_000,
        maxMs: 60_000,
        trim: false,
        transcribe: false,
      },
    ],
    ['dial', dialling('+61491570156')],
    ['dial', dialling('+61491570156', { consult: url('/whisper') })],
    ['echo', { verb: 'echo', answers: true, ms: 60_000 }],
    [
      'gather',
      gathering({
        speech: {
          hints: [],
          language: 'en-US',
          endMs: 1_000,
          maxMs: 60_000,
          profanityFilter: true,
          partial: url('/b'),
        },
      }),
    ],
    ['receiveFax', { verb: 'receiveFax', answers: true, timeoutMs: 60_000 }],
    ['enqueue', { verb: 'enqueue', answers: true, queue: 'sales' }],
    ['conference', conference],
    ['connect', { verb: 'connect', answers: true, socket }],
    ['pay', payment],
  ];
  const other = program(say('Something else.'));

  test.for(verbs)('in the middle of %s', async ([verb, instruction]) => {
    const whisper = program({ verb: 'play', answers: false, sounds: [{ type: 'silence', ms: 30_000 }] });
    const of = world(
      { '/voice': program(instruction, say('Never said.')), '/whisper': whisper },
      { '+61491570156': { answers: 1 } },
    );
    of.network.callIn(caller);
    await of.clock.advance(1_500);
    const [call] = of.engine.live();
    expect(of.engine.act(call!, { type: 'act.replace', program: other })).toBe(true);
    await of.clock.run();
    expect(told(of.journal, 'verb.ended')).toContain(`verb.ended ${verb} interrupted`);
    expect(said(of, call!).at(-1)).toBe('Something else.');
    expect(said(of, call!)).not.toContain('Never said.');
    ended(of);
  });

  test('while the application is asked: its answer comes too late and is dropped', async () => {
    const of = world({ '/voice': program(say('Never said.')) });
    of.network.callIn(caller);
    await of.clock.advance(20);
    const [call] = of.engine.live();
    of.engine.act(call!, { type: 'act.replace', program: other });
    await of.clock.run();
    expect(of.asked.map(({ path }) => path)).toEqual(['/voice']);
    expect(said(of, call!)).toEqual(['Something else.']);
    ended(of);
  });

  test('before an outgoing call is answered: the other document is the first', async () => {
    const of = world({ '/voice': program(say('Never said.')) }, { '+61491570156': { answers: 3, hangsUp: 9 } });
    const call = of.engine.create({
      project: 'demo',
      dialect: 'voiceml',
      to: '+61491570156',
      from: '+61255501234',
      options: options('/voice'),
    });
    await of.clock.advance(1_000);
    of.engine.act(call, { type: 'act.replace', program: other });
    await of.clock.run();
    expect(of.asked).toEqual([]);
    expect(said(of, call)).toEqual(['Something else.']);
    ended(of);
  });

  test('at the very instant at which the verb ends', async () => {
    const of = world({ '/voice': program(say('Hello.'), say('And more.')) });
    of.network.callIn(caller);
    await of.clock.advance(50 + 500);
    const [call] = of.engine.live();
    of.engine.act(call!, { type: 'act.replace', program: other });
    of.engine.act(call!, { type: 'act.hangUp' });
    await of.clock.run();
    expect(told(of.journal, 'act.replace', 'act.hangUp', 'call.changed')).toEqual([
      'call.changed inProgress',
      'act.replace',
      'act.hangUp',
      'call.changed completed',
    ]);
    ended(of);
  });
});

describe('calls that exist are joined from outside', () => {
  const three = async () => {
    const of = world(
      {},
      {
        '+61491570156': { answers: 1, script: [{ after: 5, say: 'Is anybody there?' }] },
        '+61491570157': { answers: 1 },
        '+61491570158': { answers: 1, script: [{ after: 7, say: 'Offer a discount.' }] },
      },
    );
    const [one, two, coach] = ['+61491570156', '+61491570157', '+61491570158'].map((to) =>
      of.engine.create(withoutDocuments(to)),
    );
    await of.clock.advance(2_000);
    return { of, one: one!, two: two!, coach: coach! };
  };

  test('two talk; one is held, then muted, then talks again; when one leaves, the other stays', async () => {
    const { of, one, two, coach } = await three();
    of.engine.bridge([{ call: one }, { call: two }]);
    await of.clock.advance(1_000);
    for (const role of [held, muted]) of.engine.act(two, { type: 'act.role', role });
    await of.clock.advance(1_000);
    of.engine.act(one, { type: 'act.hangUp' });
    await of.clock.advance(1_000);
    expect(of.engine.live()).toEqual([two, coach]);
    expect(told(of.journal, 'bridge.entered', 'bridge.role', 'bridge.left')).toEqual([
      'bridge.entered',
      'bridge.entered',
      'bridge.role',
      'bridge.role',
      'bridge.left',
      'bridge.left',
    ]);
    const closing = of.engine.close();
    await of.clock.run();
    await closing;
    ended(of);
  });

  test('a third coaches one of them: it hears all and is heard by that one only', async () => {
    const { of, one, two, coach } = await three();
    of.engine.bridge([{ call: one }, { call: two }, { call: coach, role: { speaksTo: [two], hears: 'all' } }]);
    await of.clock.advance(10_000);
    const records = of.journal.flatMap(({ output }) =>
      output?.type === 'bridge.entered' ? [output.role.speaksTo] : [],
    );
    expect(records).toEqual(['all', 'all', [two]]);
    for (const call of [one, two, coach]) of.engine.act(call, { type: 'act.hangUp' });
    await of.clock.run();
    ended(of);
  });
});

describe('a call is transferred while it is bridged', () => {
  test('its partner is let go once the new one has accepted, and it goes on with that one', async () => {
    const of = world(
      { '/voice': program(dialling('+61491570156'), say('Never said.')) },
      { '+61491570156': { answers: 1 }, '+61491570157': { answers: 3, hangsUp: 5 } },
    );
    of.network.callIn(caller);
    await of.clock.advance(2_000);
    const [call, partner] = of.engine.live();
    of.engine.act(call!, { type: 'act.transfer', activity: 'transfer', instruction: dialling('+61491570157') });
    await of.clock.advance(2_000);
    expect(of.engine.live()).toHaveLength(3);
    await of.clock.advance(2_000);
    expect(of.engine.live()).toHaveLength(2);
    expect(of.engine.live()).not.toContain(partner);
    await of.clock.run();
    expect(said(of, call!)).toEqual([]);
    expect(told(of.journal, 'verb.ended')).toEqual(['verb.ended dial interrupted', 'verb.ended dial continue']);
    ended(of);
  });
});
