import { expect, test } from 'vitest';
import { laml } from '../../src/dialects/laml/index.ts';

const url = 'https://app.example/';
const parse = (document: string) => laml.parse({ body: Buffer.from(document), contentType: 'text/xml', url });
const codes = (document: string): string[] => [...new Set(parse(document).problems.map(({ code }) => code))];
const full = (before: string, each: string, after: string): string =>
  before + each.repeat(Math.floor((laml.maxBytes - before.length - after.length) / each.length)) + after;

test('64 kB are read, one byte more are not', () => {
  const largest = `<Response>${' '.repeat(laml.maxBytes - 21)}</Response>`;
  expect(laml.maxBytes).toBe(65_536);
  expect(codes(largest)).toEqual([]);
  expect(codes(`${largest} `)).toEqual(['DOCUMENT_TOO_LARGE']);
});

/** Each is as large as a document may be, and full of what a careless reader is slow with. */
test.for([
  ['breaks', full('<Response><Say>', '<break/>', '</Say></Response>'), []],
  ['texts between breaks', full('<Response><Say>', '<break/>a', '</Say></Response>'), ['TEXT_NOT_VALID']],
  ['nested SSML', full('<Response><Say>', '<p>', ''), ['DOCUMENT_TOO_DEEP']],
  ['numbers', full('<Response><Dial>', '<Number/>', '</Dial></Response>'), ['TEXT_MISSING']],
  [
    'headers',
    `<Response><Dial><Sip>sip:a@b?${Array.from({ length: 5000 }, (_, at) => `x${at}=1`).join('&amp;')}</Sip></Dial></Response>`,
    ['SIP_ADDRESS_NOT_VALID'],
  ],
  ['hints', full('<Response><Gather input="speech" hints="', 'a,', '"/></Response>'), []],
  ['keys', full('<Response><Gather finishOnKey="', '1', '"/></Response>'), []],
  ['words', full('<Response><Gather input="', 'dtmf ', '"/></Response>'), []],
  ['punctuation', full('<Response><Dial>', '-.( )', '</Dial></Response>'), ['CALL_NUMBER_NOT_VALID']],
  ['a long pause', full('<Response><Say><break time="', '1', 's"/></Say></Response>'), ['ATTRIBUTE_NOT_VALID']],
  ['a long host', full('<Response><Dial><Sip>sip:', 'a-', '</Sip></Dial></Response>'), ['SIP_ADDRESS_NOT_VALID']],
  ['a long type', full('<Response><Say>', 'x ', '</Say></Response>'), ['TEXT_NOT_VALID']],
] as const)('%s are no trouble', ([, document, expected]) => {
  expect(codes(document)).toEqual(expected);
});

test('after a hundred problems, no more are told, and the document is still executed', () => {
  const { program, problems } = parse(`<Response>${'<Foo/>'.repeat(200)}<Say>Hi</Say></Response>`);
  expect(problems).toHaveLength(100);
  expect(program?.instructions).toHaveLength(1);
});

test('the same attribute in another case is another one, and ignored', () => {
  expect(parse('<Response><Pause length="2" Length="3" LENGTH="4"/></Response>')).toMatchObject({
    program: { instructions: [{ sounds: [{ ms: 2000 }] }, { verb: 'hangUp' }] },
    problems: [{ code: 'ATTRIBUTE_UNKNOWN' }, { code: 'ATTRIBUTE_UNKNOWN' }],
  });
});

test.for([
  ['a query', 'sip:a@b.example?X-A=1%0d%0aVia:%20evil&amp;X-B=2', ''],
  ['an element', 'sip:a@b.example?X-B=2', '<Headers><Header name="X-A" value="1&#13;&#10;Via: evil"/></Headers>'],
  ['a name', 'sip:a@b.example?X-B=2', '<Headers><Header name="X A: 1" value="2"/></Headers>'],
])('a SIP header that would begin another line, in %s, is left out', ([, uri, headers]) => {
  const { program, problems } = parse(`<Response><Dial><Sip>${uri}${headers}</Sip></Dial></Response>`);
  expect(problems.map(({ code, severity }) => [code, severity])).toEqual([['SIP_ADDRESS_NOT_VALID', 'warning']]);
  expect(JSON.stringify(program)).toContain('"headers":{"X-B":"2"}');
});

const address = (length: number) => `sip:${'a'.repeat(length - 'sip:@b.example'.length)}@b.example`;

test.for([
  [254, [], address(254)],
  [255, ['SIP_ADDRESS_NOT_VALID'], ''],
] as const)('a SIP address of %i characters: %o', ([length, expected, to]) => {
  const { program, problems } = parse(`<Response><Dial><Sip>${address(length)}</Sip></Dial></Response>`);
  expect(problems.map(({ code }) => code)).toEqual(expected);
  expect(program?.instructions).toMatchObject([{ verb: 'dial', targets: [{ to }] }]);
});

test.for([
  [1023, []],
  [1024, ['SIP_ADDRESS_NOT_VALID']],
] as const)('SIP headers of %i characters: %o', ([length, expected]) => {
  const uri = `sip:a@b.example?X-A=${'a'.repeat(length - 'X-A,'.length)}`;
  expect(codes(`<Response><Dial><Sip>${uri}</Sip></Dial></Response>`)).toEqual(expected);
});
