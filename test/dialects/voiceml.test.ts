import { expect, expectTypeOf, test } from 'vitest';
import { element, type Values } from '../../src/dialects/grammar.ts';
import { boolean, integer, oneOf, text } from '../../src/dialects/kinds.ts';
import { voiceml } from '../../src/dialects/voiceml/index.ts';
import type { CallRecord } from '../../src/records/call.ts';
import { inResponse } from './documents.ts';

const call: CallRecord = {
  id: 'c1',
  project: 'demo',
  dialect: 'voiceml',
  to: '+61255501234',
  from: '+61491570006',
  transport: 'PSTN',
  direction: 'incoming',
  createMethod: 'incomingCall',
  family: 'c1',
  state: 'starting',
  createTime: 0,
  updateTime: 0,
  labels: {},
  bridged: false,
  mode: 'document',
};

const second = { url: 'https://app.example/second', method: 'POST' } as const;
const defaults = { verb: 'dial', answers: false, strategy: 'simultaneous', ringMs: 600_000, maxMs: 14_400_000 };

test('VoiceML 1.4: a tel: or sip: handler is like a document with nothing but a <Redirect> to it', () => {
  const url = 'sip:desk@pbx.example;transport=tls?X-Call-Id=1';
  const document = voiceml.parse({ body: inResponse(`<Redirect>${url}</Redirect>`), url: 'https://app.example/' });
  expect(voiceml.programFor?.(url, [], call)).toEqual({
    dialect: 'voiceml',
    url,
    purpose: 'main',
    instructions: document.program?.instructions.map(({ at: _, ...instruction }) => ({
      ...instruction,
      otherwise: [],
    })),
  });
});

test.for([
  ['tel:+61491570156', { to: '+61491570156', transport: 'PSTN' }],
  ['TEL:+61-491-570-156', { to: '+61491570156', transport: 'PSTN' }],
  ['sip:customer.example', { to: 'sip:customer.example', transport: 'SIP' }],
  ['sips:desk@192.0.2.1:5061', { to: 'sips:desk@192.0.2.1:5061', transport: 'SIP' }],
] as const)('the handler %s calls, and the others are asked when that fails', ([url, target]) => {
  expect(voiceml.programFor?.(url, [second], call)?.instructions).toEqual([
    { ...defaults, targets: [target], otherwise: [second] },
  ]);
});

test.for(['https://app.example/', 'mailto:a@b.example', 'tel:0491570156', 'sip:desk@[2001:db8::1]', 'flow', ''])(
  'the handler %s stands for no program',
  (url) => {
    expect(voiceml.programFor?.(url, [second], call)).toBeUndefined();
  },
);

/** VoiceML 1.4, RFC 3986 5: what is resolved against https://app.example/voice/start?lang=en. */
test.for([
  ['next', 'https://app.example/voice/next'],
  ['./next', 'https://app.example/voice/next'],
  ['./my:uri', 'https://app.example/voice/my:uri'],
  ['../next', 'https://app.example/next'],
  ['/next', 'https://app.example/next'],
  ['//other.example/next', 'https://other.example/next'],
  ['?step=2', 'https://app.example/voice/start?step=2'],
  ['next?a=1&amp;b=2', 'https://app.example/voice/next?a=1&b=2'],
  ['a/b:c', 'https://app.example/voice/a/b:c'],
  [' next ', 'https://app.example/voice/next'],
  ['HTTPS://Other.Example/Next', 'https://other.example/Next'],
  ['http://other.example', 'http://other.example/'],
] as const)('<Redirect>%s</Redirect> goes to %s', ([written, url]) => {
  const { program } = voiceml.parse({
    body: inResponse(`<Redirect>${written}</Redirect>`),
    url: 'https://app.example/voice/start?lang=en',
  });
  expect(program?.instructions).toMatchObject([{ verb: 'redirect', to: { url, method: 'POST' } }]);
});

test('the table gives the values of the attributes their types', () => {
  const attributes = {
    Count: integer({ about: '', min: 1, default: 5 }),
    Limit: integer({ about: '', min: 1 }),
    Mode: oneOf(['a', 'b'], { about: '', default: 'a' }),
    Other: oneOf(['c'], { about: '' }),
    Flag: boolean({ about: '', default: true }),
    Key: text({ about: '', required: true }),
  };
  expectTypeOf<Values<typeof attributes>>().branded.toEqualTypeOf<{
    Count: number;
    Limit?: number;
    Mode: 'a' | 'b';
    Other?: 'c';
    Flag: boolean;
    Key: string;
  }>();
  const child = element('Child', { about: '', means: () => 1 });
  element('Parent', {
    about: '',
    content: [child],
    means: (_, { children, text: own }) => {
      expectTypeOf(children).toEqualTypeOf<readonly number[]>();
      expectTypeOf(own).toEqualTypeOf<undefined>();
    },
  });
});
