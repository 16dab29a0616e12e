import fc from 'fast-check';
import type { Role } from '../../src/telephony/bridge.ts';
import type { LegCommand } from '../../src/telephony/leg-command.ts';
import type { Phone, Script, Step } from '../../src/telephony/simulated/script.ts';
import type { Sound } from '../../src/telephony/sound.ts';
import type { AudioStream } from '../../src/telephony/streams.ts';

const seconds = fc.integer({ min: 0, max: 80 }).map((tenths) => tenths / 10);
const text = fc.constantFrom('hello', 'press one', 'yes', '');
const digits = fc.stringMatching(/^[0-9*#wx]{0,4}$/);

const act = fc.oneof(
  fc.record({ press: digits }),
  fc.record({ say: text }),
  fc.record({ silence: seconds }),
  fc.constant({ hangUp: true } as const),
  fc.constant({ hold: true } as const),
  fc.constant({ resume: true } as const),
  fc.record({ fax: fc.record({ pages: fc.integer({ min: 1, max: 3 }) }) }),
  fc.constant({}),
);
const when = fc.record({ after: seconds, hears: text, heard: text, within: seconds }, { requiredKeys: [] });

export const script: fc.Arbitrary<Script> = fc.array(
  fc.tuple(when, act).map(([when, act]): Step => ({ ...when, ...act })),
  { maxLength: 5 },
);

export const phone: fc.Arbitrary<Phone> = fc.record(
  {
    after: seconds,
    rings: fc.boolean(),
    answers: fc.oneof(seconds, fc.constant(false as const)),
    rejects: fc.oneof(seconds, fc.constant(true as const)),
    busy: fc.constant(true as const),
    earlyMedia: text,
    drops: fc.constant(true as const),
    hangsUp: seconds,
    machine: fc.record({ greeting: text, beep: fc.boolean(), after: seconds }),
    refers: fc.constantFrom('refuses' as const, 'silent' as const),
    fax: fc.record({ pages: fc.integer({ min: 1, max: 2 }) }),
    script,
    lines: fc.integer({ min: 1, max: 2 }),
  },
  { requiredKeys: [] },
);

const sound: fc.Arbitrary<Sound> = fc
  .tuple(
    fc.oneof(
      text.map((text) => ({ type: 'speech', text }) as const),
      fc.constantFrom('/1.wav', '/not-there.wav').map((url) => ({ type: 'audio', url }) as const),
      digits.map((digits) => ({ type: 'tones', digits }) as const),
      fc.integer({ min: 0, max: 3_000 }).map((ms) => ({ type: 'silence', ms }) as const),
      fc.constant({ type: 'beep' } as const),
    ),
    fc.constantFrom({}, { loops: 1 }, { loops: 3 }, { loops: 0 }),
  )
  .map(([sound, loops]) => ({ ...sound, ...loops }));

const id = fc.constantFrom('a', 'b', 'c');
const ms = fc.integer({ min: 0, max: 10_000 });

const stream: fc.Arbitrary<AudioStream> = fc.record({
  id,
  url: fc.constantFrom('wss://ears.example/live', 'wss://stays.example/', 'wss://nobody.example/'),
  track: fc.constantFrom('received' as const, 'sent' as const, 'both' as const),
  codec: fc.constantFrom('PCMU@8000h' as const, 'PCMA@8000h' as const, 'L16@16000h' as const),
  realtime: fc.boolean(),
  bothWays: fc.boolean(),
  parameters: fc.constant({}),
  call: fc.constant('call'),
  project: fc.constant('demo'),
  dialect: fc.constant('none'),
});

const command: fc.Arbitrary<LegCommand> = fc.oneof(
  fc.constantFrom<LegCommand>(
    { type: 'ring' },
    { type: 'progress' },
    { type: 'answer' },
    { type: 'denoise', on: true },
  ),
  fc.record({ type: fc.constant('play' as const), id, sounds: fc.array(sound, { maxLength: 3 }) }),
  fc.record({
    type: fc.constantFrom('stop', 'pauseRecording', 'resumeRecording', 'listen', 'echo'),
    id,
  }),
  fc.record({
    type: fc.constant('transcribe' as const),
    id,
    track: fc.constantFrom('received' as const, 'sent' as const, 'both' as const),
    partial: fc.constant(true as const),
  }),
  stream.map((one) => ({ type: 'openStream' as const, ...one })),
  fc.record({ type: fc.constant('conceal' as const), on: fc.boolean() }),
  fc.record({
    type: fc.constant('detectMachine' as const),
    id,
    until: fc.constantFrom('answer' as const, 'greeting' as const),
    timeoutMs: ms,
    speechMs: ms,
    speechEndMs: ms,
    silenceMs: ms,
    words: fc.integer({ min: 1, max: 3 }),
    partial: fc.constant(true as const),
  }),
  fc.record({
    type: fc.constant('listen' as const),
    id,
    endMs: ms,
    maxMs: ms,
    partial: fc.constant(true as const),
    masks: fc.constant(true as const),
  }),
  fc.record({ type: fc.constant('sendDigits' as const), id, digits }),
  fc
    .record({
      id,
      channels: fc.constantFrom(1 as const, 2 as const),
      maxMs: fc.option(ms),
      silenceMs: fc.option(ms),
      track: fc.constantFrom('received' as const, 'sent' as const, 'both' as const),
      trim: fc.boolean(),
    })
    .map(({ maxMs, silenceMs, ...rest }) => ({
      type: 'record' as const,
      ...rest,
      ...(maxMs !== null && { maxMs }),
      ...(silenceMs !== null && { silenceMs }),
    })),
  fc.record({ type: fc.constant('receiveFax' as const), id, timeoutMs: ms }),
  fc.record({ type: fc.constant('refer' as const), id, to: fc.constantFrom('phone', '+15555550101') }),
  fc.record({ type: fc.constant('stream' as const), id, name: fc.constant('one') }),
);

const whom: fc.Arbitrary<Role['hears']> = fc.oneof(
  fc.constantFrom('all' as const, 'none' as const),
  fc.subarray(['leg-0', 'leg-1', 'incoming-1']),
);
const role = fc.record({ speaksTo: whom, hears: whom });
const leg = fc.nat({ max: 2 });

/** Something that is done to the network, and when. */
export type Deed = { at: number } & (
  | { type: 'send'; leg: number; command: LegCommand }
  | { type: 'enter' | 'setRole'; bridge: number; leg: number; role: Role }
  | { type: 'leave'; bridge: number; leg: number }
  | { type: 'playInto'; bridge: number; sounds: readonly Sound[] }
  | { type: 'openStream'; bridge: number; stream: AudioStream }
  | { type: 'stopStream'; bridge: number; id: string }
  | { type: 'close'; bridge: number }
  | { type: 'fail' }
);

const bridge = fc.nat({ max: 1 });
const at = fc.integer({ min: 0, max: 300 }).map((tenths) => tenths * 100);

export const deeds: fc.Arbitrary<Deed[]> = fc.array(
  fc.oneof(
    { weight: 12, arbitrary: fc.record({ at, type: fc.constant('send' as const), leg, command }) },
    { weight: 3, arbitrary: fc.record({ at, type: fc.constantFrom('enter', 'setRole'), bridge, leg, role }) },
    { weight: 1, arbitrary: fc.record({ at, type: fc.constant('leave' as const), bridge, leg }) },
    {
      weight: 2,
      arbitrary: fc.record({
        at,
        type: fc.constant('playInto' as const),
        bridge,
        sounds: fc.array(sound, { maxLength: 2 }),
      }),
    },
    { weight: 3, arbitrary: fc.record({ at, type: fc.constant('openStream' as const), bridge, stream }) },
    { weight: 1, arbitrary: fc.record({ at, type: fc.constant('stopStream' as const), bridge, id }) },
    { weight: 1, arbitrary: fc.record({ at, type: fc.constant('close' as const), bridge }) },
    { weight: 1, arbitrary: fc.record({ at: at.map((at) => 15_000 + at / 2), type: fc.constant('fail' as const) }) },
  ),
  { maxLength: 25, size: 'max' },
);
