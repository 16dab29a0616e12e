import fc from 'fast-check';
import type { Flow, FlowAct, FlowReply, FlowStream } from '../../src/replay/flow.ts';
import type { Phone, Script, Step } from '../../src/telephony/simulated/script.ts';
import { document_, numbers, whole, yesOrNo } from './random-laml-documents.ts';

/** Flows of any kind in LaML: documents of any kind, and people, an application and an API that do as they like. */

const paths = ['/voice', '/a', '/b', '/c'] as const;

const seconds = (max: number) => whole(0, max * 10).map((tenths) => tenths / 10);

const reply: fc.Arbitrary<FlowReply | string> = fc.oneof(
  { arbitrary: document_, weight: 9 },
  { arbitrary: fc.record({ xml: document_, after: seconds(7) }), weight: 3 },
  {
    arbitrary: fc.constantFrom<FlowReply>(
      { status: 500 },
      { status: 204 },
      { silent: true },
      { refused: true },
      { audio: 2 },
      { xml: '<Response><Say>Hi</Response>' },
      { body: 'We are closed.', headers: { 'content-type': 'text/plain' } },
      { redirect: '/b' },
    ),
    weight: 2,
  },
);

const act: fc.Arbitrary<Step> = fc.oneof(
  fc.constantFrom<Step>({ press: '1' }, { press: '12#' }, { press: '*' }, { press: '4111111111111111#' }),
  fc.constantFrom<Step>({ say: 'Yes please.' }, { say: 'Hello?' }, { hangUp: true }, { hold: true }, { resume: true }),
);
const script: fc.Arbitrary<Script> = fc.array(
  fc.tuple(act, seconds(15)).map(([does, after]) => ({ ...does, after })),
  { maxLength: 4 },
);

/** Nobody stays for ever: a document may well keep them until they go. */
const patient = (steps: Script): Script => [...steps, { after: 90, hangUp: true }];

const phone: fc.Arbitrary<Phone> = fc.oneof(
  { arbitrary: fc.record({ answers: seconds(25), script: script.map(patient) }), weight: 4 },
  fc.constantFrom<Phone>(
    { answers: false },
    { busy: true },
    { rejects: true },
    { unreachable: true },
    { fails: true },
    { drops: true },
    { machine: { greeting: 'Leave a message.', beep: true }, hangsUp: 60 },
  ),
);

const outside: fc.Arbitrary<FlowAct> = fc
  .tuple(
    fc.constantFrom<Omit<FlowAct, 'after'>>(
      { hangUp: true },
      { redirect: '/b' },
      { document: '<Response><Say>Something else.</Say></Response>' },
      { mute: true },
      { hold: '/c' },
      { hold: false },
      { announce: '/a' },
      { kick: true },
      { endConference: true },
      { announceToAll: '/a' },
      { dequeue: { queue: 'sales', to: '/c' } },
      { checkout: { connector: 'https://app.example/pay', statusCallback: '/hooks' } },
      { checkout: 'payment-card-number' },
      { checkout: 'cancel' },
    ),
    seconds(40),
    whole(1, 2),
  )
  .map(([what, after, call]) => ({ ...what, after, call }));

const streams: Readonly<Record<string, FlowStream>> = {
  'wss://ears.example/': {
    script: [
      { after: 2, play: 1, mark: 'm' },
      { marked: 'm', after: 9, closes: true },
    ],
  },
};

const answers = fc
  .tuple(...paths.map(() => fc.array(reply, { minLength: 1, maxLength: 3 })))
  .map((lists) =>
    Object.fromEntries(
      paths.flatMap((path, index) => ['POST', 'GET'].map((way) => [`${way} ${path}`, lists[index]!] as const)),
    ),
  );

const status = {
  statusCallback: '/hooks',
  statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
} as const;

export const randomLaml: fc.Arbitrary<Flow> = fc
  .record({
    handler: answers,
    scripts: fc.array(script, { minLength: 1, maxLength: 3 }),
    phones: fc.tuple(...numbers.map(() => phone)),
    acts: fc.oneof({ arbitrary: fc.constant([]), weight: 2 }, fc.array(outside, { maxLength: 2 })),
    outgoing: yesOrNo,
    sip: yesOrNo,
    fallback: yesOrNo,
    seed: fc.nat(1000),
  })
  .map(({ handler, scripts, phones, acts, outgoing, sip, fallback, seed }) => {
    const options = { ...status, ...(fallback && { fallbackUrl: '/c' }) };
    const incoming = scripts.map((steps, index) => ({
      at: index * 4,
      ...(sip && index === 0 && { from: 'sip:bob@pbx.example' }),
      caller: patient(steps),
      options,
    }));
    return {
      dialect: 'laml',
      seed,
      limit: 6 * 3600,
      handler: {
        ...handler,
        'GET /chime.wav': { audio: 1.5 },
        'POST https://app.example/pay': { body: '{"token_id":"t"}' },
      },
      streams,
      phones: Object.fromEntries(numbers.map((number, index) => [number, phones[index]!])),
      acts,
      calls: [
        ...(outgoing ? [{ direction: 'outgoing' as const, to: numbers[0], from: '+61255501234', options }] : []),
        ...incoming,
      ],
    };
  });
