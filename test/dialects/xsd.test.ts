import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { afterAll, describe, expect, test } from 'vitest';
import { voiceml } from '../../src/dialects/voiceml/index.ts';
import { documentsIn } from './documents.ts';

const xsd = voiceml.toXsd();

test('the schema in grammars/ is fresh', async () => {
  await expect(xsd).toMatchFileSnapshot('../../grammars/voiceml.xsd');
});

/** Where the schema and the parser differ, and why they should. */
const differences: Record<string, string> = {
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
};

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
  const documents = [...documentsIn('good/voiceml'), ...documentsIn('bad/voiceml')];

  test.for(documents)('$name', ({ name, body }) => {
    const { program } = voiceml.parse({ body, url: 'https://app.example/' });
    expect(isValid(body) === (program !== undefined)).toBe(!(name in differences));
  });

  test('what differs is a document of ours', () => {
    expect(documents.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(differences)));
  });
});
