import { expect, test } from 'vitest';
import { voiceml } from '../../src/dialects/voiceml/index.ts';

const url = 'https://app.example/';
const codesOf = (body: Uint8Array): string[] => voiceml.parse({ body, url }).problems.map(({ code }) => code);
const codes = (document: string): string[] => codesOf(Buffer.from(document));
const full = (before: string, each: string, after: string): string =>
  before + each.repeat(Math.floor((voiceml.maxBytes - before.length - after.length) / each.length)) + after;

test('20 MB are refused unread', () => {
  expect(codesOf(new Uint8Array(20_000_000))).toEqual(['DOCUMENT_TOO_LARGE']);
});

test('256 KiB are read, one byte more are not', () => {
  const largest = `<Response>${' '.repeat(voiceml.maxBytes - 21)}</Response>`;
  expect(codes(largest)).toEqual([]);
  expect(codes(`${largest} `)).toEqual(['DOCUMENT_TOO_LARGE']);
});

test('10,000 elements are read, one more is not', () => {
  expect(codes(`<Response>${'<Wait/>'.repeat(9_999)}</Response>`)).toEqual([]);
  expect(codes(`<Response>${'<Wait/>'.repeat(10_000)}</Response>`)).toEqual(['DOCUMENT_TOO_MANY_ELEMENTS']);
});

test('100,000 levels are refused at the 65th', () => {
  const { problems } = voiceml.parse({ body: Buffer.from('<a>'.repeat(80_000)), url });
  expect(problems).toEqual([
    {
      line: 1,
      column: 64 * 3 + 1,
      code: 'DOCUMENT_TOO_DEEP',
      severity: 'error',
      message: '<a> is nested more than 64 levels deep',
    },
  ]);
  expect(codes('<a>'.repeat(100_000))).toEqual(['DOCUMENT_TOO_LARGE']);
});

/** What makes a careless scanner, parser or message slow: each is as large as a document may be. */
test.for([
  ['comments', full('<Response>', '<!---->', '</Response>'), []],
  ['processing instructions', full('<Response>', '<?a?>\n', '</Response>'), []],
  ['references', full('<Response><Say>', '&#160;', '</Say></Response>'), []],
  ['elements before one reference', `<Response>${'<Wait/>'.repeat(9_990)}<Say>&amp;</Say></Response>`, []],
  ['CDATA sections', full('<Response><Say>', '<![CDATA[]]>', '</Say></Response>'), []],
  ['line ends', full('<Response>', '\r\n', '</Response>'), []],
  ['white space in a tag', full('<Response><Wait', ' ', '/></Response>'), []],
  ['an open tag', full('<Response><Wait', ' a', ''), ['DOCUMENT_NOT_XML']],
  ['an open quotation mark', full('<Response><Wait a="', 'x', ''), ['DOCUMENT_NOT_XML']],
  ['apostrophes', full('<Response><Wait a', "'", '</Response>'), ['DOCUMENT_NOT_XML']],
  ['ampersands', full('<Response><Say>', '&', '</Say></Response>'), ['DOCUMENT_NOT_XML']],
  ['an endless entity', full('<Response><Say>&', 'a', '</Say></Response>'), ['DOCUMENT_NOT_XML']],
  ['less-than signs', full('<Response>', '<', ''), ['DOCUMENT_NOT_XML']],
  ['a long text', full('<Response><Say>', 'x', '</Say></Response>'), ['TEXT_NOT_VALID']],
  ['a long name', full('<Response><', 'x', '/></Response>'), ['ELEMENT_UNKNOWN']],
  ['a long attribute', full('<Response><Say ', 'x', '="1"/></Response>'), ['ATTRIBUTE_UNKNOWN']],
  ['a long number', full('<Response><Wait DurationSeconds="', '1', '"/></Response>'), ['ATTRIBUTE_NOT_VALID']],
  ['a long scheme', full('<Response><Redirect>', 'x', ':</Redirect></Response>'), ['TEXT_NOT_VALID']],
  ['a long SIP URI', full('<Response><Redirect>sip:', 'a-', '@</Redirect></Response>'), ['TEXT_NOT_VALID']],
] as const)('%s are no trouble', ([, document, expected]) => {
  expect(codes(document)).toEqual(expected);
});

test('after a hundred problems, no more are told', () => {
  expect(codes(`<Response>${'<Wait a="1"/>'.repeat(200)}</Response>`)).toHaveLength(100);
});

test('an error after a hundred warnings still refuses the document, and is told', () => {
  const { program, problems } = voiceml.parse({
    body: Buffer.from(`<Response>${'<Wait a="1"/>'.repeat(200)}<Hangup/></Response>`),
    url,
  });
  expect(program).toBeUndefined();
  expect(problems).toHaveLength(101);
  expect(problems.at(-1)).toMatchObject({ code: 'ELEMENT_UNKNOWN', column: 11 + 200 * 13 });
});

test('attributes that differ only in case are no trouble', () => {
  const spellings = Array.from({ length: 4096 }, (_, bits) =>
    [...'MaxDigitCount'].map((letter, at) => ((bits >> at) & 1 ? letter.toUpperCase() : letter.toLowerCase())).join(''),
  );
  const names = [...new Set(spellings)];
  const found = codes(`<Response><Input ${names.map((name) => `${name}="1"`).join(' ')}/></Response>`);
  expect(new Set(found)).toEqual(new Set(['ATTRIBUTE_CONFLICT']));
});
