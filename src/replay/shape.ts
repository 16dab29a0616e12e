import { nearest } from '../dialects/hints.ts';

/** What a value must look like: one description that reads it, complains of it, and says it as JSON Schema. */
export type Path = readonly (string | number)[];

/** Something that is not as it must be, and where. */
export interface Complaint {
  path: Path;
  /** What is there, as a person would say it. */
  found: string;
  expected: string;
  hint?: string;
}

type Complain = (complaint: Complaint) => void;

export interface Kind {
  /** Ends the sentence "expected …". */
  expected: string;
  /** Whether this kind is meant at all: decides between several. */
  takes(value: unknown): boolean;
  /** Gives the value as it is meant; what it gives after a complaint counts for nothing. */
  read(value: unknown, path: Path, complain: Complain): unknown;
  schema: object;
}

/** A number is a text too: who writes `press: 1` means the key. */
export const text = (expected = 'a text', pattern?: RegExp): Kind => ({
  ...simple(expected, (value) => isText(value) && (pattern?.test(String(value)) ?? true), {
    type: ['string', 'number'],
    ...(pattern && { pattern: pattern.source }),
  }),
  read(value, path, complain) {
    if (!this.takes(value)) complain({ path, found: spelled(value), expected });
    return String(value);
  },
});

export const number = (expected: string, min = 0, max = Number.MAX_SAFE_INTEGER): Kind =>
  simple(expected, (value) => typeof value === 'number' && value >= min && value <= max, {
    type: 'number',
    minimum: min,
    ...(max < Number.MAX_SAFE_INTEGER && { maximum: max }),
  });

export const whole = (expected: string, min = 0, max = Number.MAX_SAFE_INTEGER): Kind => {
  const { schema, takes } = number(expected, min, max);
  return simple(expected, (value) => takes(value) && Number.isInteger(value), { ...schema, type: 'integer' });
};

export const truth: Kind = simple('true or false', (value) => typeof value === 'boolean', { type: 'boolean' });

export const yes: Kind = simple('true', (value) => value === true, { const: true });

export const no: Kind = simple('false', (value) => value === false, { const: false });

export const func: Kind = simple('a function', (value) => typeof value === 'function', {});

export const oneOf = (...words: readonly (string | number)[]): Kind => ({
  ...simple(words.join(' or '), (value) => words.includes(value as string), { enum: words }),
  read(value, path, complain) {
    if (!words.includes(value as string))
      complain({ path, found: spelled(value), expected: this.expected, ...near(String(value), words.map(String)) });
    return value;
  },
});

export const listOf = (kind: Kind, expected = `a list, each ${kind.expected}`): Kind => ({
  ...simple(expected, Array.isArray, { type: 'array', items: kind.schema }),
  read(value, path, complain) {
    if (Array.isArray(value)) return value.map((one, index) => kind.read(one, [...path, index], complain));
    return complain({ path, found: spelled(value), expected });
  },
});

/** Any keys (that fit, when a rule for them is given), each with a value of the same kind. */
export const mapOf = (kind: Kind, expected: string, key?: { pattern: RegExp; expected: string }): Kind => ({
  ...simple(expected, isPlain, { type: 'object', additionalProperties: kind.schema }),
  read(value, path, complain) {
    if (!isPlain(value)) return complain({ path, found: spelled(value), expected });
    for (const name of Object.keys(value))
      if (key && !key.pattern.test(name))
        complain({ path: [...path, name], found: `the key ${spelled(name)}`, expected: key.expected });
    return mapped(value, (one, name) => kind.read(one, [...path, name], complain));
  },
});

/** These keys and no others; the compiler wants each key of the type. */
export const shape = <T extends object>(
  expected: string,
  fields: { readonly [K in keyof Required<T>]: Kind },
  required: readonly (keyof T & string)[] = [],
): Kind => {
  const kinds = new Map<string, Kind>(Object.entries<Kind>(fields));
  const names = [...kinds.keys()];
  return {
    ...simple(expected, isPlain, {
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries([...kinds].map(([key, kind]) => [key, kind.schema])),
      ...(required.length > 0 && { required }),
    }),
    read(value, path, complain) {
      if (!isPlain(value)) return complain({ path, found: spelled(value), expected });
      for (const key of required)
        if (value[key] === undefined)
          complain({ path: [...path, key], found: 'nothing', expected: kinds.get(key)!.expected });
      return mapped(value, (one, key) => {
        const kind = kinds.get(key);
        if (kind) return kind.read(one, [...path, key], complain);
        return complain({
          path: [...path, key],
          found: 'an unknown key',
          expected: `one of ${names.join(', ')}`,
          ...near(key, names),
        });
      });
    },
  };
};

/** The first of these that is meant by the value. */
export const either = (...kinds: readonly Kind[]): Kind => {
  const expected = [...new Set(kinds.map((kind) => kind.expected))].join(', or ');
  return {
    expected,
    takes: (value) => kinds.some((kind) => kind.takes(value)),
    read(value, path, complain) {
      const kind = kinds.find((one) => one.takes(value));
      return kind ? kind.read(value, path, complain) : complain({ path, found: spelled(value), expected });
    },
    schema: { anyOf: kinds.map((kind) => kind.schema) },
  };
};

/** As it is, and one thing more that its fields do not show by themselves. */
export const such = (kind: Kind, contradiction: (value: object) => Omit<Complaint, 'path'> | undefined): Kind => ({
  ...kind,
  read(value, path, complain) {
    const wrong = isPlain(value) && contradiction(value);
    if (wrong) complain({ path, ...wrong });
    return kind.read(value, path, complain);
  },
});

/** A kind that is made of itself. */
export const lazily = (kind: () => Kind, expected: string): Kind => ({
  expected,
  takes: (value) => kind().takes(value),
  read: (value, path, complain) => kind().read(value, path, complain),
  schema: {},
});

/** How a path is written: `phones."+61491570156".answers`. */
export const pathText = (path: Path, whole = 'the flow'): string =>
  path.map((key) => (/^[\w-]+$/.test(String(key)) ? String(key) : JSON.stringify(String(key)))).join('.') || whole;

/** A value as a person would say it, cut when long. */
function spelled(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return `a map with ${Object.keys(value).slice(0, 3).join(', ') || 'nothing in it'}`;
  const written = JSON.stringify(value) ?? String(value);
  return written.length > 60 ? `${written.slice(0, 59)}…` : written;
}

function simple(expected: string, takes: (value: unknown) => boolean, schema: object): Kind {
  return {
    expected,
    takes,
    read(value, path, complain) {
      if (!takes(value)) complain({ path, found: spelled(value), expected });
      return value;
    },
    schema,
  };
}

const isText = (value: unknown) => typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));

/** The same keys with other values; a key without a value is as good as none. */
const mapped = (value: Record<string, unknown>, of: (one: unknown, key: string) => unknown) =>
  Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .map(([key, one]) => [key, of(one, key)]),
  );

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function near(word: string, words: readonly string[]): { hint?: string } {
  const meant = nearest(word, words);
  return meant === undefined ? {} : { hint: `did you mean ${meant}?` };
}
