import { describe, expect, test } from 'vitest';
import { checkDocument } from '../../src/dialects/check.ts';
import type { Source } from '../../src/dialects/dialect.ts';
import { laml } from '../../src/dialects/laml/index.ts';
import { hidden } from '../../src/telephony/secret.ts';
import type { Instruction } from '../../src/verbs/index.ts';
import type { Purpose } from '../../src/verbs/verb.ts';

const url = 'https://app.example/voice/start?lang=en';

const read = (body: string, source: Partial<Source> = {}) =>
  laml.parse({ body: Buffer.from(body), contentType: 'text/xml', url, ...source });

const codes = (verbs: string, source?: Partial<Source>): string[] =>
  read(`<Response>${verbs}</Response>`, source).problems.map(({ code }) => code);

const instructions = (verbs: string, source?: Partial<Source>): readonly Instruction[] =>
  read(`<Response>${verbs}</Response>`, source).program?.instructions ?? [];

/** What each number of LaML may be; the document around it. */
const numbers: [attribute: string, document: string, min: number, max: number | undefined][] = [
  ['Dial timeout', '<Dial timeout="N">+14155550100</Dial>', 5, 600],
  ['Dial timeLimit', '<Dial timeLimit="N">+14155550100</Dial>', 1, 86_400],
  ['Echo timeout', '<Echo timeout="N"/>', 5, 120],
  ['Gather numDigits', '<Gather numDigits="N"/>', 1, undefined],
  ['Gather timeout', '<Gather timeout="N"/>', 0, 86_400],
  ['Pause length', '<Pause length="N"/>', 1, 86_400],
  ['Pay maxAttempts', '<Pay paymentConnectorUrl="/p" maxAttempts="N"/>', 1, 3],
  ['Play loop', '<Play loop="N">a.mp3</Play>', 0, 1_000_000],
  ['Record maxLength', '<Record maxLength="N"/>', 0, 14_400],
  ['Record timeout', '<Record timeout="N"/>', 0, 14_400],
  ['Say loop', '<Say loop="N">Hi</Say>', 0, 1_000_000],
  ['Sip sessionTimeout', '<Dial><Sip sessionTimeout="N">sip:a@b.example</Sip></Dial>', 0, 86_400],
];

describe.for(numbers)('%s', ([, document, min, max]) => {
  const within = [min, min + 1, ...(max === undefined ? [1_000_000] : [max - 1, max])];
  const outside = [min - 1, ...(max === undefined ? [] : [max + 1])].map(String);

  test.for([...within.map(String), ` ${min} `, `+${min}`])('%s is taken', (number) => {
    expect(codes(document.replace('N', number))).toEqual([]);
  });

  test.for([...outside, '', 'x', '1.5', '5s', '99999999999999999999'])(
    '%s is told, and the default is used',
    (number) => {
      expect(codes(document.replace('N', number))).toEqual(['ATTRIBUTE_NOT_VALID']);
      const withoutPlace = (all: readonly Instruction[]) => all.map(({ at: _, ...instruction }) => instruction);
      const byDefault = document.replace(/ \w+="N"/, '');
      expect(withoutPlace(instructions(document.replace('N', number)))).toEqual(withoutPlace(instructions(byDefault)));
    },
  );
});

/** LaML 4.4. */
test.for([
  ['+14155550100', '+14155550100'],
  ['  +14155550100\n', '+14155550100'],
  ['415-555-0100', '+14155550100'],
  ['(415) 555.0100', '+14155550100'],
  ['14155550100', '+14155550100'],
  ['+61 491 570 156', '+61491570156'],
] as const)('<Dial>%s</Dial> calls %s', ([written, to]) => {
  expect(instructions(`<Dial>${written}</Dial>`)).toMatchObject([{ targets: [{ to, transport: 'PSTN' }] }]);
  expect(instructions(`<Dial><Number>${written}</Number></Dial>`)).toMatchObject([{ targets: [{ to }] }]);
});

test.for(['abc', '911', '0491570156', '+', 'sip:a@b.example', '+1415555010x'])('%s is no number to dial', (written) => {
  expect(codes(`<Dial>${written}</Dial>`)).toEqual(['CALL_NUMBER_NOT_VALID']);
  expect(instructions(`<Dial>${written}</Dial>`)).toMatchObject([{ verb: 'dial', targets: [{ to: written }] }]);
});

