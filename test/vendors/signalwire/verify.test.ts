import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sign, withBodyDigest } from '../../../src/vendors/signalwire/signature.ts';
import { explainFormSignature, type SignedForm } from '../../../src/vendors/signalwire/verify.ts';

const key = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+Pw==';
const url = 'https://ivr.example.test/voice?lang=en&a=1';
const body = 'CallSid=c1&AccountSid=a1&From=%2B61491570006&CallerName=Zo%C3%AB+%26+co+&ForwardedFrom=&Digits=1';
const signature = sign(key, url, body);
const right: SignedForm = { url, keys: [key], signature, body };

const ids = (request: Partial<SignedForm>) =>
  explainFormSignature({ ...right, ...request }).mistakes.map(({ id }) => id);

/** A signature that somebody has made in another way. */
const made = (given: { url?: string; text?: string; key?: string | Buffer; algorithm?: string }) =>
  createHmac(given.algorithm ?? 'sha1', given.key ?? key)
    .update((given.url ?? url) + (given.text ?? text))
    .digest('base64');

const text = 'AccountSida1CallSidc1CallerNameZoë & co Digits1ForwardedFromFrom+61491570006';

test('a signature that is right matches', () => {
  expect(made({})).toBe(signature);
  expect(explainFormSignature(right)).toEqual({ matches: true, expected: signature, key: 1, mistakes: [] });
});

test.for<[mistake: string, made: Parameters<typeof made>[0]]>([
  ['key.decoded', { key: Buffer.from(key, 'base64') }],
  ['key.hex', { key: Buffer.from(key, 'base64').toString('hex') }],
  ['key.lineBreak', { key: `${key}\n` }],
  ['key.quotes', { key: `"${key}"` }],
  ['url.scheme', { url: url.replace('https', 'http') }],
  ['url.onlyPath', { url: '/voice?lang=en&a=1' }],
  ['url.port', { url: url.replace('.test', '.test:3000') }],
  ['url.host', { url: url.replace('ivr.example.test', 'inner.example') }],
  ['url.slash', { url: 'https://ivr.example.test/voice/?lang=en&a=1' }],
  ['url.queryDropped', { url: 'https://ivr.example.test/voice' }],
  ['url.querySorted', { url: 'https://ivr.example.test/voice?a=1&lang=en' }],
  ['form.missing', { text: '' }],
  ['form.withQuery', { text: `AccountSida1CallSidc1CallerNameZoë & co Digits1ForwardedFromFrom+61491570006a1langen` }],
  ['form.onlyQuery', { text: 'a1langen' }],
  [
    'form.notDecoded',
    { text: 'AccountSida1CallSidc1CallerNameZo%C3%AB+%26+co+Digits1ForwardedFromFrom%2B61491570006' },
  ],
  ['form.plus', { text: 'AccountSida1CallSidc1CallerNameZoë+&+co+Digits1ForwardedFromFrom+61491570006' }],
  ['form.plusLost', { text: text.replace('+', ' ') }],
  ['form.trimmed', { text: text.replace('co D', 'coD') }],
  ['form.emptyLost', { text: text.replace('ForwardedFrom', '') }],
  ['form.order', { text: 'CallSidc1AccountSida1From+61491570006CallerNameZoë & co ForwardedFromDigits1' }],
  ['form.orderOfWords', { text: 'AccountSida1CallerNameZoë & co CallSidc1Digits1ForwardedFromFrom+61491570006' }],
  ['hash.sha256', { algorithm: 'sha256' }],
  ['hash.joined', { text: 'AccountSid=a1&CallSid=c1&CallerName=Zoë & co &Digits=1&ForwardedFrom=&From=+61491570006' }],
])('a signature that was made wrongly is explained: %s', ([mistake, wrongly]) => {
  expect(ids({ signature: made(wrongly), hosts: ['inner.example'] })).toEqual([mistake]);
});

test.for<[string, string]>([
  ['signature.name', `X-SignalWire-Signature: ${signature}`],
  ['signature.name', `X-Twilio-Signature: ${signature}`],
  ['signature.whiteSpace', ` ${signature}\n`],
  ['signature.padding', signature.replace(/=+$/, '')],
  ['signature.hex', Buffer.from(signature, 'base64').toString('hex')],
])('a signature that is spelled wrongly is read: %s', ([mistake, written]) => {
  expect(ids({ signature: written })).toEqual([mistake]);
});

test('two mistakes at once, and the key that was used', () => {
  const wrong = sign(Buffer.from(key, 'base64'), url.replace('https', 'http'), body);
  const explanation = explainFormSignature({ ...right, signature: wrong, keys: ['other', key] });
  expect([explanation.key, explanation.mistakes.map(({ id }) => id)]).toEqual([2, ['key.decoded', 'url.scheme']]);
});

test('a body that is no form is checked by its digest in the query', () => {
  const json = '{"description":"tea"}';
  const asked = withBodyDigest(url, json);
  const request = { url: asked, keys: [key], signature: sign(key, asked), body: json };
  expect(explainFormSignature(request)).toMatchObject({ matches: true, mistakes: [] });
  const other = explainFormSignature({ ...request, body: '{"description": "tea"}' });
  expect([other.matches, other.mistakes.map(({ id }) => id)]).toEqual([false, ['body.digest']]);
});

test('what nothing explains is said so', () => {
  expect(explainFormSignature({ ...right, keys: ['another'] })).toEqual({
    matches: false,
    expected: sign('another', url, body),
    mistakes: [],
  });
});

test('whatever comes in, an answer comes out', () => {
  fc.assert(
    fc.property(
      fc.webUrl({ withQueryParameters: true, withFragments: true }),
      fc.string(),
      fc.string(),
      (any, form, it) => {
        expect(explainFormSignature({ url: any, keys: [key], signature: it, body: form }).expected).toMatch(
          /^[\w+/]{27}=$/,
        );
      },
    ),
    { numRuns: 20 },
  );
});
