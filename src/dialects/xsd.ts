/** A grammar as an XML Schema: for editors, and as a second judge of our parser. */
import type { Attribute, ElementGrammar, Kind, SimpleType } from './grammar.ts';
import type { Language } from './language.ts';

/** The schema of a language; names and words as the vendor writes them, since XML Schema minds the case. */
export function toXsd({ name, root, elements, note }: Language): string {
  const all = [root, ...elements.values()];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<!-- ${name}: made from the grammar in src/dialects/${name}. Do not edit. -->`,
    ...(note === undefined ? [] : [`<!-- ${note} -->`]),
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">',
    ...indent(elementLines(root)),
    ...all.flatMap((each) => ['', ...indent(typeLines(each))]),
    '</xs:schema>',
    '',
  ].join('\n');
}

function elementLines({ name, about }: ElementGrammar): string[] {
  return [`<xs:element name="${name}" type="${name}">`, ...indent(documentation(about)), '</xs:element>'];
}

function typeLines(grammar: ElementGrammar): string[] {
  const { name, text, content } = grammar;
  const attributes = attributesOf(grammar);
  const isMixed = text !== undefined && (content.length > 0 || grammar.anything);
  if (!text || isMixed) {
    const about = isMixed ? documentation(text.about) : [];
    const mixed = isMixed ? ' mixed="true"' : '';
    return wrap('complexType', ` name="${name}"${mixed}`, [...about, ...insideLines(grammar), ...attributes]);
  }
  const extension = wrap('extension', ` base="${name}Text"`, attributes);
  return [
    ...wrap('simpleType', ` name="${name}Text"`, [...documentation(text.about), ...restriction(textType(text))]),
    '',
    ...wrap('complexType', ` name="${name}"`, wrap('simpleContent', '', extension)),
  ];
}

/** An optional text may be empty, whatever it is when it is there. */
function textType({ xsd, required }: Kind<unknown> & { required: boolean }): SimpleType {
  if (required) return xsd;
  const { minLength: _, ...rest } = xsd;
  return rest;
}

const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';

/** Those of XML itself, such as xml:lang, have no schema here: they may just be there, behind all others. */
function attributesOf({ attributes }: ElementGrammar): string[] {
  const entries = Object.entries(attributes);
  const ofXml = entries.filter(([key]) => key.startsWith('xml:'));
  return [
    ...entries.filter((entry) => !ofXml.includes(entry)).flatMap(([key, each]) => attributeLines(key, each)),
    ...ofXml.flatMap(([key, { about }]) =>
      wrap('anyAttribute', ` namespace="${xmlNamespace}" processContents="skip"`, documentation(`${key}: ${about}`)),
    ),
  ];
}

function insideLines(grammar: ElementGrammar): string[] {
  if (grammar.anything)
    return wrap('sequence', '', ['<xs:any processContents="skip" minOccurs="0" maxOccurs="unbounded"/>']);
  return grammar.content.length > 0 ? choiceLines(grammar) : [];
}

function choiceLines({ content, min, max }: ElementGrammar): string[] {
  const most = max === Number.POSITIVE_INFINITY ? 'unbounded' : max;
  return wrap('choice', ` minOccurs="${min}" maxOccurs="${most}"`, content.flatMap(elementLines));
}

function attributeLines(name: string, { about, required, defaultText, xsd }: Attribute<unknown>): string[] {
  const use = required ? ' use="required"' : defaultText === undefined ? '' : ` default="${escaped(defaultText)}"`;
  const facets = facetLines(xsd);
  const type = facets.length === 0 ? ` type="xs:${xsd.base}"` : '';
  const inside = facets.length === 0 ? [] : wrap('simpleType', '', restriction(xsd));
  return wrap('attribute', ` name="${name}"${type}${use}`, [...documentation(about), ...inside]);
}

function restriction(type: SimpleType): string[] {
  return wrap('restriction', ` base="xs:${type.base}"`, facetLines(type));
}

function facetLines({ values = [], pattern, min, max, minLength, maxLength }: SimpleType): string[] {
  const facet = (name: string, value: string | number | undefined) =>
    value === undefined ? [] : [`<xs:${name} value="${escaped(String(value))}"/>`];
  return [
    ...values.flatMap((value) => facet('enumeration', value)),
    ...facet('pattern', pattern),
    ...facet('minInclusive', min),
    ...facet('maxInclusive', max),
    ...facet('minLength', minLength),
    ...facet('maxLength', maxLength),
  ];
}

function documentation(about: string): string[] {
  return wrap('annotation', '', [`<xs:documentation>${escaped(about)}</xs:documentation>`]);
}

function wrap(name: string, attributes: string, inside: readonly string[]): string[] {
  if (inside.length === 0) return [`<xs:${name}${attributes}/>`];
  return [`<xs:${name}${attributes}>`, ...indent(inside), `</xs:${name}>`];
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => (line === '' ? '' : `  ${line}`));
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
