import fc from 'fast-check';
import type { Sound } from '../../src/telephony/sound.ts';
import type { Instruction } from '../../src/verbs/index.ts';
import type { HandlerUrl, Program } from '../../src/verbs/verb.ts';
import { beside, ofDial, ofGather, ofRecord, ofTarget, roomStream } from './random-details.ts';
import { program, url } from './world.ts';

/** Programs of any kind, written by hand: with everything that an instruction can say. */

/** Made anew each time somebody gets it, so that what is said tells from where it comes. */
export type Written<T> = (tag: string) => T;

/** So that a counterexample can be read. */
const shown = <T>(written: Written<T>): Written<T> =>
  Object.defineProperty(written, fc.toStringMethod, { configurable: true, value: () => JSON.stringify(written('#')) });

export const paths = ['/voice', '/a', '/b'] as const;
export const numbers = ['+61491570156', '+61491570157', '+61491570158'] as const;
const queues = ['sales', 'support'] as const;

const tagged = (text: string, more: object = {}): Written<Sound> => {
  return (tag) => ({ type: 'speech', text: `${tag} ${text}`, ...more });
};

const sound: fc.Arbitrary<Written<Sound>> = fc.oneof(
  { arbitrary: fc.constantFrom(tagged('hello'), tagged('please hold the line for a while')), weight: 4 },
  {
    arbitrary: fc.constantFrom<Written<Sound>>(
      () => ({ type: 'speech', text: '' }),
      () => ({ type: 'silence', ms: 2_000 }),
      () => ({ type: 'audio', url: 'https://app.example/chime.mp3' }),
      () => ({ type: 'tones', digits: '1w2' }),
    ),
    weight: 2,
  },
);
const sounds = fc.array(sound, { maxLength: 2 }).map((all) => (tag: string) => all.map((one) => one(tag)));
const next = fc.option(fc.constantFrom(...paths.map(url)), { nil: undefined }).map((given) => given && { next: given });
const answers = fc.boolean();
const seconds = (min: number, max: number) => fc.integer({ min, max }).map((all) => all * 1000);

const always = <T>(value: T): Written<T> => {
  return () => value;
};

const play: fc.Arbitrary<Written<Instruction>> = fc.record({ sounds, answers }).map(({ sounds, answers }) => (tag) => ({
  verb: 'play',
  answers,
  sounds: sounds(tag),
}));

const gather: fc.Arbitrary<Written<Instruction>> = fc
  .record({
    sounds,
    answers,
    next,
    more: ofGather,
    maxDigits: fc.integer({ min: 1, max: 3 }),
    timeoutMs: seconds(1, 9),
  })
  .map(({ sounds, next, more, ...rest }) => (tag) => ({
    verb: 'gather',
    stopKey: '#',
    prompts: sounds(tag),
    ...rest,
    ...more,
    ...next,
  }));

const record: fc.Arbitrary<Written<Instruction>> = fc
  .record({
    answers,
    beep: fc.boolean(),
    silenceMs: seconds(1, 5),
    maxMs: seconds(1, 9),
    next,
    more: ofRecord,
    transcribe: fc.boolean(),
  })
  .map(({ next, more, ...rest }) => always({ verb: 'record', stopKeys: '#1', trim: true, ...rest, ...more, ...next }));

const recordCall: fc.Arbitrary<Written<Instruction>> = fc
  .record({ trigger: fc.constantFrom('answer', 'bridge'), transcribe: fc.boolean() })
  .map((rest) => always({ verb: 'recordCall', answers: false, trim: false, recordingReady: url('/hook'), ...rest }));

const instants: fc.Arbitrary<Written<Instruction>> = fc.oneof(
  fc.constantFrom<Written<Instruction>>(
    always({ verb: 'label', answers: false, key: 'k', value: 'v' }),
    always({ verb: 'label', answers: false, key: 'k', value: '' }),
    always({ verb: 'leave', answers: false }),
    always({ verb: 'hangUp', answers: false }),
    always({ verb: 'reject', answers: false, cause: 'busy' }),
    always({ verb: 'stream', answers: true, name: 's' }),
  ),
  fc.constantFrom(...paths).map((to) => always<Instruction>({ verb: 'redirect', answers: false, to: url(to) })),
);

const receiveFax: fc.Arbitrary<Written<Instruction>> = fc
  .record({ timeoutMs: seconds(1, 9), next })
  .map(({ next, timeoutMs }) => always({ verb: 'receiveFax', answers: true, timeoutMs, ready: url('/hook'), ...next }));

const target = fc.record({
  to: fc.constantFrom(...numbers, 'nobody'),
  screen: fc.boolean(),
  whisper: fc.boolean(),
  ringMs: fc.option(seconds(1, 9), { nil: undefined }),
  more: ofTarget,
});

export const dial: fc.Arbitrary<Written<Instruction>> = fc
  .record({
    targets: fc.array(target, { minLength: 1, maxLength: 3 }),
    strategy: fc.constantFrom('simultaneous', 'linear', 'failover'),
    maxMs: seconds(1, 30),
    music: fc.boolean(),
    otherwise: fc.boolean(),
    more: ofDial,
    next,
  })
  .map(({ targets, strategy, maxMs, music, otherwise, more, next }) => (tag) => ({
    verb: 'dial',
    answers: false,
    strategy,
    ringMs: 8_000,
    maxMs,
    callerId: '+61255501234',
    targets: targets.map(({ to, screen, whisper, ringMs, more }) => ({
      to,
      transport: 'PSTN',
      ...more,
      ...(ringMs !== undefined && { ringMs }),
      ...(screen && { screen: { key: '1', timeoutMs: 3_000, sounds: [tagged('press one')(tag)] } }),
      ...(whisper && { whisper: [tagged('a call for sales')(tag)] }),
    })),
    ...(music && { ringAudio: tagged('one moment')(tag) }),
    ...(otherwise && { otherwise: [url('/b')] }),
    ...more,
    ...next,
  }));

