import fc from 'fast-check';
import type { Flow, FlowReply } from '../../src/replay/flow.ts';
import type { Phone, Script, Step } from '../../src/telephony/simulated/script.ts';

/** Flows of any kind: valid documents, an application that may fail, people who do as they like. */

const paths = ['/voice', '/a', '/b', '/c'] as const;
const numbers = ['+61491570156', '+61491570157', '+61491570158', 'sip:desk@pbx.example'] as const;

const attribute = (name: string, value: fc.Arbitrary<string | number>): fc.Arbitrary<string> =>
  fc.option(value, { nil: undefined }).map((given) => (given === undefined ? '' : ` ${name}="${given}"`));

const next = attribute('NextUri', fc.constantFrom('a', 'b', 'c', '/voice'));
const ready = attribute('RecordingReadyUri', fc.constant('/hooks/recording'));
const words = fc.constantFrom('Hello.', 'Please hold the line.', 'x', '');

const element = (name: string, attributes: fc.Arbitrary<string>[], body: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(fc.tuple(...attributes), body).map(([given, text]) => `<${name}${given.join('')}>${text}</${name}>`);

const none = fc.constant('');
const say = element('Say', [], words);
const play = fc.oneof(
  element(
    'Play',
    [attribute('LoopCount', fc.integer({ min: 1, max: 3 }))],
    fc.constantFrom('/chime.mp3', 'tts:Hi', '/missing.mp3'),
  ),
  element('Play', [fc.constant(' Digits="1ww#"')], none),
);
const key = fc.constantFrom('1', '2', '#', '*', '0');

const action = fc.oneof(
  { arbitrary: say, weight: 3 },
  { arbitrary: play, weight: 2 },
  { arbitrary: element('Wait', [attribute('DurationSeconds', fc.integer({ min: 1, max: 20 }))], none), weight: 1 },
  {
    arbitrary: element(
      'Input',
      [
        attribute('MaxDigitCount', fc.integer({ min: 1, max: 4 })),
        attribute('TimeoutSeconds', fc.integer({ min: 1, max: 30 })),
        attribute('StopKey', fc.constantFrom('#', '*', 'none', '1')),
        next,
      ],
      fc
        .array(fc.oneof(say, element('Play', [], fc.constant('/chime.mp3'))), { maxLength: 2 })
        .map((all) => all.join('')),
    ),
    weight: 3,
  },
  {
    arbitrary: element(
      'Record',
      [
        attribute('MaxDurationSeconds', fc.integer({ min: 1, max: 30 })),
        attribute('TimeoutSeconds', fc.integer({ min: 1, max: 10 })),
        attribute('StopKey', fc.constantFrom('any', '#', 'none')),
        attribute('PlayBeep', fc.constantFrom('true', 'false')),
        attribute('PostProcessing', fc.constant('trim-silence')),
        attribute('Transcribe', fc.constantFrom('default', 'disabled')),
        ready,
        next,
      ],
      none,
    ),
    weight: 2,
  },
  {
    arbitrary: element('RecordCall', [attribute('Trigger', fc.constantFrom('answer', 'bridge')), ready], none),
    weight: 1,
  },
  { arbitrary: element('Label', [fc.constant(' Key="k"')], words), weight: 1 },
  { arbitrary: element('ReceiveFax', [next], none), weight: 1 },
  { arbitrary: element('Stream', [next], fc.constant('projects/demo/streams/s1')), weight: 1 },
  { arbitrary: element('Reject', [attribute('Reason', fc.constantFrom('busy', 'not-found'))], none), weight: 1 },
  { arbitrary: element('Redirect', [], fc.constantFrom('a', '/b', `tel:${numbers[0]}`, numbers[3])), weight: 1 },
  {
    arbitrary: element(
      'Call',
      [
        attribute('Strategy', fc.constantFrom('simultaneous', 'linear', 'failover')),
        attribute('TimeoutSeconds', fc.integer({ min: 1, max: 20 })),
        attribute('MaxDurationSeconds', fc.integer({ min: 1, max: 40 })),
        attribute('RingAudioUri', fc.constantFrom('tts:One%20moment', '/chime.mp3')),
        next,
      ],
      fc
        .array(
          element(
            'Endpoint',
            [
              attribute('ScreenAudioUri', fc.constant('tts:Press%201')),
              attribute('WhisperAudioUri', fc.constant('tts:Sales')),
              attribute('TimeoutSeconds', fc.integer({ min: 1, max: 20 })),
            ],
            fc.constantFrom(...numbers),
          ),
          { minLength: 1, maxLength: 3 },
        )
        .map((all) => all.join('')),
    ),
    weight: 4,
  },
);

const document_ = fc.array(action, { maxLength: 4 }).map((actions) => `<Response>${actions.join('')}</Response>`);

const seconds = (max: number) => fc.integer({ min: 0, max: max * 10 }).map((tenths) => tenths / 10);

const reply: fc.Arbitrary<FlowReply | string> = fc.oneof(
  { arbitrary: document_, weight: 8 },
  { arbitrary: fc.record({ xml: document_, after: seconds(12) }), weight: 3 },
  {
    arbitrary: fc.constantFrom<FlowReply>(
      { status: 500 },
      { status: 204 },
      { silent: true },
      { refused: true },
      { xml: '<Response><Say>Hi</Response>' },
      { body: '<html>no</html>' },
      { redirect: '/b' },
    ),
    weight: 2,
  },
);

const act: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ press: fc.array(key, { minLength: 1, maxLength: 3 }).map((keys) => keys.join('')) }),
  fc.record({ say: fc.constantFrom('Yes please.', 'Hello?') }),
  fc.record({ hangUp: fc.constant<true>(true) }),
  fc.constant<Step>({ hold: true }),
  fc.constant<Step>({ resume: true }),
  fc.constant<Step>({ fax: { pages: 1 } }),
);

