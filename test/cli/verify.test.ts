import { createHmac } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sign } from '../../src/vendors/enfonica/signature.ts';
import { explainSignature, type SignedRequest } from '../../src/vendors/enfonica/verify.ts';
import { callflow } from './callflow.ts';

// The example of VoiceML 2.8: the key is the bytes from 0 to 63.
const key = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+Pw==';
const url = 'https://ivr.example.test/voice/menu?lang=en';
const event = 'CALL';
const body =
  '{"call":{"name":"projects/demo/calls/c1","to":"+61255501234","from":"+61491570006","transport":"PSTN","direction":"INCOMING","state":"STARTING","createTime":"2024-05-01T00:00:00Z","startTime":"2024-05-01T00:00:00Z","createMethod":"INCOMING_CALL"},"parameters":{}}';
const signature = 'qV8q1X+iIb9gbMYgXbwEtTAy2jOq3Jk6ysc/OLGBECw=';
const otherKey = Buffer.alloc(64, 7).toString('base64');

const right: SignedRequest = { url, event, keys: [key], signature, body: Buffer.from(body) };
const ids = (request: Partial<SignedRequest>) =>
  explainSignature({ ...right, ...request }).mistakes.map(({ id }) => id);

/** A signature that somebody has made in another way. */
const signed = (given: { url?: string; event?: string; body?: string; key?: string | Buffer; algorithm?: string }) =>
  createHmac(given.algorithm ?? 'sha256', given.key ?? Buffer.from(key, 'base64'))
    .update((given.url ?? url) + (given.event ?? event) + (given.body ?? body))
    .digest('base64');

const parsed: unknown = JSON.parse(body);

test('the signature of the example matches', () => {
  expect(explainSignature(right)).toEqual({ matches: true, expected: signature, key: 1, mistakes: [] });
});

test.for<[mistake: string, made: Parameters<typeof signed>[0]]>([
  ['key.notDecoded', { key }],
  ['key.notDecoded', { key: `${key}\n` }],
  ['key.hex', { key: Buffer.from(key, 'base64').toString('hex') }],
  ['url.scheme', { url: url.replace('https', 'http') }],
  ['url.onlyPath', { url: '/voice/menu?lang=en' }],
  ['url.port', { url: url.replace('.test', '.test:443') }],
  ['url.port', { url: url.replace('.test', '.test:8080') }],
  ['url.host', { url: url.replace('ivr.example.test', '127.0.0.1:3000') }],
  ['url.host', { url: url.replace('ivr.example.test', 'inner.example') }],
  ['url.slash', { url: 'https://ivr.example.test/voice/menu/?lang=en' }],
  ['url.queryDropped', { url: 'https://ivr.example.test/voice/menu' }],
  ['event.other', { event: 'CALL_STATE_UPDATE' }],
  ['event.missing', { event: '' }],
  ['body.spaced', { body: JSON.stringify(parsed, null, 1).replace(/,\n */g, ', ').replace(/\n */g, '') }],
  ['body.pretty', { body: JSON.stringify(parsed, null, 2) }],
  ['body.pretty', { body: JSON.stringify(parsed, null, 4) }],
  ['body.slashes', { body: body.replaceAll('/', '\\/') }],
  ['body.newlineLost', { body: `${body}\n` }],
  ['body.empty', { body: '' }],
  ['hash.sha1', { algorithm: 'sha1' }],
])('a signature that was made wrongly is explained: %s', ([mistake, made]) => {
  expect(ids({ signature: signed(made), hosts: ['inner.example'] })).toEqual([mistake]);
});

