/** What a prompt offers: keys that it names, how many digits it asks for, words that may be said. */

export interface Announced {
  /** Single keys, and longer numbers where it names such. */
  keys: readonly string[];
  /** Any key will do. */
  any: boolean;
  /** How many digits are to be entered, where it says so. */
  digits?: number;
  /** Words that it asks to be said. */
  phrases: readonly string[];
}

const words: Readonly<Record<string, string>> = {
  zero: '0',
  oh: '0',
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  star: '*',
  asterisk: '*',
  pound: '#',
  hash: '#',
  octothorpe: '#',
};

const numbers: Readonly<Record<string, number>> = { ...Object.fromEntries(Object.entries(words)), ten: 10 } as never;

/** English, and the commonest of a few other languages: there only digits count as keys. */
const verbs =
  'press|pressing|dial|dialling|dialing|hit|push|touch|key in|punch|choose|select|option|type|enter|' +
  'dr(?:ü|ue)cken sie(?: die)?|w(?:ä|ae)hlen sie(?: die)?|appuyez sur(?: le| la)?|tapez(?: le)?|faites le|' +
  'marque(?: el)?|oprima(?: el)?|pulse(?: el)?|presione(?: el)?|digite|premere|prema|kies|toets';

const key = `(?:[0-9]+|[*#]|${Object.keys(words).join('|')})(?![\\w])`;
const first = new RegExp(
  `(?<![\\w])(?:${verbs})\\s+(?:the\\s+|key\\s+|keys\\s+|number\\s+|numbers\\s+|button\\s+|option\\s+|on\\s+)*(${key})(?![- ]digits?\\b)(?:\\s+(?:key|sign|button))?`,
  'gi',
);
const andMore = new RegExp(`^(?:\\s*(?:,|/|or|and|,\\s*or|,\\s*and)\\s*)(${key})(?![- ]digits?\\b)`, 'i');
const range = new RegExp(`^(?:[^.;!?]{0,40}?[\\s,]up)?\\s*(?:to|through|thru|until|–|-)\\s*(${key})`, 'i');
const clause = new RegExp(`(?:[,;.]|\\bor\\b|\\band\\b)\\s*(?:or\\s+|and\\s+)?(${key})\\s+(?:for|to|if|when)\\b`, 'gi');

const toKeys = (written: string): string => words[written.toLowerCase()] ?? written;

/** Reads a prompt as somebody with a telephone in hand would. */
export function announcedIn(prompt: string): Announced {
  const keys = new Set<string>();
  let begun: number | undefined;
  for (const match of prompt.matchAll(first)) {
    begun ??= match.index;
    follow(toKeys(match[1]!), prompt.slice(match.index + match[0].length), keys);
  }
  // "Press 1 for sales, 2 for support": the verb stands once.
  if (begun !== undefined) for (const [, found] of prompt.slice(begun).matchAll(clause)) keys.add(toKeys(found!));
  const digits = digitsIn(prompt);
  return {
    keys: [...keys],
    any: /\b(?:press|hit|push|dial)\s+any\b/i.test(prompt),
    ...(digits !== undefined && { digits }),
    phrases: phrasesIn(prompt),
  };
}

/** What stands behind a key: "or 2", "to 5". */
function follow(found: string, behind: string, keys: Set<string>): void {
  keys.add(found);
  const upTo = range.exec(behind);
  if (upTo) addRange(found, toKeys(upTo[1]!), keys);
  const more = upTo ? null : andMore.exec(behind);
  if (more) follow(toKeys(more[1]!), behind.slice(more[0].length), keys);
}

function addRange(from: string, to: string, keys: Set<string>): void {
  if (!/^\d$/.test(from) || !/^\d$/.test(to)) return;
  for (let digit = Number(from); digit <= Number(to); digit++) keys.add(String(digit));
}

function digitsIn(prompt: string): number | undefined {
  const [, written] = /\b(\d{1,2}|[a-z]+)[- ]digits?\b/i.exec(prompt) ?? [];
  if (written === undefined) return undefined;
  const found = Number(/^\d/.test(written) ? written : numbers[written.toLowerCase()]);
  return Number.isInteger(found) && found > 0 && found <= 32 ? found : undefined;
}

function phrasesIn(prompt: string): string[] {
  const phrases = new Set<string>();
  for (const [, said] of prompt.matchAll(
    /\bsay(?:ing)?\s+["“']?([a-z][a-z' ]*?)["”']?\s*(?=[.,;:!?]|\bor\b|\bto\b|\bfor\b|\bpress\b|$)/gi,
  ))
    if (said && said.split(' ').length <= 4) phrases.add(said);
  return [...phrases];
}
