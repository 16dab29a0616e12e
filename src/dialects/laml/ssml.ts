/** SSML inside <Say>: what is spoken, and where there is a pause (LaML 4.23). */
import { type Attribute, type Attributes, type ElementGrammar, element } from '../grammar.ts';
import { attribute, oneOf, text } from '../kinds.ts';
import { ignored } from './values.ts';

interface Spoken {
  pieces: readonly SpokenPiece[];
}

/** Text as it was written, white space and all. */
export type SpokenPiece = { text: string } | { pauseMs: number } | { bleep: true };

/** How strong a pause is, in milliseconds (as speech engines do it). */
const strengths = { none: 0, 'x-weak': 100, weak: 250, medium: 400, strong: 700, 'x-strong': 1000 } as const;
const longestPauseMs = 10_000;

const pauseTime = (): Attribute<number, false> =>
  attribute<number, { about: string }>(
    {
      expected: 'a time such as 2s or 500ms, at most 10s',
      xsd: { base: 'string', pattern: '\\+?[0-9]*\\.?[0-9]+(s|ms)' },
      read: (written) => {
        const found = /^\+?(\d*\.?\d+)(s|ms)$/.exec(written);
        const ms = found ? Number(found[1]) * (found[2] === 's' ? 1000 : 1) : Number.NaN;
        return ms <= longestPauseMs ? Math.round(ms) : undefined;
      },
    },
    { about: 'How long the pause is.' },
  );

const pause: ElementGrammar<Spoken> = element('break', {
  about: 'A pause.',
  attributes: {
    strength: oneOf(Object.keys(strengths) as (keyof typeof strengths)[], {
      about: 'How strong the pause is, when no time says it.',
      default: 'medium',
    }),
    time: pauseTime(),
  },
  means: ({ strength, time }) => ({ pieces: [{ pauseMs: time ?? strengths[strength] }] }),
});

/** What SSML says of the voice reaches the network as plain speech. */
function inline(name: string, about: string, attributes: Attributes = {}): ElementGrammar<Spoken> {
  return element(name, {
    about,
    attributes,
    content: () => ssml,
    ordered: true,
    text: spokenText,
    means: (_, { parts }) => ({ pieces: flatten(parts) }),
  });
}

function block(name: string, about: string, pauseMs: number): ElementGrammar<Spoken> {
  return element(name, {
    about,
    content: () => ssml,
    ordered: true,
    text: spokenText,
    means: (_, { parts }) => ({ pieces: [{ pauseMs: 0 }, ...flatten(parts), { pauseMs }] }),
  });
}

export const spokenText = {
  about: 'What is said; runs of white space count as one.',
  expected: 'text and SSML',
  xsd: { base: 'string' },
  read: (written: string) => written,
} as const;

/** Read one by one rather than as a word or a number. */
const oneByOne = ['characters', 'spell-out', 'digits', 'telephone'];

const sayAs: ElementGrammar<Spoken> = element('say-as', {
  about: 'Says what kind of thing its text is.',
  attributes: {
    'interpret-as': text({ about: 'What its text is: digits are read one by one, an expletive is not heard.' }),
    format: ignored('The order of a date.'),
    role: ignored('The part of speech.'),
  },
  text: spokenText,
  means: ({ 'interpret-as': kind = '' }, { text: said = '' }) => {
    if (kind === 'expletive') return { pieces: [{ bleep: true }] };
    return { pieces: [{ text: oneByOne.includes(kind) ? [...said.replace(/\s+/g, '')].join(' ') : said }] };
  },
});

const sub: ElementGrammar<Spoken> = element('sub', {
  about: 'Is said in other words.',
  attributes: { alias: text({ about: 'What is said instead of its text.' }) },
  text: spokenText,
  means: ({ alias }, { text: said = '' }) => ({ pieces: [{ text: alias ?? said }] }),
});

const phoneme: ElementGrammar<Spoken> = element('phoneme', {
  about: 'How a word is pronounced. Its text is said.',
  attributes: { alphabet: ignored('ipa or x-sampa.'), ph: ignored('The pronunciation.') },
  text: spokenText,
  means: (_, { text: said = '' }) => ({ pieces: [{ text: said }] }),
});

/** Between sentences and between paragraphs there is a pause anyway. */
const [sentenceMs, paragraphMs] = [400, 700];

/** Everything that may stand in <Say>. Any may stand in any other: more than the builders allow, and harmless. */
export const ssml: readonly ElementGrammar<Spoken>[] = [
  pause,
  inline('emphasis', 'What is stressed.', { level: ignored('How much: strong, moderate, reduced.') }),
  inline('lang', 'What is said in another language.', { 'xml:lang': ignored('Which one.') }),
  block('p', 'A paragraph; a pause follows.', paragraphMs),
  phoneme,
  inline('prosody', 'What is said louder, higher or faster.', {
    volume: ignored('How loud.'),
    rate: ignored('How fast.'),
    pitch: ignored('How high.'),
  }),
  block('s', 'A sentence; a pause follows.', sentenceMs),
  sayAs,
  sub,
  inline('w', 'A word.', { role: ignored('The part of speech.') }),
];

/** Text and elements as they are heard, one behind the other: no word goes on beyond the tag where it ends. */
export function flatten(parts: readonly (string | Spoken)[]): SpokenPiece[] {
  const pieces: SpokenPiece[] = [];
  for (const [index, part] of parts.entries()) {
    const found = typeof part === 'string' ? [{ text: part }] : part.pieces;
    const isTag = typeof part !== 'string' || typeof parts[index - 1] === 'object';
    if (isTag && endsInWord(pieces.at(-1)) && beginsWithWord(found[0])) pieces.push({ text: ' ' });
    pieces.push(...found);
  }
  return pieces;
}

const endsInWord = (piece: SpokenPiece | undefined): boolean =>
  piece !== undefined && 'text' in piece && /[\p{L}\p{N}]$/u.test(piece.text);

const beginsWithWord = (piece: SpokenPiece | undefined): boolean =>
  piece !== undefined && 'text' in piece && /^[\p{L}\p{N}]/u.test(piece.text);