test.for<[mistake: string, request: Partial<SignedRequest>]>([
  ['url.slash', { url: url.replace('?', '/?') }],
  ['url.scheme', { url: url.replace('https', 'http') }],
  ['url.port', { url: url.replace('.test', '.test:8443') }],
  ['url.credentials', { url: url.replace('ivr', 'user:word@ivr') }],
  ['event.whiteSpace', { event: ' CALL' }],
  ['event.other', { event: 'FAX_READY' }],
  ['body.trailingNewline', { body: Buffer.from(`${body}\n`) }],
  ['body.trailingNewline', { body: Buffer.from(`${body}\r\n`) }],
  ['body.minified', { body: Buffer.from(JSON.stringify(parsed, null, 2)) }],
  ['body.byteOrderMark', { body: Buffer.from(`\ufeff${body}`) }],
  ['key.encodedTwice', { keys: [Buffer.from(key).toString('base64')] }],
  ['signature.whiteSpace', { signature: ` ${signature}\n` }],
  ['signature.whiteSpace', { signature: `"${signature}"` }],
  ['signature.name', { signature: `X-Enfonica-Signature: ${signature}` }],
  ['signature.urlSafe', { signature: signature.replaceAll('+', '-').replaceAll('/', '_') }],
  ['signature.padding', { signature: signature.replace('=', '') }],
  ['signature.hex', { signature: Buffer.from(signature, 'base64').toString('hex') }],
])('a request that somebody has changed is explained: %s', ([mistake, request]) => {
  expect(ids(request)).toEqual([mistake]);
});

test('a key in URL-safe base64 is read all the same; a decoder that drops its letters is found', () => {
  const bytes = Buffer.alloc(64, 0xfb);
  const urlSafe = bytes.toString('base64url');
  const dropped = Buffer.from(urlSafe.replace(/[-_]/g, ''), 'base64');
  expect(explainSignature({ ...right, keys: [urlSafe], signature: signed({ key: bytes }) }).matches).toBe(true);
  expect(ids({ keys: [urlSafe], signature: signed({ key: dropped }) })).toEqual(['key.urlSafe']);
});

test('of several keys the one is named with which it matches', () => {
  expect(explainSignature({ ...right, keys: [otherKey, key] })).toMatchObject({ matches: true, key: 2 });
});

test('several mistakes at once are found, and no more of them than there are', () => {
  const made = { url: 'http://127.0.0.1:3000/voice/menu?lang=en', body: JSON.stringify(parsed, null, 2) };
  expect(ids({ signature: signed(made) })).toEqual(['url.scheme', 'url.host', 'body.pretty']);
});

test('whatever callflow signs matches', () => {
  const part = fc.string({ unit: 'grapheme', maxLength: 20 });
  const anyUrl = fc.oneof(
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
    part.map((text) => `https://ivr.example.test/${text}`),
  );
  fc.assert(
    fc.property(
      anyUrl,
      part,
      fc.json(),
      fc.uint8Array({ minLength: 64, maxLength: 64 }),
      (where, what, text, bytes) => {
        const made = sign(bytes, where, what, text);
        const request = { url: where, event: what, keys: [Buffer.from(bytes).toString('base64')], signature: made };
        expect(explainSignature({ ...request, body: Buffer.from(text) })).toMatchObject({
          matches: true,
          mistakes: [],
        });
      },
    ),
    { numRuns: 100 },
  );
});

test('no URL and no body is too odd to be explained, or not', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.uint8Array(), fc.string(), (where, what, bytes, made) => {
      const request = { url: where, event: what, keys: [key], signature: made, body: bytes };
      expect(explainSignature(request).matches).toBe(false);
    }),
    { numRuns: 20, examples: [[' ', '', new Uint8Array(), '']] },
  );
});

test('what no usual mistake explains is not explained', () => {
  expect(explainSignature({ ...right, keys: [otherKey] })).toMatchObject({ matches: false, mistakes: [] });
});

test('a fragment and a missing path are as the application sees them', () => {
  const made = signed({ url: 'https://ivr.example.test/' });
  expect(explainSignature({ ...right, url: 'https://ivr.example.test#top', signature: made }).matches).toBe(true);
});

const folder = mkdtempSync(join(tmpdir(), 'callflow-verify-'));
const file = join(folder, 'body.json');
writeFileSync(file, `${body}\n`);
const words = ['verify', '--url', url, '--event', event, '--signature', signature];

