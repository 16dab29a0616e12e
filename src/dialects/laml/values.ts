/** The kinds of values that LaML's attributes share. */
import type { ErrorCode } from '../../errors.ts';
import type { HandlerUrl } from '../../verbs/verb.ts';
import { type Attribute, type Kind, Wrong } from '../grammar.ts';
import { attribute, integer, oneOf, quoted, resolveUrl, text } from '../kinds.ts';

/** An address of the application, absolute or relative to the URL that gave the document (LaML 2.4). */
export const webAddress: Omit<Kind<string>, 'about'> = {
  expected: 'a URL (http, https), absolute or relative',
  xsd: { base: 'anyURI' },
  read: (value, base) => {
    if (base === '' && !/^[a-z][a-z\d+.-]*:/i.test(value))
      return new Wrong(
        `${quoted(value)} is relative, and the document was given without a URL`,
        'write the whole URL',
        'URL_RELATIVE',
      );
    return resolveUrl(value, base, ['http', 'https']);
  },
};

/** Who is asked next: an empty one is the URL that gave the document, as relative URLs have it. */
export const nextAddress = (about: string) => attribute<string, { about: string }>(webAddress, { about });

/** Where something else is asked or told. Nobody means the document itself by an empty one. */
export const address = (about: string) => attribute<string, { about: string }>(otherAddress, { about });

const otherAddress: Omit<Kind<string>, 'about'> = {
  ...webAddress,
  read: (value, base) => (value === '' ? undefined : webAddress.read(value, base)),
};

/** How an address is asked. */
export const method = (about = 'How action is asked.') =>
  ofCode(oneOf(['GET', 'POST'], { about, default: 'POST' }), 'METHOD_NOT_VALID');

/** `next`, and whatever else is asked of the application, when there is an address for it. */
export function asked(url: string | undefined, by: 'GET' | 'POST'): HandlerUrl | undefined {
  return url === undefined ? undefined : { url, method: by };
}

export function next(url: string | undefined, by: 'GET' | 'POST'): { next?: HandlerUrl } {
  return url === undefined ? {} : { next: { url, method: by } };
}

/** Known to one of the vendors' builders, and without effect here. */
export const ignored = (about: string): Attribute<string, false> => ({
  ...text({ about: `${about} Accepted and ignored.` }),
  ignored: true,
});

/** Several of the same. */
export const allIgnored = <const Names extends readonly string[]>(names: Names, about: string) =>
  Object.fromEntries(names.map((name) => [name, ignored(about)])) as Record<Names[number], Attribute<string, false>>;

/** The same attribute, whose wrong values have a code of their own. */
export const ofCode = <A extends Attribute<unknown>>(made: A, code: ErrorCode): A => ({ ...made, code });

/** As XML Schema says a list of words, whose white space it has collapsed. */
export function listPattern(known: readonly string[], between: string): string {
  const one = `(${known.join('|')})`;
  return `(${one}(${between}${one})*)?`;
}

/** A list of words with white space between them. */
export function words<const Word extends string>(
  known: readonly Word[],
  options: { about: string; default?: readonly Word[]; code?: ErrorCode },
): Attribute<readonly Word[]> {
  const byName = new Map(known.map((word) => [word.toLowerCase(), word]));
  const { about, default: value, code } = options;
  return {
    about,
    required: false,
    expected: `${known.join(', ')}, separated by blanks`,
    xsd: { base: 'token', pattern: listPattern(known, ' ') },
    read: (written) => {
      const found = written.split(/[\s,]+/).filter((word) => word !== '');
      if (found.length === 0) return value ?? [];
      const strange = found.find((word) => !byName.has(word.toLowerCase()));
      if (strange !== undefined) return new Wrong(`${quoted(strange)} is none of ${known.join(', ')}`);
      return [...new Set(found.map((word) => byName.get(word.toLowerCase())!))];
    },
    ...(value && { default: value, defaultText: value.join(' ') }),
    ...(code && { code }),
  };
}

/** A list of texts with commas between them. */
export const commaList = (about: string): Attribute<readonly string[], false> => ({
  about,
  required: false,
  expected: 'a list with commas',
  xsd: { base: 'string' },
  read: (written) =>
    written
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== ''),
});

/** How often something is heard; 0: until somebody stops it. */
export const loop = () =>
  integer({ about: 'How often it is heard; 0: until the call is hung up.', min: 0, max: 1_000_000, default: 1 });

export const keys = '0123456789*#';

/** A set of keys, perhaps none. */
export const keySet = (about: string, otherwise: string) =>
  ofCode(
    attribute<string, { about: string; default: string }>(
      {
        expected: 'any of 0 to 9, * and #, or nothing',
        xsd: { base: 'string', pattern: '[0-9*#]*' },
        read: (written) => (/^[\d*#]*$/.test(written) ? [...new Set(written)].join('') : undefined),
      },
      { about, default: otherwise },
    ),
    'KEY_NOT_VALID',
  );

/** Keypad tones: `w` is half a second of silence, `W` a whole one. */
export const tones = (about: string) =>
  ofCode(
    attribute<string, { about: string }>(
      {
        expected: 'made of 0 to 9, A to D, *, #, w and W',
        xsd: { base: 'string', pattern: '[0-9A-Da-d*#wW]+' },
        read: (written) => (/^[\dA-D*#wW]+$/i.test(written) ? upperCaseKeys(written) : undefined),
      },
      { about },
    ),
    'DIGITS_NOT_VALID',
  );

const upperCaseKeys = (digits: string): string => digits.replace(/[a-d]/g, (key) => key.toUpperCase());

export const collapse = (written: string): string => written.replace(/\s+/g, ' ').trim();
