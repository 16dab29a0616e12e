/** Bytes in; a tree that knows where everything was written comes out, or the refusal. */
import { XMLParser } from 'fast-xml-parser';
import { decode } from './decode.ts';
import { guardMarkup } from './markup.ts';
import { DocumentRefused, SourceText } from './source-text.ts';

export interface XmlElement {
  name: string;
  /** Where its `<` stands. */
  offset: number;
  /** As they were written, in their order. */
  attributes: Readonly<Record<string, string>>;
  elements: readonly XmlElement[];
  /** Its own text, CDATA sections included, that of its elements not. */
  text: string;
  /** As fast-xml-parser gave it: `partsOf` reads the order of text and elements from it. */
  nodes: readonly Ordered[];
}

export interface XmlSource {
  body: Uint8Array;
  contentType?: string | undefined;
  maxBytes: number;
}

/** A tree, or why there is none; the text is empty when the bytes could not be decoded. */
export type XmlRead = { source: SourceText; warning?: string } & (
  | { root: XmlElement; refused?: undefined }
  | { root?: undefined; refused: DocumentRefused }
);

type Ordered = Record<string, unknown> & { ':@'?: Record<string, string> };

const predefined: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The guard has seen to it that nothing but these is there. */
function decodeReferences(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([\da-fA-F]+)|#(\d+)|(\w+));/g, (_, hex?: string, decimal?: string, name?: string) =>
    name === undefined
      ? String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16))
      : predefined[name]!,
  );
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false, // a phone number is text: 0412 must not become 412
  parseAttributeValue: false,
  trimValues: false,
  entityDecoder: {
    decode: decodeReferences, // its own one knows HTML's entities too, and is made anew for every document
    reset: () => {},
    setXmlVersion: () => {},
    addInputEntities: () => {},
    setExternalEntities: () => {},
  },
  jPath: false,
  onDangerousProperty: (name) => name,
});
const none: Readonly<Record<string, string>> = Object.freeze({});

/** Reads a document in bounded time, whatever the bytes are. */
export function readXml({ body, contentType, maxBytes }: XmlSource): XmlRead {
  let source = new SourceText('');
  try {
    if (body.byteLength > maxBytes)
      throw new DocumentRefused(
        'DOCUMENT_TOO_LARGE',
        0,
        `the document has ${body.byteLength} bytes; ${maxBytes} are allowed`,
      );
    const { text, warning, refused } = decode(body, contentType);
    source = new SourceText(text);
    if (refused) return { source, refused };
    const root = toTree(source);
    return warning === undefined ? { source, root } : { source, root, warning };
  } catch (refused) {
    if (refused instanceof DocumentRefused) return { source, refused };
    throw refused;
  }
}

function toTree(source: SourceText): XmlElement {
  const { markup, starts } = guardMarkup(source.text);
  const root = ordered(markup).find((node) => node['#text'] === undefined);
  if (!root) throw new DocumentRefused('DOCUMENT_EMPTY', 0, 'there is no element in the document');
  return toElement(root, starts.values());
}

/** Text and elements in the order in which they stand. */
export function partsOf({ nodes, elements }: XmlElement): (string | XmlElement)[] {
  let next = 0;
  return nodes.map((node) => {
    const own = node['#text'];
    return typeof own === 'string' ? own : elements[next++]!;
  });
}

/** Where an attribute was written. */
export function offsetOf({ text }: SourceText, element: XmlElement, attribute: string): number {
  const pattern = /(\s+)([^\s=]+)\s*=\s*(?:"[^"]*"|'[^']*')/y;
  pattern.lastIndex = element.offset + 1 + element.name.length;
  for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
    if (found[2] === attribute) return found.index + found[1]!.length;
  }
  return element.offset;
}

function ordered(markup: string): Ordered[] {
  try {
    return parser.parse(markup) as Ordered[];
  } catch (cause) {
    // Names that are dangerous in JavaScript objects are the one thing it refuses only now, and by a plain Error.
    const reserved = /(?<=<\/?|\s)(?:__proto__|constructor|prototype)(?=[\s=/>])/.exec(markup);
    const message = reserved ? `the name ${reserved[0]} is reserved` : 'this is not XML';
    throw new DocumentRefused('DOCUMENT_NOT_XML', reserved?.index ?? 0, message, undefined, { cause });
  }
}

/** The elements come in the order of their start tags. */
function toElement(node: Ordered, starts: Iterator<number>): XmlElement {
  const offset = starts.next().value as number;
  let name = '';
  for (name in node) break;
  const elements: XmlElement[] = [];
  let text = '';
  const nodes = node[name] as Ordered[];
  for (const child of nodes) {
    const own = child['#text'];
    if (typeof own === 'string') text += own;
    else elements.push(toElement(child, starts));
  }
  const attributes = node[':@'];
  if (attributes) {
    for (const key in attributes) {
      const value = attributes[key]!;
      if (/[\n\t]/.test(value)) attributes[key] = value.replace(/[\n\t]/g, ' ');
    }
  }
  return { name, offset, attributes: attributes ?? none, elements, text, nodes };
}
