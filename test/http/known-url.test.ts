import { expect, test } from 'vitest';
import { knownUrl } from '../../src/http/known-url.ts';

test.for([
  ['https://app.example/voice?a=1', { origin: 'https://app.example', path: '/voice?a=1', isHttp: true }],
  ['https://app.example', { href: 'https://app.example/', path: '/' }],
  ['HTTP://App.Example:80/a/../b', { href: 'http://app.example/b', origin: 'http://app.example', path: '/b' }],
  [
    'https://app.example/voice?a=1#rt=900',
    { href: 'https://app.example/voice?a=1', seen: 'https://app.example/voice?a=1' },
  ],
  ['https://app.example/voice#', { href: 'https://app.example/voice' }],
  [
    'https://ann:p%40ss@app.example/voice#x',
    {
      href: 'https://ann:p%40ss@app.example/voice',
      seen: 'https://app.example/voice',
      origin: 'https://app.example',
      authorization: `Basic ${btoa('ann:p@ss')}`,
    },
  ],
  ['https://app.example/', { authorization: undefined }],
  ['sip:ann@app.example', { isHttp: false, href: 'sip:ann@app.example' }],
] as const)('what a request needs of %s', ([text, parts]) => {
  expect(knownUrl(text)).toMatchObject(parts);
  expect(knownUrl(text)).toBe(knownUrl(text));
});

test('what is no URL is not known', () => {
  expect(knownUrl('voice')).toBeUndefined();
  expect(knownUrl('')).toBeUndefined();
});

test('thousands of URLs with queries of their own do not stay', () => {
  const first = knownUrl('https://app.example/?n=0');
  for (let n = 1; n < 2_000; n++) expect(knownUrl(`https://app.example/?n=${n}`)?.path).toBe(`/?n=${n}`);
  expect(knownUrl('https://app.example/?n=0')).not.toBe(first);
  expect(knownUrl('https://app.example/?n=0')).toEqual(first);
});

test('a long one is not kept', () => {
  const long = `https://app.example/?text=${'a'.repeat(2_000)}`;
  expect(knownUrl(long)).not.toBe(knownUrl(long));
  expect(knownUrl(long)).toEqual(knownUrl(long));
});
