import { DocumentRefused } from './source-text.ts';

const decoders = {
  'utf-8': new TextDecoder('utf-8', { fatal: true }),
  'utf-16le': new TextDecoder('utf-16le', { fatal: true }),
  'utf-16be': new TextDecoder('utf-16be', { fatal: true }),
  'iso-8859-1': new TextDecoder('windows-1252', { fatal: true }),
};
type Name = keyof typeof decoders;

const names = new Map<string, Name | 'utf-16'>([
  ['utf-8', 'utf-8'],
  ['utf8', 'utf-8'],
  ['us-ascii', 'utf-8'],
  ['ascii', 'utf-8'],
  ['utf-16', 'utf-16'],
  ['utf-16le', 'utf-16'],
  ['utf-16be', 'utf-16'],
  ['iso-8859-1', 'iso-8859-1'],
  ['latin1', 'iso-8859-1'],
  ['windows-1252', 'iso-8859-1'],
]);

export interface Decoded {
  text: string;
  warning?: string;
  /** The bytes are not what they are said to be; the text is what could be made of them. */
  refused?: DocumentRefused;
}

/**
 * Bytes to text: what the byte order mark says, else the charset of the content type, else the XML declaration, else
 * UTF-8. Line ends become `\n`, as XML wants.
 */
export function decode(body: Uint8Array, contentType?: string): Decoded {
  const found = marked(body) ?? named(body, contentType);
  if (found instanceof DocumentRefused) return { text: '', refused: found };
  const { encoding, ...warning } = found;
  try {
    return { text: withLineFeeds(decoders[encoding].decode(body)), ...warning };
  } catch {
    const text = withLineFeeds(new TextDecoder(encoding).decode(body));
    const refused = new DocumentRefused(
      'DOCUMENT_ENCODING',
      text.indexOf('\uFFFD'),
      `here the bytes are not ${encoding.toUpperCase()}`,
    );
    return { text, refused };
  }
}

function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

interface Encoding {
  encoding: Name;
  warning?: string;
}

/** The byte order mark, or a first `<` that takes two bytes. */
function marked(body: Uint8Array): Encoding | undefined {
  const first = body[0];
  const second = body[1];
  if (first === 0xef && second === 0xbb && body[2] === 0xbf) return { encoding: 'utf-8' };
  if (first === 0xff && second === 0xfe) return { encoding: 'utf-16le' };
  if (first === 0xfe && second === 0xff) return { encoding: 'utf-16be' };
  if (first === 0x3c && second === 0) return { encoding: 'utf-16le' };
  if (first === 0 && second === 0x3c) return { encoding: 'utf-16be' };
  return undefined;
}

function named(body: Uint8Array, contentType: string | undefined): Encoding | DocumentRefused {
  const charset = contentType && /charset\s*=\s*["']?([^"';\s]+)/i.exec(contentType)?.[1];
  const declared = body[0] === 0x3c && body[1] === 0x3f ? declaredEncoding(body) : undefined;
  const name = charset || declared;
  if (!name) return { encoding: 'utf-8' };
  const encoding = names.get(name.toLowerCase());
  if (!encoding)
    return new DocumentRefused(
      'DOCUMENT_ENCODING',
      0,
      `the encoding ${name} is not understood`,
      'send the document as UTF-8',
    );
  if (encoding !== 'utf-16') return { encoding };
  // Two bytes a character would have shown: a string writer has declared what its bytes then were not.
  return { encoding: 'utf-8', warning: `the encoding is said to be ${name}, but the bytes are UTF-8` };
}

function declaredEncoding(body: Uint8Array): string | undefined {
  const start = Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, 200)).toString('latin1');
  return /^<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)["']/.exec(start)?.[1];
}
