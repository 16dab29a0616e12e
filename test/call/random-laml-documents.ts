import fc from 'fast-check';

/** LaML documents of any kind: with every verb, and some of it faulty. */

export const numbers = ['+61491570156', '+61491570157', 'sip:desk@pbx.example', 'client:ann'] as const;

type Text = fc.Arbitrary<string>;

const attribute = (name: string, value: fc.Arbitrary<string | number | boolean>): Text =>
  fc.option(value, { nil: undefined }).map((given) => (given === undefined ? '' : ` ${name}="${given}"`));

export const whole = (min: number, max: number) => fc.integer({ min, max });
export const yesOrNo = fc.boolean();
const words = fc.constantFrom('Hello.', 'Please hold the line.', 'x', '', 'One<break time="1s"/>two.');
const none = fc.constant('');

const element = (name: string, attributes: readonly Text[], body: Text = none): Text =>
  fc.tuple(fc.tuple(...attributes), body).map(([given, text]) => `<${name}${given.join('')}>${text}</${name}>`);

const several = (one: Text, minLength: number, maxLength: number): Text =>
  fc.array(one, { minLength, maxLength }).map((all) => all.join(''));

const address = (name: string): Text =>
  attribute(name, fc.constantFrom('a', '/b', 'c#rt=900', 'https://app.example/voice'));
const method = (name = 'method'): Text => attribute(name, fc.constantFrom('POST', 'POST', 'GET', 'PUT'));
const next = [address('action'), method()];
const told = attribute('statusCallback', fc.constant('/hooks'));
const events = (name: string, ...known: string[]): Text =>
  attribute(
    name,
    fc.subarray(known).map((all) => all.join(' ')),
  );
const ofRecording = [
  attribute('recordingStatusCallback', fc.constant('/hooks')),
  events('recordingStatusCallbackEvent', 'in-progress', 'completed', 'absent'),
];

const say = element('Say', [attribute('loop', whole(1, 3)), attribute('voice', fc.constant('man'))], words);
const play = fc.oneof(
  element('Play', [attribute('loop', whole(1, 3))], fc.constantFrom('/chime.wav', '/missing.wav', 'ftp://x')),
  element('Play', [fc.constant(' digits="1wW#"')]),
);
const pause = element('Pause', [attribute('length', whole(0, 9))]);
const spoken = fc.oneof({ arbitrary: say, weight: 3 }, play, pause);

const gather = element(
  'Gather',
  [
    attribute('input', fc.constantFrom('dtmf', 'speech', 'dtmf speech')),
    attribute('numDigits', whole(1, 4)),
    attribute('finishOnKey', fc.constantFrom('#', '', '*1')),
    attribute('timeout', whole(1, 9)),
    attribute('speechTimeout', fc.constantFrom<string | number>('auto', 1, 3)),
    attribute('actionOnEmptyResult', yesOrNo),
    attribute('bargeIn', yesOrNo),
    attribute('partialResultCallback', fc.constant('/hooks')),
    ...next,
  ],
  several(spoken, 0, 2),
);

const record = element('Record', [
  attribute('maxLength', whole(1, 30)),
  attribute('timeout', whole(0, 9)),
  attribute('finishOnKey', fc.constantFrom('#', '', '1')),
  attribute('playBeep', yesOrNo),
  attribute('trim', fc.constantFrom('trim-silence', 'do-not-trim')),
  attribute('transcribe', yesOrNo),
  attribute('storageUrl', fc.constant('https://app.example/hooks')),
  ...ofRecording,
  ...next,
]);

const ofParty = [
  address('url'),
  told,
  events('statusCallbackEvent', 'initiated', 'ringing', 'answered', 'completed'),
  attribute('machineDetection', fc.constantFrom('Enable', 'DetectMessageEnd')),
  attribute('amdStatusCallback', fc.constant('/hooks')),
];
const number = element(
  'Number',
  [...ofParty, attribute('sendDigits', fc.constant('1w'))],
  fc.constantFrom(numbers[0], numbers[1], 'nobody'),
);
const nouns = fc.oneof(
  { arbitrary: several(number, 1, 3), weight: 4 },
  several(element('Sip', ofParty, fc.constant(`${numbers[2]}?X-One=1`)), 1, 2),
  element('Client', ofParty, fc.constant('ann')),
  fc.constant(numbers[0]),
  none,
);

