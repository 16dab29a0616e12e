/** The kinds of values that documents are made of. */
import { type Attribute, type Kind, Wrong } from './grammar.ts';

interface Options<Value> {
  about: string;
  required?: boolean;
  default?: Value;
}

type Always<O> = O extends { required: true } | { default: unknown } ? true : false;

/** Makes an attribute of a kind: its presence is in the options, and in its type. */
export function attribute<Value, const O extends Options<Value>>(
  kind: Omit<Kind<Value>, 'about'>,
  { about, required = false, default: value }: O,
): Attribute<Value, Always<O>> {
  const made = { ...kind, about, required };
  return value === undefined ? made : { ...made, default: value, defaultText: String(value) };
}

/** One of these words, written in any case. */
export function oneOf<const Word extends string, const O extends Options<Word>>(
  words: readonly Word[],
  options: O,
): Attribute<Word, Always<O>> {
  const byName = new Map(words.map((word) => [word.toLowerCase(), word]));
  return attribute<Word, O>(
    {
      expected: words.length === 1 ? words[0]! : `one of ${words.slice(0, -1).join(', ')} or ${words.at(-1)}`,
      xsd: { base: 'token', values: words },
      read: (text) => byName.get(text) ?? byName.get(text.toLowerCase()),
    },
    options,
  );
}

/** A whole number within limits. */
export function integer<const O extends Options<number> & { min: number; max?: number }>(
  options: O,
): Attribute<number, Always<O>> {
  const { min, max = Number.MAX_SAFE_INTEGER } = options;
  const bounded = options.max === undefined ? { min } : { min, max };
  return attribute<number, O>(
    {
      expected: options.max === undefined ? `a whole number, ${min} or more` : `a whole number from ${min} to ${max}`,
      xsd: { base: 'integer', ...bounded },
      read: (text) => {
        if (!/^[+-]?\d+$/.test(text)) return undefined;
        const number = Number(text);
        return number >= min && number <= max ? number : undefined;
      },
    },
    options,
  );
}

const booleans = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

/** `true` or `false`; `1` and `0` too, as in XML Schema. */
export function boolean<const O extends Options<boolean>>(options: O): Attribute<boolean, Always<O>> {
  return attribute<boolean, O>(
    { expected: 'true or false', xsd: { base: 'boolean' }, read: (text) => booleans.get(text.toLowerCase()) },
    options,
  );
}

/** Any text within limits of length, counted in characters. */
export function text<const O extends Options<string> & { minLength?: number; maxLength?: number }>(
  options: O,
): Attribute<string, Always<O>> {
  const { minLength = 0, maxLength } = options;
  const size = maxLength === undefined ? '' : ` of at most ${maxLength} characters`;
  const expected = `a text${size}${minLength > 0 ? ', not an empty one' : ''}`;
  return attribute<string, O>(
    {
      expected,
      xsd: {
        base: minLength > 0 ? 'token' : 'string',
        ...(minLength > 0 && { minLength }),
        ...(maxLength !== undefined && { maxLength }),
      },
      read: (value) => {
        if (value.length < minLength) return undefined;
        return maxLength === undefined || isWithin(value, maxLength) ? value : tooLong(value, maxLength);
      },
    },
    options,
  );
}

/** A text of a certain form. */
export function pattern<const O extends Options<string> & { pattern: string; expected: string }>(
  options: O,
): Attribute<string, Always<O>> {
  const whole = new RegExp(`^(?:${options.pattern})$`);
  return attribute<string, O>(
    {
      expected: options.expected,
      xsd: { base: 'string', pattern: options.pattern },
      read: (value) => (whole.test(value) ? value : undefined),
    },
    options,
  );
}

/** Not more characters than this; one outside the basic plane is one, not two. */
export function isWithin(value: string, maxLength: number): boolean {
  return value.length <= maxLength || (value.length <= 2 * maxLength && [...value].length <= maxLength);
}

export function tooLong(value: string, maxLength: number): Wrong {
  const length = value.length <= 4 * maxLength ? [...value].length : value.length;
  return new Wrong(`has ${length} characters; at most ${maxLength} are allowed`);
}

/** A URL with one of these schemes, or one that is relative to the document's. */
export function url<const O extends Options<string> & { schemes: readonly string[] }>(
  options: O,
): Attribute<string, Always<O>> {
  return attribute<string, O>(
    {
      expected: `a URL (${options.schemes.join(', ')}), absolute or relative`,
      xsd: { base: 'anyURI' },
      read: (value, base) => resolveUrl(value, base, options.schemes),
    },
    options,
  );
}

const webUrl = /^https?:\/\/[^/?#\\]/i;

/** RFC 3986: resolves what is relative; a scheme stands before the first colon of the first segment. */
export function resolveUrl(value: string, base: string, schemes: readonly string[]): string | Wrong {
  const scheme = schemeOf(value);
  if (scheme === undefined) {
    const resolved = URL.parse(value, base);
    return resolved ? resolved.href : new Wrong(`${quoted(value)} is not a URL`);
  }
  if (!schemes.includes(scheme)) {
    const hint = isKnown(scheme)
      ? undefined
      : `a relative URL with a colon begins with a dot and a slash: ./${value.slice(0, 60)}`;
    return new Wrong(`the scheme ${quoted(scheme)} is none of ${schemes.join(', ')}`, hint);
  }
  if (scheme !== 'http' && scheme !== 'https') return value;
  const absolute = webUrl.test(value) ? URL.parse(value) : null;
  return absolute ? absolute.href : new Wrong(`${quoted(value)} is not a URL`);
}

/** Nobody who writes one of these means a relative URL. */
function isKnown(scheme: string): boolean {
  return ['http', 'https', 'ftp', 'file', 'data', 'tel', 'sip', 'sips', 'tts', 'mailto', 'ws', 'wss'].includes(scheme);
}

export function schemeOf(value: string): string | undefined {
  return /^[a-z][a-z\d+.-]*(?=:)/i.exec(value)?.[0].toLowerCase();
}

/** A value as messages show it. */
export function quoted(value: string): string {
  return `"${value.length > 60 ? `${value.slice(0, 60)}…` : value}"`;
}