/** LaML 2.4, RFC 3986 5. */
test.for([
  ['next', 'https://app.example/voice/next'],
  ['/next', 'https://app.example/next'],
  ['?step=2', 'https://app.example/voice/start?step=2'],
  ['//other.example/next', 'https://other.example/next'],
  ['https://other.example/next#rt=9000', 'https://other.example/next#rt=9000'],
  [' \n/next ', 'https://app.example/next'],
] as const)('<Redirect>%s</Redirect> goes to %s', ([written, to]) => {
  expect(instructions(`<Redirect>${written}</Redirect>`)).toMatchObject([{ to: { url: to, method: 'POST' } }]);
});

test.for([
  ['<Record/>', ['URL_RELATIVE'], [{ verb: 'hangUp' }]],
  ['<Record action="/done"/>', ['URL_RELATIVE', 'URL_RELATIVE'], [{ verb: 'hangUp' }]],
  ['<Record action="https://a.example/"/>', [], [{ verb: 'record', next: { url: 'https://a.example/' } }]],
  ['<Gather/>', ['URL_RELATIVE'], [{ verb: 'gather' }]],
  ['<Redirect/>', ['URL_RELATIVE'], [{ verb: 'hangUp' }]],
  ['<Dial action="/x">+14155550100</Dial>', ['URL_RELATIVE'], [{ verb: 'dial' }]],
  ['<Say>Hi</Say>', [], [{ verb: 'play' }]],
] as const)('given without a URL, %s', ([verbs, problems, meaning]) => {
  expect(codes(verbs, { url: '' })).toEqual(problems);
  expect(instructions(verbs, { url: '' })).toMatchObject(meaning);
});

test('a document that is given without a URL needs no content type', () => {
  expect(laml.parse({ body: Buffer.from('<Response/>'), url: '' }).program).toBeDefined();
});

const document = '<Response><Say>Hi</Say></Response>';
const said = (words: string) => ({ verb: 'play', answers: true, sounds: [{ type: 'speech', text: words }] });
const played = { verb: 'play', answers: true, sounds: [{ type: 'audio', url }] };
const thenHangsUp = { verb: 'hangUp' };

describe('a content type of', () => {
  test.for([
    ['text/xml; charset=utf-8', document, [said('Hi')]],
    ['application/xml', document, [said('Hi')]],
    ['TEXT/HTML', document, [said('Hi')]],
    ['text/plain', document, [said('Hi')]],
    ['text/plain', 'Good\n morning.', [said('Good morning.'), thenHangsUp]],
    ['audio/mpeg', 'ID3', [played, thenHangsUp]],
    ['audio/x-wav', 'RIFF', [played, thenHangsUp]],
  ] as const)('%s is executed', ([contentType, body, meaning]) => {
    expect(read(body, { contentType })).toMatchObject({ program: { instructions: meaning }, problems: [] });
  });

  test.for(['image/png', 'application/json', 'audio/flac', '', 'text'])('%s is refused', (contentType) => {
    expect(read(document, { contentType })).toMatchObject({
      problems: [{ code: 'CONTENT_TYPE', severity: 'error' }],
    });
  });

  test('none is refused', () => {
    expect(laml.parse({ body: Buffer.from(document), url })).toMatchObject({ problems: [{ code: 'CONTENT_TYPE' }] });
  });

  test.for(['wait', 'hold', 'announce', 'whisper'] as const)('audio in a %s document is just played', (purpose) => {
    expect(read('RIFF', { contentType: 'audio/wav', purpose }).program).toMatchObject({
      purpose,
      instructions: [played],
    });
  });

  test('text/plain that is no text is refused', () => {
    const body = Buffer.from([0x47, 0xff, 0xfe, 0xfd]);
    const { program, problems } = laml.parse({ body, contentType: 'text/plain', url: 'https://app.example/' });
    expect([program, problems.map(({ code }) => code)]).toEqual([undefined, ['DOCUMENT_ENCODING']]);
  });

  test('text/plain in an encoding that nobody knows is refused', () => {
    const contentType = 'text/plain; charset=ebcdic';
    const { program, problems } = laml.parse({ body: Buffer.from('Hi'), contentType, url: 'https://app.example/' });
    expect(program).toBeUndefined();
    expect(problems).toMatchObject([{ code: 'DOCUMENT_ENCODING', line: 1, column: 1 }]);
  });

  test.for(['', ' '])('text/plain with nothing to say is refused', (body) => {
    expect(read(body, { contentType: 'text/plain' }).program).toBeUndefined();
  });
});

