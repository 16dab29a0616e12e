import { expect, test } from 'vitest';
import { toForm, withQuery } from '../../../src/vendors/signalwire/form.ts';

test.for([
  ['https://app.example/', 'https://app.example/?a=1'],
  ['https://app.example/?', 'https://app.example/?a=1'],
  ['https://app.example/?x=2', 'https://app.example/?x=2&a=1'],
  ['https://app.example/?x=2&', 'https://app.example/?x=2&a=1'],
  ['https://app.example/?x=2#rt=900', 'https://app.example/?x=2&a=1#rt=900'],
  ['https://app.example/#where?', 'https://app.example/?a=1#where?'],
] as const)('%s with a form behind its query is %s', ([url, asked]) => {
  expect(withQuery(url, 'a=1')).toBe(asked);
  expect(withQuery(url, '')).toBe(url);
});

test('a form has what is known, encoded', () => {
  expect(toForm({ To: '+15550100', Name: 'Ann & Co', Empty: '', Unknown: undefined })).toBe(
    'To=%2B15550100&Name=Ann+%26+Co&Empty=',
  );
});

test('a form is what URLSearchParams makes of it, whatever it says', () => {
  const texts = [
    '',
    'plain-1._*',
    'a b+c',
    '100 % & = ? #',
    "!'()~",
    'grüß 世界 🥐',
    'a lone \ud800',
    '\n\t\0\u007f',
    '"<>[]{}|^`@:;,/$',
  ];
  for (const text of texts) {
    const parameters = { Text: text, [`SipHeader_X-${text}`]: text };
    expect(toForm(parameters)).toBe(new URLSearchParams(parameters).toString());
  }
});
