import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { hmac } from '../../src/vendors/hmac.ts';

const texts = [
  '',
  'a',
  'Grüße, 😀',
  '\ud800 alone',
  'x'.repeat(55),
  'x'.repeat(56),
  'x'.repeat(1000),
  'ü'.repeat(9000),
];

test.for([0, 1, 20, 63, 64, 65, 200])('a key of %i bytes gives the digests of Node', (bytes) => {
  const key = Buffer.from(Array.from({ length: bytes }, (_, index) => 255 - index));
  for (const algorithm of ['sha1', 'sha256'] as const) {
    const theirs = texts.map((text) => createHmac(algorithm, key).update(text).digest('base64'));
    expect(texts.map((text) => hmac(algorithm, key, text))).toEqual(theirs);
  }
});

test('test case 2 of RFC 2202 and of RFC 4231', () => {
  const key = Buffer.from('Jefe');
  const text = 'what do ya want for nothing?';
  expect(Buffer.from(hmac('sha1', key, text), 'base64').toString('hex')).toBe(
    'effcdf6ae5eb2fa2d27416d5f184df9c259a7c79',
  );
  expect(Buffer.from(hmac('sha256', key, text), 'base64').toString('hex')).toBe(
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  );
});