const everyVerb = {
  Play: '<Play>a.mp3</Play>',
  Say: '<Say>Hi</Say>',
  Pause: '<Pause/>',
  Redirect: '<Redirect/>',
  Hangup: '<Hangup/>',
  Gather: '<Gather/>',
  Leave: '<Leave/>',
  Dial: '<Dial>+14155550100</Dial>',
  Record: '<Record/>',
  Enqueue: '<Enqueue>q</Enqueue>',
  Echo: '<Echo/>',
  Sms: '<Sms>Hi</Sms>',
  Reject: '<Reject/>',
};

describe.for([
  ['hold', ['Play', 'Say', 'Pause', 'Redirect']],
  ['announce', ['Play', 'Say', 'Pause', 'Redirect']],
  ['whisper', ['Play', 'Say', 'Pause', 'Redirect', 'Hangup', 'Gather']],
] as [Purpose, string[]][])('in a %s document', ([purpose, allowed]) => {
  test.for(Object.entries(everyVerb))('<%s>', ([name, verb]) => {
    const isAllowed = allowed.includes(name);
    expect(instructions(verb, { purpose })).toHaveLength(isAllowed ? 1 : 0);
    expect(codes(verb, { purpose })).toEqual(isAllowed ? [] : ['VERB_NOT_ALLOWED']);
  });
});

describe('in the wait document of a queue', () => {
  const allowed = ['Play', 'Say', 'Pause', 'Hangup', 'Redirect', 'Leave', 'Gather'];

  test.for(Object.entries(everyVerb))('<%s>', ([name, verb]) => {
    const { program, problems } = read(`<Response>${verb}</Response>`, { purpose: 'wait' });
    expect(program !== undefined).toBe(allowed.includes(name));
    expect(problems.map(({ severity }) => severity)).toEqual(program ? [] : ['error']);
  });
});

/** LaML 2.5. */
test.for([
  ['<Reject/>', false],
  ['<Pause/>', false],
  ['<Redirect/>', false],
  ['<Dial answerOnBridge="true">+14155550100</Dial>', false],
  ['<Dial>+14155550100</Dial>', true],
  ['<Hangup/>', true],
  ['<Refer><Sip>sip:a@b.example</Sip></Refer>', true],
  ['<Say>Hi</Say>', true],
  ['<Play>a.mp3</Play>', true],
  ['<Gather/>', true],
  ['<Record/>', true],
  ['<Echo/>', true],
  ['<Denoise>on</Denoise>', true],
  ['<Enqueue>q</Enqueue>', true],
  ['<Sms>Hi</Sms>', true],
  ['<Start><Stream name="a" url="wss://a.example/"/></Start>', true],
  ['<Connect><Stream url="wss://a.example/"/></Connect>', true],
  ['<Pay paymentConnectorUrl="/p"/>', true],
  ['<Prompt/>', false],
  ['', true],
] as const)('as the first verb, %s answers: %s', ([verb, answers]) => {
  expect(instructions(verb)[0]).toMatchObject({ answers });
});

test('a text of 4096 characters is said; what is longer is cut off', () => {
  const characters = '\u{1F600}'.repeat(4096);
  expect(codes(`<Say> ${characters} </Say>`)).toEqual(['TEXT_NOT_VALID']);
  expect(codes(`<Say>${characters}</Say>`)).toEqual([]);
  expect(instructions(`<Say>${characters}<break/>x</Say>`)).toEqual(instructions(`<Say>${characters}<break/></Say>`));
});

test('a message of 1599 characters is sent; a longer one is not', () => {
  const sent = (length: number) =>
    (instructions(`<Sms>${'\u{1F600}'.repeat(length)}</Sms>`)[0] as { text: string }).text;
  expect([...sent(1599)]).toHaveLength(1599);
  expect(sent(1600)).toBe('');
});

