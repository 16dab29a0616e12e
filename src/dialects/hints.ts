import type { ElementGrammar } from './grammar.ts';
import type { Language } from './language.ts';

/** What to write instead of an element that the dialect does not have. */
export function elementHint({ names, foreign }: Language, name: string): string | undefined {
  const instead = own(foreign.elements, name.toLowerCase());
  if (instead !== undefined) return instead;
  const near = nearest(name, names);
  if (near) return `did you mean <${near}>?`;
  const alien = nearest(name, Object.keys(foreign.elements));
  return alien && `did you mean <${alien[0]!.toUpperCase()}${alien.slice(1)}>? ${foreign.elements[alien]}`;
}

/** A name was written in another case than a language that minds it has it. */
export const caseHint = (name: string): string => `upper and lower case count: write ${name}`;

/** Where an element that exists may stand. */
export function placeHint({ elements }: Language, child: ElementGrammar): string | undefined {
  const parents = [...elements.values()].filter((each) => each.content.includes(child)).map((each) => `<${each.name}>`);
  return parents.length === 0 ? undefined : `<${child.name}> goes in ${parents.join(', ')}`;
}

/** What to write instead of an attribute that the element does not have. */
export function attributeHint(
  { owners, foreign }: Language,
  grammar: ElementGrammar,
  name: string,
): string | undefined {
  const lower = name.toLowerCase();
  const having = owners.get(lower);
  if (having?.[0]) {
    const written = having[0].attributeNamed.get(lower)!.name;
    return `${written} belongs to ${having.map((each) => `<${each.name}>`).join(', ')}`;
  }
  const meant = own(foreign.attributes, lower) ?? [];
  const instead = meant.find((each) => each in grammar.attributes) ?? nearest(name, Object.keys(grammar.attributes));
  if (instead !== undefined) return `did you mean ${instead}?`;
  return own(foreign.notes, lower);
}

function own<Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** The word that takes the fewest slips to be mistyped as this one, if they are few. */
export function nearest(word: string, among: readonly string[]): string | undefined {
  if (word.length > mostLetters) return undefined;
  const written = word.toLowerCase();
  const letters = lettersOf(written);
  const slips = new Slips(written);
  let best: string | undefined;
  let fewest = (word.length < 4 ? 1 : word.length < 8 ? 2 : 3) + 1;
  for (const each of among) {
    // Each slip makes a word longer or shorter by one letter at most.
    if (Math.abs(each.length - word.length) >= fewest) continue;
    const other = each.toLowerCase();
    // Nor does it bring in or take out more than one letter.
    if (strangers(letters, lettersOf(other)) >= fewest) continue;
    const made = slips.to(other, Math.min(fewest, each.length - 1));
    if (made === undefined) continue;
    fewest = made;
    best = each;
  }
  return best;
}

const mostLetters = 40;

/** Which letters are in it: a bit each, perhaps one for several. */
function lettersOf(word: string): number {
  let bits = 0;
  for (let at = 0; at < word.length; at++) bits |= 1 << (word.charCodeAt(at) & 31);
  return bits;
}

/** How many are in the one that are not in the other, whichever has more of them. */
const strangers = (one: number, other: number): number => Math.max(count(one & ~other), count(other & ~one));

function count(bits: number): number {
  let left = bits;
  let found = 0;
  for (; left !== 0; left &= left - 1) found++;
  return found;
}

/** Letters left out, put in, changed, or swapped with their neighbour. */
class Slips {
  readonly #word: string;
  /** By letters of the word, for so many letters of the other one: these, one less, two less. */
  #row: Uint8Array;
  #before: Uint8Array;
  #beforeThat: Uint8Array;

  constructor(word: string) {
    this.#word = word;
    this.#row = new Uint8Array(word.length + 1);
    this.#before = new Uint8Array(word.length + 1);
    this.#beforeThat = new Uint8Array(word.length + 1);
  }

  /** How many it takes, when they are fewer than that. */
  to(other: string, limit: number): number | undefined {
    const { length } = this.#word;
    for (let at = 0; at <= length; at++) this.#row[at] = at;
    for (let letter = 1; letter <= other.length; letter++) {
      const gone = this.#beforeThat;
      this.#beforeThat = this.#before;
      this.#before = this.#row;
      this.#row = gone;
      if (this.#next(other, letter) >= limit) return undefined;
    }
    const slips = this.#row[length]!;
    return slips < limit ? slips : undefined;
  }

  /** Gives the least of the row: there will be no less in the rows that follow. */
  #next(other: string, letter: number): number {
    const word = this.#word;
    const [row, before] = [this.#row, this.#before];
    const written = other.charCodeAt(letter - 1);
    let least = letter;
    row[0] = letter;
    for (let at = 1; at <= word.length; at++) {
      const same = word.charCodeAt(at - 1) === written ? 0 : 1;
      let slips = Math.min(before[at]! + 1, row[at - 1]! + 1, before[at - 1]! + same);
      if (letter > 1 && at > 1 && same === 1 && this.#swapped(other, letter, at))
        slips = Math.min(slips, this.#beforeThat[at - 2]! + 1);
      row[at] = slips;
      if (slips < least) least = slips;
    }
    return least;
  }

  #swapped(other: string, letter: number, at: number): boolean {
    const word = this.#word;
    return (
      word.charCodeAt(at - 1) === other.charCodeAt(letter - 2) &&
      word.charCodeAt(at - 2) === other.charCodeAt(letter - 1)
    );
  }
}
