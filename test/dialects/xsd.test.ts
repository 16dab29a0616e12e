import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { afterAll, describe, expect, test } from 'vitest';
import type { Dialect } from '../../src/dialects/dialect.ts';
import { laml } from '../../src/dialects/laml/index.ts';
import { voiceml } from '../../src/dialects/voiceml/index.ts';
import type { ErrorCode } from '../../src/errors.ts';
import { documentsIn } from './documents.ts';

interface Judged {
  dialect: Dialect;
  /** Where the schema and the parser differ, and why they should. */
  differences: Record<string, string>;
  /** What the parser says that is no mistake in the eyes of a schema; every warning unless given. */
  notMistakes?: readonly ErrorCode[];
}

const judged: Judged[] = [
  {
    dialect: voiceml,
    differences: {
      empty: 'no XML at all, which VoiceML takes for an empty response',
      'white-space': 'no XML at all, which VoiceML takes for an empty response',
      'lower-case': 'XML Schema minds the case of names',
      'mixed-case': 'XML Schema minds the case of names',
      'record-everything': 'XML Schema minds the case of values',
      'unknown-attributes': 'an unknown attribute is ignored; an editor should still underline it',
      'wrong-utf-16-declaration': 'libxml2 believes the declaration rather than the bytes',
      doctype: 'libxml2 reads document types, we refuse them',
      'input-with-digits': 'XML Schema has one <Play>, in <Input> and outside',
      'play-by-ftp': 'XML Schema does not look into URIs',
      'redirect-by-a-scheme-of-its-own': 'XML Schema does not look into URIs',
      'play-nothing': 'XML Schema cannot ask for an attribute or a text',
      'play-digits-and-file': 'XML Schema cannot forbid a text because of an attribute',
      'play-digits-and-loop': 'XML Schema cannot forbid an attribute because of another',
    },
  },
  {
    dialect: laml,
    notMistakes: ['ATTRIBUTE_IGNORED', 'ELEMENT_UNREACHABLE'],
    differences: {
      'conference-and-number': 'XML Schema 1.0 cannot say which elements exclude each other',
      'eleven-numbers': 'XML Schema cannot count the elements of one name among others',
      'enqueue-nameless': 'XML Schema cannot ask for an attribute or a text',
      'leave-elsewhere': 'XML Schema does not know what a document was asked for',
      'play-nothing': 'XML Schema does not look into URLs, nor ask for an attribute or a text',
      'redirect-nowhere': 'XML Schema does not look into URLs',
      'sip-and-number': 'XML Schema 1.0 cannot say which elements exclude each other',
      'stream-with-a-wrong-url': 'XML Schema has one <Stream>, in <Start> and in <Stop>',
      'two-conferences': 'XML Schema cannot count the elements of one name among others',
      doctype: 'libxml2 reads document types, we refuse them',
    },
  },
];

describe.for(judged)('$dialect.name', ({ dialect, differences, notMistakes }) => {
  const xsd = dialect.toXsd();

  test('the schema in grammars/ is fresh', async () => {
    await expect(xsd).toMatchFileSnapshot(`../../grammars/${dialect.name}.xsd`);
  });

  const validator = XsdValidator.fromDoc(XmlDocument.fromString(xsd));
  afterAll(() => validator.dispose());

  function isValid(body: Uint8Array): boolean {
    let document: XmlDocument | undefined;
    try {
      document = XmlDocument.fromBuffer(body);
      validator.validate(document);
      return true;
    } catch {
      return false;
    } finally {
      document?.dispose();
    }
  }

  describe('libxml2, with the schema, agrees with the parser about', () => {
    const documents = [...documentsIn(`good/${dialect.name}`), ...documentsIn(`bad/${dialect.name}`)];

    test.for(documents)('$name', ({ name, body }) => {
      const { program, problems } = dialect.parse({ body, url: 'https://app.example/', contentType: 'text/xml' });
      const isRight = program !== undefined && problems.every(({ code }) => notMistakes?.includes(code) ?? true);
      expect(isValid(body) === isRight).toBe(!(name in differences));
    });

    test('what differs is a document of ours', () => {
      expect(documents.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(differences)));
    });
  });
});
