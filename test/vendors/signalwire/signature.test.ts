import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { spell } from '../../../src/dialects/laml/requests.ts';
import { toForm, withQuery } from '../../../src/vendors/signalwire/form.ts';
import { toOwed } from '../../../src/vendors/signalwire/owed.ts';
import { sign, signingText, withBodyDigest } from '../../../src/vendors/signalwire/signature.ts';
import { callRecord } from '../records.ts';

type Given = Readonly<Record<string, string>>;

/** What both libraries offer to applications. */
interface Library {
  validateRequest(key: string, signature: string, url: string, parameters: Given): boolean;
  validateRequestWithBody(key: string, signature: string, url: string, body: string): boolean;
}

const load = createRequire(import.meta.url);
const libraries: readonly [string, Library][] = [
  ['twilio', load('twilio')],
  ['@signalwire/compatibility-api', load('@signalwire/compatibility-api').RestClient],
];

const key = '12345';
const digits = { CallSid: 'CA1234567890ABCDE', Caller: '+12349013030', Digits: '1234', From: '+12349013030' };

test('the test vector: URL with its query, then each parameter in the order of the names', () => {
  const form = toForm({ ...digits, To: '+18005551212' });
  expect(sign(key, 'https://mycompany.com/myapp.php?foo=1&bar=2', form)).toBe('0/KCTR6DLpKmkAf8muzZqo1nDgQ=');
});

test.for([
  ['a form', 'a lone \ud800 & half a pair'],
  ['a form that is too long to be remembered', 'é & ~*'.repeat(5_000)],
] as const)('%s: the same for parameters, for what is read, and for what was spelled for a callback', ([, said]) => {
  const parameters = { ...digits, To: '+18005551212', Unknown: undefined, SpeechResult: said };
  const form = toForm(parameters);
  const read = sign(key, 'https://mycompany.com/myapp.php', form);
  const owed = toOwed('amd', 'p', { url: 'https://mycompany.com/myapp.php', method: 'POST' }, parameters);
  expect(owed.body).toBe(form);
  expect(sign(key, 'https://mycompany.com/myapp.php', owed.body)).toBe(read);
  expect(sign(key, 'https://mycompany.com/myapp.php', parameters)).toBe(read);
});

const urls: readonly [string, string][] = [
  ['a plain URL', 'https://app.example/voice'],
  ['a query', 'https://app.example/voice?b=2&a=1'],
  ['a query with what has to be encoded', 'https://app.example/voice?name=Zo%C3%AB%20%26%20co&x=%2B1'],
  ['a port', 'http://127.0.0.1:8080/voice'],
  ['the port that the scheme has anyway', 'https://app.example:443/voice'],
  ['no path', 'https://app.example'],
  ['a host in capitals', 'https://APP.Example/Voice'],
  ['a name and password', 'https://ann:s3cret@app.example/voice?x=1'],
  ['a path beyond ASCII', 'https://app.example/grüße?für=süß'],
  ['a fragment, which nobody sees', 'https://app.example/voice#ot=500&rt=1000'],
];

const forms: readonly [string, Given][] = [
  ['no parameters', {}],
  ['parameters', digits],
  [
    'parameters beyond ASCII',
    { SpeechResult: 'grüß Gott, 100 % + Brot & Käse = 世界 🥐', Confidence: '0.9', Digits: '' },
  ],
  ['names whose order is that of their code units', { a: '1', B: '2', _: '3', Aa: '4', A: '5', 'SipHeader_X-é': '6' }],
];

describe.for(libraries)('%s takes', ([, { validateRequest, validateRequestWithBody }]) => {
  describe.for(urls)('%s', ([, url]) => {
    const written = url.replace(/#.*/, '');
    const seen = /[^!-~]/.test(written) ? new URL(written).href : written; // a request line is ASCII

    test.for(forms)('POST with %s', ([, parameters]) => {
      expect(validateRequest(key, sign(key, url, toForm(parameters)), seen, parameters)).toBe(true);
    });

    test.for(forms)('GET with %s', ([, parameters]) => {
      const asked = new URL(withQuery(url, toForm(parameters)));
      asked.hash = '';
      expect(validateRequest(key, sign(key, asked.href), asked.href, {})).toBe(true);
    });

    test('JSON, by its digest in the query', () => {
      const body = JSON.stringify({ chargeAmount: '10.00', description: 'Käse' });
      const asked = new URL(withBodyDigest(url, body));
      asked.hash = '';
      expect(validateRequestWithBody(key, sign(key, asked.href), asked.href, body)).toBe(true);
    });
  });

  test('what the dialect spells, by the text of the key and by either header', () => {
    const signingKey = Uint8Array.from({ length: 64 }, (_, index) => index);
    const text = Buffer.from(signingKey).toString('base64');
    const about = { call: callRecord({ dialect: 'laml' }), result: { type: 'nothing' }, signingKey } as const;
    const configured = 'https://ann:s3cret@app.example/voice?x=1';
    const target = { url: 'https://app.example/voice?x=1', method: 'POST' } as const;
    const post = spell({ ...about, target, configured });
    const get = spell({ ...about, target: { ...target, method: 'GET' } });
    const parameters = Object.fromEntries(new URLSearchParams(post.body));
    for (const name of ['x-signalwire-signature', 'x-twilio-signature']) {
      expect(validateRequest(text, post.headers[name] ?? '', configured, parameters)).toBe(true);
      expect(validateRequest(text, get.headers[name] ?? '', get.url ?? '', {})).toBe(true);
    }
  });

  test.for<[string, string, Given]>([
    ['another parameter', 'https://app.example/voice', { ...digits, Digits: '1235' }],
    ['another path', 'https://app.example/other', digits],
    ['no query', 'https://app.example/', digits],
  ])('nothing else: %s', ([, url, parameters]) => {
    expect(validateRequest(key, sign(key, 'https://app.example/voice?x=1', toForm(digits)), url, parameters)).toBe(
      false,
    );
  });
});

test('the text of a key is made once', () => {
  const bytes = new Uint8Array(64);
  expect(signingText(bytes)).toBe(signingText(bytes));
});