test.for([
  ['<break time="2s"/>', [{ type: 'silence', ms: 2000 }]],
  ['<break time="300ms"/>', [{ type: 'silence', ms: 300 }]],
  ['<break time="1.5s"/>', [{ type: 'silence', ms: 1500 }]],
  ['<break strength="x-weak"/>', [{ type: 'silence', ms: 100 }]],
  ['<break strength="none"/>', []],
  ['<break/>', [{ type: 'silence', ms: 400 }]],
  ['<break time="11s"/>', [{ type: 'silence', ms: 400 }]],
  ['<break/><break time="600ms"/>', [{ type: 'silence', ms: 1000 }]],
] as const)('%s is a pause', ([ssml, sounds]) => {
  expect(instructions(`<Say>${ssml}</Say>`)).toMatchObject([{ verb: 'play', sounds }]);
});

test('a password and a bearer token are in no journal: they cannot be written down', () => {
  const [dial, connect] = instructions(
    '<Dial><Sip username="gw" password="s3cret">sip:a@b.example</Sip></Dial><Connect><Stream url="wss://a.example/" authBearerToken="t-123"/></Connect>',
  );
  const written = JSON.stringify([dial, connect]);
  expect(written).not.toMatch(/s3cret|t-123/);
  expect(written.split(hidden)).toHaveLength(3);
  expect(dial?.verb === 'dial' && dial.targets[0]?.sip?.password?.reveal()).toBe('s3cret');
  expect(connect?.verb === 'connect' && connect.socket.bearerToken?.reveal()).toBe('t-123');
});

test.for([
  ['<Sip username="gw" password="s3cret">', '<Sip username="gw" password="(secret)">'],
  ["<Sip password = 's3\ncret' username='gw'>", '<Sip password = "(secret)" username=\'gw\'>'],
  ['<Stream authBearerToken="t-123" url="wss://a">', '<Stream authBearerToken="(secret)" url="wss://a">'],
  [
    '<AI postPromptAuthPassword="x"><Function webHookAuthPass="y">',
    '<AI postPromptAuthPassword="(secret)"><Function webHookAuthPass="(secret)">',
  ],
  ['<Sip password="cut of', '<Sip password="(secret)"'],
  ['<Say>my password is "x"</Say>', '<Say>my password is "x"</Say>'],
  [Buffer.from('<Sip password="s3cret"/>', 'utf16le').toString(), '<Sip password="(secret)"/>'],
] as const)('the journal keeps %s as %s', ([document, kept]) => {
  expect(laml.withoutSecrets?.(document)).toBe(kept);
});

test.for([
  ['<say>Hi</say>', 'upper and lower case count: write <Say>'],
  ['<Sey>Hi</Sey>', 'did you mean <Say>?'],
  ['<Wait/>', "LaML's is <Pause>"],
  ['<Input/>', "LaML's is <Gather>"],
  ['<Call/>', "LaML's is <Dial>, with a <Number> or a <Sip> in it for each party"],
  ['<Gather NumDigits="1"/>', 'upper and lower case count: write numDigits'],
  ['<Gather MaxDigitCount="1"/>', 'did you mean numDigits?'],
  ['<Say stopKey="1">Hi</Say>', undefined],
  ['<Record timeOut="1"/>', 'upper and lower case count: write timeout'],
  ['<Say numDigits="1">Hi</Say>', 'numDigits belongs to <Gather>'],
  ['<Say><speak>Hi</speak></Say>', 'SSML stands in <Say> without a <speak> around it'],
] as const)('%s: %s', ([verbs, hint]) => {
  const { ok, problems } = checkDocument({ dialect: 'laml', body: `<Response>${verbs}</Response>` });
  expect({ ok, hints: problems.map((problem) => problem.hint) }).toEqual({ ok: true, hints: [hint] });
});