const dial = element(
  'Dial',
  [
    attribute('timeout', whole(5, 20)),
    attribute('timeLimit', whole(1, 40)),
    attribute('answerOnBridge', yesOrNo),
    attribute('hangupOnStar', yesOrNo),
    attribute('sequential', yesOrNo),
    attribute('record', fc.constantFrom('record-from-answer', 'record-from-ringing-dual', 'do-not-record')),
    ...ofRecording,
    ...next,
  ],
  nouns,
);

const streamed = element('Stream', [
  attribute('name', fc.constantFrom('one', 'two')),
  fc.constantFrom(' url="wss://ears.example/"', ' url="wss://nobody.example/"', ' url="wss://x/?y"', ''),
  attribute('bidir', yesOrNo),
  attribute('streamStartConferenceOnEnter', yesOrNo),
  told,
]);

const room = element(
  'Conference',
  [
    attribute('muted', yesOrNo),
    attribute('startConferenceOnEnter', yesOrNo),
    attribute('endConferenceOnExit', yesOrNo),
    attribute('maxParticipants', whole(1, 3)),
    attribute('record', fc.constant('record-from-start')),
    address('waitUrl'),
    told,
    events('statusCallbackEvent', 'start', 'end', 'join', 'leave', 'mute', 'hold', 'speaker'),
  ],
  fc.tuple(fc.constantFrom('red', 'blue'), fc.oneof(fc.constant(''), streamed)).map((parts) => parts.join('')),
);
const meeting = element(
  'Dial',
  [attribute('timeLimit', whole(1, 60)), attribute('hangupOnStar', yesOrNo), ...next],
  room,
);
const queue = element('Queue', [address('url')], fc.constantFrom('sales', 'none'));
const take = element(
  'Dial',
  [attribute('timeout', whole(5, 20)), attribute('timeLimit', whole(1, 40)), ...next],
  queue,
);
const enqueue = element(
  'Enqueue',
  [address('waitUrl'), method('waitUrlMethod'), attribute('maxQueueSize', whole(1, 2)), ...next],
  fc.constantFrom('sales', ''),
);

const fork = fc.oneof(
  element('Stream', [
    attribute('name', fc.constant('one')),
    fc.constantFrom(' url="wss://ears.example/"', ' url="wss://nobody.example/"', ' url="ws://x/"', ''),
    told,
  ]),
  element('Transcription', [
    attribute('name', fc.constant('two')),
    attribute('statusCallbackUrl', fc.constant('/hooks')),
  ]),
  element('Siprec', [attribute('connectorName', fc.constant('recorder')), told]),
  element('Recording', ofRecording),
);

const verb = fc.oneof(
  { arbitrary: spoken, weight: 5 },
  { arbitrary: gather, weight: 4 },
  { arbitrary: record, weight: 2 },
  { arbitrary: dial, weight: 5 },
  { arbitrary: meeting, weight: 2 },
  { arbitrary: take, weight: 2 },
  { arbitrary: enqueue, weight: 2 },
  { arbitrary: element('Start', [], fork), weight: 2 },
  element('Stop', [], element('Stream', [fc.constant(' name="one"')])),
  element('Connect', next, element('Stream', [fc.constant(' url="wss://ears.example/"')])),
  element('Redirect', [method()], fc.constantFrom('a', '/b', '', 'https://')),
  element('Refer', next, fc.constantFrom('<Sip>sip:desk@pbx.example</Sip>', '')),
  element('Sms', [...next, told], words),
  element('Pay', [
    fc.constant(' paymentConnectorUrl="https://app.example/pay" minPostalCodeLength="0"'),
    attribute('timeout', whole(4, 6)),
    attribute('maxAttempts', whole(1, 2)),
    ...next,
    told,
  ]),
  element('Echo', [attribute('timeout', whole(5, 20))]),
  element('Denoise', [], fc.constantFrom('on', 'off', 'maybe')),
  element('Reject', [attribute('reason', fc.constantFrom('busy', 'rejected', 'closed'))]),
  fc.constantFrom('<Hangup/>', '<Leave/>', '<say>Hi</say>', '<Prompt for="x"/>', '<!-- nothing -->'),
);

export const document_ = several(verb, 0, 4).map((verbs) => `<Response>${verbs}</Response>`);
