import fc from 'fast-check';
import { XmlDocument } from 'libxml2-wasm';
import { expect, test } from 'vitest';
import type { Dialect, Source } from '../../src/dialects/dialect.ts';
import { laml } from '../../src/dialects/laml/index.ts';
import { voiceml } from '../../src/dialects/voiceml/index.ts';
import { readXml } from '../../src/dialects/xml.ts';
import { errors } from '../../src/errors.ts';
import { documentsIn } from './documents.ts';

const url = 'https://app.example/';
const documents = ['good/voiceml', 'bad/voiceml', 'good/laml', 'bad/laml'].flatMap((folder) =>
  documentsIn(folder).map(({ body }) => body),
);
const originals = fc.constantFrom(...documents);

/** A program and no error, or an error and no program; every problem with a code of the table and a place in the text. */
function answersOrRefuses(source: Source): void {
  reads(voiceml, source);
  reads(laml, source);
  const asXml = reads(laml, { ...source, contentType: 'text/xml' });
  // LaML forgives whatever is XML with the right root.
  expect(asXml.problems.filter(({ code, severity }) => severity === 'error' && !code.startsWith('DOCUMENT_'))).toEqual(
    [],
  );
}

function reads(dialect: Dialect, source: Source): ReturnType<Dialect['parse']> {
  const { program, problems } = dialect.parse(source);
  const failed = problems.some(({ severity }) => severity === 'error');
  expect(program === undefined).toBe(failed);
  for (const { code, line, column, message } of problems) {
    expect(errors).toHaveProperty(code);
    expect(Number.isInteger(line) && line >= 1 && Number.isInteger(column) && column >= 1).toBe(true);
    expect(message).not.toMatch(/undefined|\[object|NaN/);
  }
  return { problems };
}

const check = (body: fc.Arbitrary<Uint8Array>, numRuns: number): void =>
  fc.assert(
    fc.property(body, (bytes) => answersOrRefuses({ body: bytes, url })),
    { numRuns, seed: 20_240_501 },
  );

test('any bytes are answered or refused', () => {
  check(fc.uint8Array({ maxLength: 200 }), 3000);
});

test('any text is answered or refused, whatever its content type says', () => {
  const sources = fc.tuple(fc.string({ unit: 'binary', maxLength: 100 }), fc.string({ maxLength: 20 }));
  fc.assert(
    fc.property(sources, ([text, charset]) =>
      answersOrRefuses({ body: Buffer.from(text), url, contentType: `text/xml; charset=${charset}` }),
    ),
    { numRuns: 2000, seed: 20_240_501 },
  );
});

/** The bits that markup is made of, so that what comes out is nearly XML. */
const bits = [
  ...['<', '>', '</', '/>', '=', '"', "'", ' ', '\n', '&', ';', '&amp;', '&#65;', '&#x;', '<!--', '-->', '<![CDATA['],
  ...[']]>', '<?xml version="1.0"?>', '<?', '?>', '<!', 'x', '1', '#', ':', '\u{1F600}', '\0', '__proto__', 'toString'],
  ...[
    'constructor',
    '<Response>',
    '</Response>',
    '<Say>',
    '</Say>',
    '<Input',
    '<Play',
    '<Call>',
    '</Call>',
    '<Endpoint>',
  ],
  ...[
    '</Endpoint>',
    '+61491570156',
    ' MaxDigitCount="1"',
    ' NextUri="a"',
    ' Digits="1"',
    ...[
      '<Dial>',
      '</Dial>',
      '<Number>',
      '</Number>',
      '<Gather',
      '<Conference',
      '<Sip',
      '<break time="1s"/>',
      '<p>',
      '</p>',
    ],
    ...[
      ' numDigits="1"',
      ' finishOnKey="',
      ' method="PUT"',
      ' loop="0"',
      ' coach="x"',
      '<Stop>',
      '<Stream',
      '<Connect>',
    ],
    'tts:',
    'sip:',
    'http://',
    '%',
    '?',
  ],
];

test('any mixture of the bits of markup is answered or refused', () => {
  const texts = fc.array(fc.constantFrom(...bits), { maxLength: 30 });
  check(
    texts.map((parts) => Buffer.from(parts.join(''))),
    4000,
  );
  check(
    texts.map((parts) => Buffer.from(`<Response>${parts.join('')}</Response>`)),
    4000,
  );
});

test('a document with some of it cut out, doubled or replaced is answered or refused', () => {
  const changes = fc.array(fc.tuple(fc.nat(), fc.nat(20), fc.constantFrom('', ...bits)), {
    minLength: 1,
    maxLength: 4,
  });
  const mutated = fc.tuple(originals, changes).map(([body, edits]) => {
    let text = Buffer.from(body).toString('latin1');
    for (const [at, length, put] of edits) {
      const from = at % (text.length + 1);
      text = text.slice(0, from) + put + text.slice(from + length);
    }
    return Buffer.from(text, 'latin1');
  });
  check(mutated, 6000);
});

function isXmlToLibxml2(body: Uint8Array): boolean {
  try {
    XmlDocument.fromBuffer(body).dispose();
    return true;
  } catch {
    return false;
  }
}

test('what libxml2 takes for XML we take for XML, but for reserved names, and nothing else', () => {
  const strange = /__proto__|constructor|[:\0]/;
  const texts = fc.array(
    fc.constantFrom(...bits.filter((bit) => !strange.test(bit)), 'a', 'a="1"', '</a>', '<a>', '<a'),
    {
      maxLength: 12,
    },
  );
  fc.assert(
    fc.property(texts, fc.boolean(), (parts, isInside) => {
      const text = isInside ? `<a>${parts.join('')}</a>` : parts.join('');
      const body = Buffer.from(text);
      expect({ text, isXml: readXml({ body, maxBytes: 10_000 }).root !== undefined }).toEqual({
        text,
        isXml: isXmlToLibxml2(body),
      });
    }),
    { numRuns: 6000, seed: 20_240_501 },
  );
});

test('the same document means the same every time', () => {
  for (const body of documents)
    for (const dialect of [laml, voiceml]) expect(dialect.parse({ body, url })).toEqual(dialect.parse({ body, url }));
});
