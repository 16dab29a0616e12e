import { afterEach, expect, test } from 'vitest';
import type { Dialect, Parsed, Source } from '../../src/dialects/dialect.ts';
import { dialects } from '../../src/dialects/index.ts';
import { ReadDocuments } from '../../src/handler/read-documents.ts';
import { application } from '../http/far-side.ts';
import { asker } from './asked.ts';
import { says } from './faulty.ts';

const laml = dialects.laml!;
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close();
});

const source = (document: string | Uint8Array, more: Partial<Source> = {}): Source => ({
  body: Buffer.from(document),
  url: 'https://app.example/start',
  contentType: 'text/xml',
  ...more,
});
const saying = (text: string | number) => source(`<Response><Say>${text}</Say></Response>`);

/** The dialect, and how often it has read. */
function counting(dialect: Dialect = laml): Dialect & { times: number } {
  const counted = {
    ...dialect,
    times: 0,
    parse: (document: Source): Parsed => {
      counted.times++;
      return dialect.parse(document);
    },
  };
  return counted;
}

test('a document that comes for the third time is what it was for the second time', () => {
  const known = new ReadDocuments();
  const dialect = counting();
  const [first, second, third] = [1, 2, 3].map(() => known.read(dialect, saying('Hi')));
  expect(third).toBe(second);
  expect(second).toEqual(first);
  expect(dialect.times).toBe(2);
});

test('what is wrong with a document that is refused is remembered too', () => {
  const known = new ReadDocuments();
  const dialect = counting(dialects.voiceml);
  const [, second, third] = [1, 2, 3].map(() => known.read(dialect, source('<Response><Hangup/></Response>')));
  expect(second!.problems).toMatchObject([{ code: 'ELEMENT_UNKNOWN', line: 1, column: 11 }]);
  expect(third).toBe(second);
});

const hi = '<Response><Say>Hi</Say></Response>';

test.for([
  ['other bytes', source(hi), source('<Response><Say>Ho</Say></Response>')],
  ['bytes that no text has', source(Buffer.from([0x3c, 0xfe])), source(Buffer.from([0x3c, 0xff]))],
  ['another URL', source(hi), source(hi, { url: 'https://app.example/other' })],
  ['another name in the URL', source(hi), source(hi, { url: 'https://ann:secret@app.example/start' })],
  ['another content type', source(hi), source(hi, { contentType: 'text/plain' })],
  ['no content type', source(hi), source(hi, { contentType: undefined })],
  ['a content type called undefined', source(hi, { contentType: 'undefined' }), source(hi, { contentType: undefined })],
  ['a content type that ends later', source('b\nc', { contentType: 'a' }), source('c', { contentType: 'a\nb' })],
  ['another purpose', source(hi), source(hi, { purpose: 'wait' })],
] as const)('%s: another document', ([, one, other]) => {
  const known = new ReadDocuments();
  for (const each of [one, other, one, other]) known.read(laml, each);
  expect(known.read(laml, one)).toEqual(laml.parse(one));
  expect(known.read(laml, other)).toEqual(laml.parse(other));
  expect(known.read(laml, one)).not.toBe(known.read(laml, other));
});

test('the same in another dialect is another document', () => {
  const known = new ReadDocuments();
  for (const name of ['laml', 'voiceml', 'laml', 'voiceml', 'laml', 'voiceml'])
    expect(known.read(dialects[name]!, saying('Hi')).program).toMatchObject({ dialect: name });
});

/** How often so many documents are read when they come three times, one round after the other. */
function readings(documents: readonly Source[]): number {
  const known = new ReadDocuments();
  const dialect = counting();
  for (let round = 0; round < 3; round++) for (const each of documents) known.read(dialect, each);
  return dialect.times;
}

const several = (count: number, length: number) =>
  Array.from({ length: count }, (_, index) => saying(`${index}`.padEnd(length - 32)));

test.for([
  ['500 small documents', several(500, 100), 2],
  ['1,001 small documents', several(1001, 100), 3],
  ['30 of 16 KiB', several(30, 16 * 1024), 2],
  ['70 of 16 KiB, more than a million characters', several(70, 16 * 1024), 3],
  ['one of more than 16 KiB', several(1, 16 * 1024 + 1), 3],
] as const)('%s, three times in turns', ([, documents, times]) => {
  expect(documents[0]!.body.byteLength).toBeGreaterThanOrEqual(100);
  expect(readings(documents)).toBe(documents.length * times);
});

test('what is used stays, however many others come and go', () => {
  const known = new ReadDocuments();
  const dialect = counting();
  for (let round = 0; round < 2; round++) known.read(dialect, saying('often'));
  for (let other = 0; other < 2000; other++) {
    for (let round = 0; round < 2; round++) known.read(laml, saying(other));
    known.read(dialect, saying('often'));
  }
  expect(dialect.times).toBe(2);
});

test('thousands that come only once do not make a document forgotten', () => {
  const known = new ReadDocuments();
  const dialect = counting();
  for (let round = 0; round < 2; round++) known.read(dialect, saying('often'));
  const before = known.read(dialect, saying('often'));
  for (let other = 0; other < 10_000; other++) known.read(laml, saying(other));
  known.read(dialect, saying('often')); // it counts as new, and is read once more
  expect(known.read(dialect, saying('often'))).toBe(before);
});

test('calls share the program of a document, and one handler knows nothing of another', async () => {
  const app = await application({ '/start': says('<Response><Say>Hello</Say></Response>') });
  open.push(app);
  const programs = async (one = asker()) => {
    open.push(one);
    const answers = [];
    for (let call = 0; call < 4; call++) answers.push(...(await one.ask([`${app.origin}/start`])).answers);
    return answers.slice(2).map((answer) => answer.type === 'program' && answer.program);
  };
  const [here, again] = await programs();
  const [elsewhere] = await programs();
  expect(here).toMatchObject({ instructions: [{ verb: 'play' }] });
  expect(again).toBe(here);
  expect(elsewhere).toEqual(here);
  expect(elsewhere).not.toBe(here);
});

test('in these tests, whoever changes a program that calls share throws', () => {
  const { program } = laml.parse(source('<Response><Dial><Number>+61255501234</Number></Dial></Response>'));
  const [dial] = program!.instructions;
  expect([program, program!.instructions, dial, dial!.at].every(Object.isFrozen)).toBe(true);
  if (dial?.verb !== 'dial') throw new Error(`${dial?.verb}`);
  expect(() => Object.assign(dial.targets[0]!, { to: 'nobody' })).toThrow(TypeError);
});