test('what is known and not carried out is told by the check, where it stands', () => {
  const body = '<Response>\n  <Connect><Room>a</Room></Connect>\n  <Prompt/>\n</Response>';
  expect(checkDocument({ dialect: 'laml', body })).toEqual({
    ok: true,
    problems: [
      {
        line: 2,
        column: 12,
        code: 'VERB_NOT_SUPPORTED',
        severity: 'warning',
        message: '<Room> is known, and not carried out here: it is skipped',
      },
      {
        line: 3,
        column: 3,
        code: 'VERB_NOT_SUPPORTED',
        severity: 'warning',
        message: '<Prompt> is known, and not carried out here: it is skipped',
      },
    ],
  });
});

test('a stream of a conference goes both ways and lets it begin, unless it says otherwise', () => {
  const conference = (attributes: string, streams: string) =>
    `<Dial><Conference ${attributes}>x${streams}</Conference></Dial>`;
  const streamsIn = (written: string) => {
    const [first] = instructions(written) as readonly { streams?: readonly object[] }[];
    return first?.streams;
  };
  const named = '<Stream name="a" url="wss://a.example/" statusCallback="/told"/>';
  const socket = { url: 'wss://a.example/', track: 'received', codec: 'PCMU@8000h', realtime: false, parameters: {} };
  const at = (element: string) => expect.objectContaining({ element });
  expect(streamsIn(conference('', ''))).toBeUndefined();
  expect(streamsIn(conference('streamUrl="wss://b.example/"', named))).toEqual([
    {
      at: at('Stream'),
      name: 'a',
      what: { type: 'socket', socket },
      bothWays: true,
      callback: { url: 'https://app.example/told', method: 'POST' },
      starts: true,
    },
  ]);
  const listens = '<Stream bidir="false" streamStartConferenceOnEnter="false" codec="L16@24000h" realtime="true"/>';
  expect(streamsIn(conference('streamUrl="wss://a.example/"', listens))).toEqual([
    {
      at: at('Stream'),
      what: { type: 'socket', socket: { ...socket, codec: 'L16@24000h', realtime: true } },
      bothWays: false,
      starts: false,
    },
  ]);
  expect(codes(conference('streamUrl="wss://a.example/"', listens))).toEqual(['ATTRIBUTE_MISSING']);
  expect(streamsIn(conference('streamUrl="wss://a.example/"', ''))).toEqual([
    { at: at('Conference'), what: { type: 'socket', socket }, bothWays: true, starts: true },
  ]);
  expect(codes(conference('streamUrl="wss://a.example/"', ''))).toEqual([]);
  expect(codes(conference('streamUrl="https://a.example/"', ''))).toEqual(['STREAM_URL_NOT_VALID']);
  expect(codes(conference('', '<Stream name="a"/>'))).toEqual(['STREAM_URL_NOT_VALID']);
});

test.for([
  ['Record/', { silenceMs: 5000, stopKeys: '0123456789*#', maxMs: 3_600_000, beep: true, trim: true }],
  ['Record transcribe="true"/', { maxMs: 120_000, transcribe: true }],
  ['Record maxLength="0" transcribe="true"/', { maxMs: 3_600_000 }],
  ['Dial><Sip>sip:a@b.example</Sip></Dial', { targets: [{ sip: { transport: 'tls', codecs: ['PCMU', 'PCMA'] } }] }],
  ['Dial><Sip sessionTimeout="60">sip:a@b.example</Sip></Dial', { targets: [{ sip: { sessionTimeoutMs: 60_000 } }] }],
] as const)('what is not said of <%s> is %o', ([verb, meaning]) => {
  expect(instructions(`<${verb}>`)).toMatchObject([meaning]);
});

test('the parameters of a <Client> go along with the call', () => {
  const verbs = '<Dial><Client><Identity>bob</Identity><Parameter name="case" value="7"/></Client></Dial>';
  expect(instructions(verbs)).toMatchObject([
    { targets: [{ to: 'client:bob', transport: 'CLIENT', headers: { case: '7' } }] },
  ]);
});

test.for([
  ['Connect', '<Stream url="wss://a.example/"/>'],
  ['Dial', '+14155550100'],
  ['Enqueue', 'support'],
  ['Refer', '<Sip>sip:a@b.example</Sip>'],
  ['Sms', 'Hi'],
] as const)('the action of <%s> is asked by its method', ([verb, inside]) => {
  for (const method of ['GET', 'POST'])
    expect(instructions(`<${verb} action="/x" method="${method}">${inside}</${verb}>`)).toMatchObject([
      { next: { url: 'https://app.example/x', method } },
    ]);
  expect(instructions(`<${verb} action="/x">${inside}</${verb}>`)).toMatchObject([{ next: { method: 'POST' } }]);
  expect(instructions(`<${verb} method="GET">${inside}</${verb}>`)[0]).not.toHaveProperty('next');
});

