import { type Variation, variation } from '../mistake.ts';

const raw = 'Hash the bytes as they came, before any framework reads them.';
const again = `Something has read the JSON and written it again. ${raw}`;

/** What a body may have been before or after somebody touched it. */
export function bodyMistakes(body: Uint8Array): Variation<Uint8Array>[] {
  const text = Buffer.from(body).toString('utf8');
  const found = [...textMistakes(text), ...jsonMistakes(text)].map(({ mistake, value }) => ({
    mistake,
    value: Buffer.from(value),
  }));
  const latin = Buffer.from(Buffer.from(body).toString('latin1'), 'utf8');
  const all: Variation<Uint8Array>[] = [
    ...found,
    variation('body.latin1', 'the body is read as ISO-8859-1', `The body is UTF-8. ${raw}`, latin),
  ];
  return all.filter(({ value }) => Buffer.compare(value, body) !== 0);
}

const textMistakes = (text: string): Variation<string>[] => [
  variation(
    'body.trailingNewline',
    'the body has no line break at its end',
    'Editors and `echo` add one to a file: save the body without it, for example with printf.',
    text.replace(/[\r\n]+$/, ''),
  ),
  variation(
    'body.byteOrderMark',
    'the body has no byte order mark',
    'An editor has added it.',
    text.replace(/^\ufeff/, ''),
  ),
  variation('body.whiteSpace', 'the body has no white space around it', raw, text.trim()),
  variation('body.lineBreaks', 'lines end with LF only', raw, text.replaceAll('\r\n', '\n')),
  variation('body.newlineLost', 'the body ends with a line break', raw, `${text}\n`),
  variation('body.empty', 'the body is empty', `The body had been read when it was hashed, or never was. ${raw}`, ''),
];

function jsonMistakes(text: string): Variation<string>[] {
  const value = read(text);
  if (value === undefined) return [];
  const minified = JSON.stringify(value);
  const spaced = withSpaces(value);
  const sorted = inOrder(value);
  return [
    variation('body.minified', 'the JSON has no white space', again, minified),
    variation('body.spaced', 'the JSON has a space after each comma and colon', again, spaced),
    ...[2, 4, '\t'].map((indent) =>
      variation(
        'body.pretty',
        `the JSON is indented by ${indent === '\t' ? 'tabs' : indent}`,
        again,
        pretty(value, indent),
      ),
    ),
    variation('body.sorted', 'the keys of the JSON are sorted', again, JSON.stringify(sorted)),
    variation('body.sorted', 'the keys of the JSON are sorted, with spaces', again, withSpaces(sorted)),
    variation('body.escaped', 'the JSON has its characters beyond ASCII escaped', again, escaped(minified)),
    variation('body.escaped', 'the JSON has spaces, and characters beyond ASCII escaped', again, escaped(spaced)),
    variation('body.slashes', 'the JSON has its slashes escaped', again, escaped(minified).replaceAll('/', '\\/')),
  ];
}

function read(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return undefined;
  }
}

const pretty = (value: unknown, indent: number | string) => JSON.stringify(value, null, indent);

/** As Python writes it. In indented JSON every line break is layout: those of texts are escaped. */
const withSpaces = (value: unknown) => pretty(value, 1).replace(/,\n */g, ', ').replace(/\n */g, '');

const escaped = (json: string) =>
  json.replace(/[\u0080-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, one]) => [key, inOrder(one)]));
}
