import { describe, expect, test } from 'vitest';
import { voiceml } from '../../src/dialects/voiceml/index.ts';
import { inResponse } from './documents.ts';

const codes = (document: string): string[] =>
  voiceml.parse({ body: inResponse(document), url: 'https://app.example/' }).problems.map(({ code }) => code);

/** Each number of VoiceML: the document around it, its smallest and its largest value. */
const numbers: [attribute: string, document: string, min: number, max: number | undefined][] = [
  ['Call MaxDurationSeconds', '<Call MaxDurationSeconds="N"><Endpoint>+61491570156</Endpoint></Call>', 1, 14_400],
  ['Call TimeoutSeconds', '<Call TimeoutSeconds="N"><Endpoint>+61491570156</Endpoint></Call>', 1, undefined],
  ['Endpoint TimeoutSeconds', '<Call><Endpoint TimeoutSeconds="N">+61491570156</Endpoint></Call>', 1, undefined],
  ['Input MaxDigitCount', '<Input MaxDigitCount="N"/>', 1, 128],
  ['Input TimeoutSeconds', '<Input TimeoutSeconds="N"/>', 1, 30],
  ['Play LoopCount', '<Play LoopCount="N">a.mp3</Play>', 1, 1000],
  ['Record MaxDurationSeconds', '<Record MaxDurationSeconds="N"/>', 1, 3600],
  ['Record TimeoutSeconds', '<Record TimeoutSeconds="N"/>', 1, 30],
  ['Wait DurationSeconds', '<Wait DurationSeconds="N"/>', 1, 3600],
];

describe.for(numbers)('%s', ([, document, min, max]) => {
  const within = [min, min + 1, ...(max === undefined ? [1_000_000] : [max - 1, max])];
  const outside = [min - 1, -min, ...(max === undefined ? [] : [max + 1])];

  test.for([...within.map(String), ` ${min} `, `+${min}`, `00${min}`])('%s is accepted', (number) => {
    expect(codes(document.replace('N', number))).toEqual([]);
  });

  test.for([...outside.map(String), '', 'x', '1.5', '1e1', '0x10', '１', '1 0', '99999999999999999999'])(
    '%s is refused',
    (number) => {
      expect(codes(document.replace('N', number))).toEqual(['ATTRIBUTE_NOT_VALID']);
    },
  );
});

test.for([
  ['a text of 5000 characters', 5000, []],
  ['a text of 5001 characters', 5001, ['TEXT_NOT_VALID']],
] as const)('%s in <Say>', ([, length, expected]) => {
  const characters = '\u{1F600}'.repeat(length);
  expect(codes(`<Say> ${characters} </Say>`)).toEqual(expected);
  expect(codes(`<Play>tts:${encodeURIComponent(characters)}</Play>`)).toEqual(expected);
});

test.for([
  ['', []],
  ['x'.repeat(64), []],
  ['\u{1F600}'.repeat(64), []],
  ['x'.repeat(65), ['ATTRIBUTE_NOT_VALID']],
] as const)('an error message of %s', ([message, expected]) => {
  expect(codes(`<Reject ErrorMessage="${message}"/>`)).toEqual(expected);
});

test.for([
  ['projects/demo/streams/s', []],
  [`projects/demo/streams/${'s'.repeat(36)}`, []],
  [`projects/demo/streams/${'s'.repeat(37)}`, ['TEXT_NOT_VALID']],
  ['projects//streams/s', ['TEXT_NOT_VALID']],
  ['projects/demo/streams/', ['TEXT_NOT_VALID']],
  ['projects/demo/calls/s', ['TEXT_NOT_VALID']],
] as const)('the stream %s', ([name, expected]) => {
  expect(codes(`<Stream>${name}</Stream>`)).toEqual(expected);
});

test.for(['true', 'false', '1', '0', 'TRUE', ' False '])('PlayBeep may be %s', (value) => {
  expect(codes(`<Record PlayBeep="${value}"/>`)).toEqual([]);
});

test.for(['', 'yes', '2', 'constructor', '__proto__'])('PlayBeep must not be %s', (value) => {
  expect(codes(`<Record PlayBeep="${value}"/>`)).toEqual(['ATTRIBUTE_NOT_VALID']);
});