test.for(['ftp://files.example/a.wav', 'file:///etc/passwd', 'http://', 'sip:a@b.example'])(
  '%s is no file to play',
  (file) => {
    expect(codes(`<Play>${file}</Play>`)).toEqual(['AUDIO_URL_NOT_VALID']);
  },
);

test.for([
  [
    '<Siprec name="s" connectorName="rec" track="both_tracks" statusCallback="/s"><Parameter name="a" value="b"/></Siprec>',
    { name: 's', what: { type: 'siprec', connector: 'rec', track: 'both', parameters: { a: 'b' } } },
  ],
  [
    '<Transcription name="t" languageCode="de-DE" track="inbound_track" inboundTrackLabel="caller" outboundTrackLabel="us" transcriptionEngine="x" speechModel="y" hints="a,b" partialResults="true" profanityFilter="false" enableAutomaticPunctuation="false" statusCallbackUrl="/t"/>',
    {
      name: 't',
      callback: { url: 'https://app.example/t', method: 'POST' },
      what: {
        type: 'transcription',
        transcription: {
          language: 'de-DE',
          track: 'received',
          labels: { received: 'caller', sent: 'us' },
          engine: 'x',
          model: 'y',
          hints: ['a', 'b'],
          partialResults: true,
          profanityFilter: false,
          punctuation: false,
        },
      },
    },
  ],
  [
    '<Recording name="r" channels="mono" track="outbound" trim="do-not-trim" recordingStatusCallback="/r" recordingStatusCallbackEvent="in-progress absent"/>',
    {
      name: 'r',
      what: {
        type: 'recording',
        recording: { channels: 1, track: 'sent', trim: false, events: ['began', 'empty'] },
      },
    },
  ],
] as const)('everything that <%s> in <Start> may say', ([noun, meaning]) => {
  expect(codes(`<Start>${noun}</Start>`)).toEqual([]);
  expect(instructions(`<Start>${noun}</Start>`)).toMatchObject([{ verb: 'startFork', ...meaning }]);
});

test.for([
  ['both', 2],
  ['inbound', 1],
  ['outbound', 1],
] as const)('a recording of %s tracks that is said to be dual has %i channels', ([track, channels]) => {
  expect(instructions(`<Start><Recording track="${track}" channels="dual"/></Start>`)).toMatchObject([
    { what: { type: 'recording', recording: { channels } } },
  ]);
});

test('everything that <Pay> may say', () => {
  const verbs =
    '<Pay paymentConnectorUrl="https://pay.example/" chargeAmount="10.50" currency="USD" description="Shoes" input="dtmf" securityCode="false" postalCode="94110" minPostalCodeLength="5" maxAttempts="3" timeout="8" tokenType="one-time" validCardTypes="visa jcb" language="en-GB" paymentMethod="ach-debit" action="/paid" statusCallback="/s"><Parameter name="a" value="1"/><Prompt for="payment-card-number" attempt="1 2" cardType="visa" errorType="timeout"><Say>Your card.</Say></Prompt></Pay>';
  expect(codes(verbs)).toEqual([]);
  expect(instructions(verbs)).toMatchObject([
    {
      verb: 'pay',
      connector: 'https://pay.example/',
      method: 'account',
      amount: '10.50',
      currency: 'usd',
      description: 'Shoes',
      securityCode: false,
      postalCode: '94110',
      minPostalCodeLength: 5,
      maxAttempts: 3,
      timeoutMs: 8000,
      tokenType: 'one-time',
      cards: ['visa', 'jcb'],
      language: 'en-GB',
      parameters: { a: '1' },
      prompts: [{ steps: ['payment-card-number'], attempts: [1, 2], cards: ['visa'], errors: ['timeout'] }],
      callback: { url: 'https://app.example/s', method: 'POST' },
      next: { url: 'https://app.example/paid', method: 'POST' },
    },
  ]);
});