test.concurrent('callflow verify says that a signature matches', async ({ expect }) => {
  expect(await callflow([...words, '--key', otherKey, '--key', key, '--body', '-'], body)).toEqual({
    status: 0,
    stdout: 'The signature matches with key 2 of 2.\n',
    stderr: '',
  });
});

test.concurrent('callflow verify names the mistake', async ({ expect }) => {
  const { status, stdout } = await callflow([...words, '--key', key, '--body', file]);
  expect(status).toBe(1);
  expect(stdout).toMatchInlineSnapshot(`
    "The signature does not match. It would if:
      the body has no line break at its end  (body.trailingNewline)
        Editors and \`echo\` add one to a file: save the body without it, for example with printf.
    "
  `);
});

test.concurrent('callflow verify says when it knows no reason', async ({ expect }) => {
  const { status, stdout } = await callflow([...words, '--key', 'c2hvcnQ=', '--body', file]);
  expect(status).toBe(1);
  expect(stdout).toMatchInlineSnapshot(`
    "The signature does not match, and no usual mistake explains it.
      given     qV8q1X+iIb9gbMYgXbwEtTAy2jOq3Jk6ysc/OLGBECw=
      expected  cG5nRzHCo4hg7L9bnQcpVdoz+BLNEBhXtspyFzgsyLs=
      A key has 64 bytes; this one has 5.
    Is it the key of this project? Is the body complete, and the URL the one that was asked? A proxy may have changed
    the host: name others with --host.
    "
  `);
});

test.concurrent('--json is for programs', async ({ expect }) => {
  const { status, stdout } = await callflow([...words, '--key', key, '--body', file, '--json']);
  expect({ status, answer: JSON.parse(stdout) }).toEqual({
    status: 1,
    answer: {
      ok: false,
      expected: expect.any(String),
      key: 1,
      mistakes: [expect.objectContaining({ id: 'body.trailingNewline' })],
    },
  });
});

test.for([
  [['verify'], "USAGE required option '--url <url>' not specified"],
  [[...words, '--key', '!'], 'USAGE --key is not base64'],
  [[...words, '--key', key, '--body', join(folder, 'none')], 'FILE_NOT_READABLE '],
  [['verify', '--url', 'ivr', '--event', event, '--signature', signature, '--key', key], 'URL_NOT_VALID ivr'],
] as const)('%j is wrong usage', { concurrent: true }, async ([line, says], { expect }) => {
  const { status, stderr } = await callflow(line);
  expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining(`callflow: ${says}`) });
});

test.concurrent.for([
  ['--vendor', 'signalwire', '--signature', '0/KCTR6DLpKmkAf8muzZqo1nDgQ='],
  ['--signature', 'X-SignalWire-Signature: 0/KCTR6DLpKmkAf8muzZqo1nDgQ='],
])('callflow verify %j knows whose signature it is', async (more, { expect }) => {
  const form = 'CallSid=CA1234567890ABCDE&Caller=%2B12349013030&Digits=1234&From=%2B12349013030&To=%2B18005551212';
  const where = ['--url', 'https://mycompany.com/myapp.php?foo=1&bar=2', '--key', '12345', '--body', '-', '--json'];
  const { stdout } = await callflow(['verify', ...where, ...more], form);
  const { mistakes, ...found } = JSON.parse(stdout);
  expect(found).toMatchObject({ key: 1, expected: '0/KCTR6DLpKmkAf8muzZqo1nDgQ=' });
  expect(mistakes.map(({ id }: { id: string }) => id)).toEqual(more.length === 4 ? [] : ['signature.name']);
});

test.concurrent('callflow verify asks for the event where there is one', async ({ expect }) => {
  const { status, stderr } = await callflow(['verify', '--url', url, '--key', key, '--signature', signature]);
  expect([status, stderr]).toEqual([2, expect.stringContaining('--event is missing')]);
});
