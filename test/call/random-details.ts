import fc from 'fast-check';
import type { ConferenceStream } from '../../src/verbs/conference.ts';
import type { Dial, DialTarget } from '../../src/verbs/dial.ts';
import type { ForkWhat, SocketOptions } from '../../src/verbs/fork.ts';
import type { Gather } from '../../src/verbs/gather.ts';
import type { Instruction } from '../../src/verbs/index.ts';
import type { RecordAudio } from '../../src/verbs/record.ts';
import type { MachineDetection } from '../../src/verbs/verb.ts';
import { streamUrls, url } from './world.ts';

/** What an instruction may say beside what it must, each now and then. */
const details = <T extends object>(given: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Partial<T>> =>
  fc.record(given, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>;

const ms = fc.constantFrom(500, 1_000, 3_000);

const detection: fc.Arbitrary<MachineDetection> = fc.record({
  until: fc.constantFrom('answer' as const, 'greeting' as const),
  when: fc.constantFrom('before' as const, 'beside' as const),
  timeoutMs: ms,
  speechMs: ms,
  speechEndMs: ms,
  silenceMs: ms,
  partialResults: fc.constant(true as const),
});

const speech: fc.Arbitrary<Gather['speech'] & {}> = fc.record({
  hints: fc.constant([]),
  language: fc.constant('en-US'),
  endMs: ms,
  maxMs: ms,
  profanityFilter: fc.boolean(),
  partial: fc.constant(url('/b')),
});

export const ofGather = details<Pick<Gather, 'speech' | 'keys' | 'bargeIn' | 'skipsNothing'>>({
  speech,
  keys: fc.constant(false as const),
  bargeIn: fc.constant(false as const),
  skipsNothing: fc.constant(true as const),
});

export const ofRecord = details<Pick<RecordAudio, 'tellsEnd' | 'storage'>>({
  tellsEnd: fc.constant(true as const),
  storage: fc.constant({ url: 'https://bucket.example/1.wav', method: 'PUT' } as const),
});

export const ofTarget = details<Pick<DialTarget, 'consult' | 'sendDigits' | 'machineDetection'>>({
  consult: fc.constantFrom(url('/a'), url('/b')),
  sendDigits: fc.constant('1w'),
  machineDetection: detection,
});

export const ofDial = details<Pick<Dial, 'tellsEnd' | 'hangUpKey' | 'recording'>>({
  tellsEnd: fc.constant(true as const),
  hangUpKey: fc.constant('1'),
  recording: fc.record({
    source: fc.constant('dial' as const),
    from: fc.constantFrom('ringing' as const, 'answer' as const),
    channels: fc.constantFrom(1 as const, 2 as const),
    trim: fc.boolean(),
    transcribe: fc.constant(false),
  }),
});

const next = fc.constantFrom({}, { next: url('/a') });

const socket = fc
  .constantFrom(...streamUrls)
  .map((of): SocketOptions => ({ url: of, track: 'received', codec: 'PCMU@8000h', realtime: false, parameters: {} }));

/** What is streamed of a conference. */
export const roomStream: fc.Arbitrary<ConferenceStream> = fc
  .record({
    socket,
    name: fc.constantFrom(undefined, 'one', 'two'),
    bothWays: fc.boolean(),
    starts: fc.boolean(),
    told: fc.boolean(),
  })
  .map(({ socket, name, bothWays, starts, told }) => ({
    what: { type: 'socket' as const, socket },
    bothWays,
    starts,
    ...(name !== undefined && { name }),
    ...(told && { callback: url('/hook') }),
  }));

const what: fc.Arbitrary<ForkWhat> = fc.oneof(
  socket.map((socket) => ({ type: 'socket' as const, socket })),
  fc.constantFrom('recorder', '').map((connector) => ({
    type: 'siprec' as const,
    connector,
    track: 'both' as const,
    parameters: {},
  })),
  fc.boolean().map((partialResults) => ({
    type: 'transcription' as const,
    transcription: {
      language: 'en-AU',
      track: 'both' as const,
      labels: {},
      engine: 'any',
      model: 'any',
      hints: [],
      partialResults,
      profanityFilter: false,
      punctuation: true,
    },
  })),
  fc.constant({
    type: 'recording' as const,
    recording: { source: 'api' as const, channels: 2 as const, trim: false, transcribe: false },
  }),
);

const pay: Instruction = {
  verb: 'pay',
  answers: true,
  connector: 'https://pay.example/',
  method: 'card',
  currency: 'usd',
  securityCode: true,
  postalCode: true,
  minPostalCodeLength: 0,
  maxAttempts: 1,
  timeoutMs: 3_000,
  tokenType: 'reusable',
  cards: ['visa'],
  language: 'en-US',
  parameters: {},
  prompts: [],
  callback: url('/hook'),
  next: url('/a'),
};

/** What takes its time beside speaking and listening. */
export const beside: fc.Arbitrary<Instruction> = fc.oneof(
  fc.record({ verb: fc.constant('echo' as const), answers: fc.constant(true), ms }),
  fc.constantFrom<Instruction>({ verb: 'denoise', answers: false, on: true }),
  next.map((more): Instruction => ({ verb: 'refer', answers: true, to: 'sip:desk@pbx.example', ...more })),
  fc
    .record({ what, name: fc.constantFrom({}, { name: 'one' }, { name: 'two' }) })
    .map(
      ({ what, name }): Instruction => ({ verb: 'startFork', answers: true, what, ...name, callback: url('/hook') }),
    ),
  fc
    .record({ what, name: fc.constantFrom('one', 'two') })
    .map(({ what, name }): Instruction => ({ verb: 'stopFork', answers: true, kind: what.type, name })),
  fc
    .record({ socket, more: next })
    .map(({ socket, more }): Instruction => ({ verb: 'connect', answers: true, socket, ...more })),
  fc
    .record({ method: fc.constantFrom('card' as const, 'account' as const), maxAttempts: fc.constantFrom(1, 2) })
    .map((more): Instruction => ({ ...pay, ...more })),
  next.map((more): Instruction => ({ verb: 'message', answers: false, text: 'Hello.', ...more })),
);