const plain = fc.oneof(
  { arbitrary: play, weight: 4 },
  { arbitrary: gather, weight: 2 },
  { arbitrary: record, weight: 2 },
  { arbitrary: recordCall, weight: 1 },
  { arbitrary: instants, weight: 3 },
  { arbitrary: receiveFax, weight: 1 },
  { arbitrary: beside.map(always), weight: 2 },
  { arbitrary: dial, weight: 3 },
);

const wait: fc.Arbitrary<Written<Program>> = fc
  .array(plain, { maxLength: 3 })
  .map((all) => (tag) => ({ ...program(...all.map((one) => one(tag))), purpose: 'wait' }));

const enqueue: fc.Arbitrary<Written<Instruction>> = fc
  .record({
    queue: fc.constantFrom(...queues),
    wait: fc.option(wait, { nil: undefined }),
    waitFrom: fc.constantFrom<HandlerUrl | 'none' | undefined>(undefined, 'none', url('/a')),
    max: fc.constantFrom(undefined, 1),
    tellsEnd: fc.boolean(),
    answers,
    next,
  })
  .map(({ queue, wait, waitFrom, max, tellsEnd, answers, next }) => (tag) => ({
    verb: 'enqueue',
    answers,
    queue,
    ...(waitFrom !== undefined && { waitFrom }),
    ...(max !== undefined && { max }),
    ...(tellsEnd && { tellsEnd }),
    ...(wait && { wait: wait(tag) }),
    ...next,
  }));

const recording = {
  source: 'conference',
  channels: 1,
  trim: false,
  transcribe: false,
  recordingReady: url('/hook'),
} as const;

const conference: fc.Arbitrary<Written<Instruction>> = fc
  .record({
    room: fc.constantFrom('red', 'blue'),
    muted: fc.boolean(),
    beep: fc.constantFrom('both', 'enter', 'exit', 'none'),
    starts: fc.boolean(),
    ends: fc.boolean(),
    waitFrom: fc.constantFrom<HandlerUrl | 'none' | undefined>(undefined, 'none', url('/a')),
    max: fc.constantFrom(undefined, 1, 3),
    maxMs: fc.constantFrom(undefined, 5_000, 20_000),
    hangUpKey: fc.constantFrom(undefined, '1'),
    records: fc.boolean(),
    tellsEnd: fc.boolean(),
    streams: fc.array(roomStream, { maxLength: 2 }),
    next,
  })
  .map(({ records, waitFrom, max, maxMs, hangUpKey, tellsEnd, streams, next, ...rest }) =>
    always({
      verb: 'conference',
      answers: true,
      events: { ...url('/hook'), types: ['start', 'end', 'join', 'leave', 'mute', 'hold', 'speaker', 'modify'] },
      ...rest,
      ...(waitFrom !== undefined && { waitFrom }),
      ...(max !== undefined && { max }),
      ...(maxMs !== undefined && { maxMs }),
      ...(hangUpKey !== undefined && { hangUpKey }),
      ...(records && { recording }),
      ...(streams.length > 0 && { streams }),
      ...(tellsEnd && { tellsEnd }),
      ...next,
    }),
  );

const dequeue: fc.Arbitrary<Written<Instruction>> = fc
  .record({
    queue: fc.constantFrom(...queues),
    waitMs: seconds(1, 20),
    maxMs: seconds(1, 20),
    consult: fc.constantFrom(undefined, url('/a'), url('/b')),
    hangUpKey: fc.constantFrom(undefined, '1'),
    answers,
    next,
  })
  .map(({ consult, hangUpKey, next, ...rest }) =>
    always({
      verb: 'dequeue',
      ...rest,
      ...(consult && { consult }),
      ...(hangUpKey !== undefined && { hangUpKey }),
      ...next,
    }),
  );

export const instruction = fc
  .oneof(
    { arbitrary: plain, weight: 6 },
    { arbitrary: enqueue, weight: 1 },
    { arbitrary: dequeue, weight: 1 },
    { arbitrary: conference, weight: 2 },
  )
  .map(shown);

export const document_: fc.Arbitrary<Written<Program>> = fc
  .array(instruction, { maxLength: 4 })
  .map((all) => shown((tag) => program(...all.map((one) => one(tag)))));

/** Documents in which calls meet. */
export const meeting: fc.Arbitrary<Written<Program>> = fc
  .array(fc.oneof({ arbitrary: conference, weight: 3 }, enqueue, dequeue), { minLength: 1, maxLength: 3 })
  .map((all) => shown((tag) => program(...all.map((one) => one(tag)).map(inOneRoom))));

const inOneRoom = (one: Instruction): Instruction => {
  if (one.verb === 'enqueue' || one.verb === 'dequeue') return { ...one, queue: 'sales', answers: true };
  return one.verb === 'conference' ? { ...one, room: 'red' } : one;
};