const step: fc.Arbitrary<Step> = fc.tuple(act, seconds(15)).map(([does, after]) => ({ ...does, after }));

const script: fc.Arbitrary<Script> = fc.array(step, { maxLength: 4 });

/** Nobody stays for ever: a document may well keep them until they go. */
const patient = (steps: Script): Script => [...steps, { after: 90, hangUp: true }];

const phone: fc.Arbitrary<Phone> = fc.oneof(
  fc.record({ answers: seconds(25), script: script.map(patient) }),
  fc.record({ answers: fc.constant<false>(false) }),
  fc.constantFrom<Phone>(
    { busy: true },
    { rejects: true },
    { unreachable: true },
    { fails: true },
    { drops: true },
    { invalid: true },
  ),
  fc.constant<Phone>({ machine: { greeting: 'Leave a message.', beep: true }, hangsUp: 60 }),
);

const answers = fc
  .tuple(...paths.map(() => fc.array(reply, { minLength: 1, maxLength: 3 })))
  .map((lists) => Object.fromEntries(paths.map((path, index) => [`POST ${path}`, lists[index]!])));

export const randomFlow: fc.Arbitrary<Flow> = fc
  .record({
    handler: answers,
    caller: script,
    phones: fc.tuple(...numbers.map(() => phone)),
    outgoing: fc.boolean(),
    fallback: fc.boolean(),
    seed: fc.nat(1000),
  })
  .map(({ handler, caller, phones, outgoing, fallback, seed }) => ({
    seed,
    limit: 4 * 3600,
    handler: { ...handler, 'GET /chime.mp3': { audio: 1.5 }, 'POST /hooks/recording': { status: 200 } },
    urls: fallback ? ['/voice', '/a'] : ['/voice'],
    phones: Object.fromEntries(numbers.map((number, index) => [number, phones[index]!])),
    ...(outgoing
      ? {
          call: {
            direction: 'outgoing' as const,
            to: numbers[0],
            options: { stateUpdateUri: 'https://app.example/state' },
          },
        }
      : { caller: patient(caller) }),
  }));
