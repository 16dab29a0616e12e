import type { Attempt, JournalEntry } from '../journal/journal.ts';
import type { CallRecord } from '../records/call.ts';
import { idIn } from '../vendors/index.ts';
import type { Result } from '../verbs/verb.ts';
import { type Ahead, nothingAhead } from './ahead.ts';

/** A request that is under way: what a transcript needs to say of its attempts. */
export interface Asking {
  urls: readonly string[];
  result: Result;
  attempts: number;
  last?: Attempt;
}

/** One line of a transcript, before it is text. */
export interface Line {
  /** Milliseconds after the beginning. */
  at: number;
  who: string;
  what: string;
}

/** What a transcript remembers from one entry to the next: names instead of ids, who is there, what is under way. */
export class Scene {
  readonly ahead: Ahead;
  readonly calls = new Map<string, CallRecord>();
  readonly live = new Set<string>();
  roots = 0;
  readonly askings = new Map<string, Asking>();
  /** The call as it was in its last request, by its id. */
  readonly seen = new Map<string, ReadonlyMap<string, string>>();
  /** What was said of a problem last. */
  problem = '';
  /** What a delivery says, by its id. */
  readonly owed = new Map<string, { url: string; body: string }>();
  /** Plays, recordings and the like, by the id of their command. */
  readonly commands = new Map<string, { type: string; at: number }>();
  /** Who is in a bridge, and since when there are two. */
  readonly bridges = new Map<string, { members: Set<string>; since: number }>();
  /** The dialect of each conference, by its id. */
  readonly conferences = new Map<string, string>();
  #names = new Map<string, string>();
  #counts = new Map<string, number>();
  #lines: Line[] = [];
  #begin: number | undefined;
  #at = 0;
  #origin = '';
  #voice: string | undefined;

  constructor(ahead: Ahead = nothingAhead) {
    this.ahead = ahead;
  }

  /** Turns to the next entry and gives the lines that it tells. */
  of({ at }: JournalEntry, telling: () => void): Line[] {
    this.#begin ??= at;
    this.#at = at;
    this.#lines = [];
    telling();
    return this.#lines;
  }

  /** One line of the transcript. */
  tell(who: string, what: string): void {
    this.#lines.push({ at: this.#at - (this.#begin ?? 0), who, what });
  }

  /** Gives something its name, once: `caller`, `caller 2`, `recording 1`. */
  christen(id: string, word: string, countFromOne = false): string {
    const known = this.#names.get(id);
    if (known !== undefined) return known;
    const count = (this.#counts.get(word) ?? 0) + 1;
    this.#counts.set(word, count);
    const name = count > 1 || countFromOne ? `${word} ${count}` : word;
    this.#names.set(id, name);
    return name;
  }

  name(id: string): string {
    return this.#names.get(id) ?? 'somebody';
  }

  /** Writes names for the ids in a text, whatever path leads to them and however a vendor spells them. */
  named(text: string): string {
    return text
      .replace(/(?:[\w.~-]+\/)*([0-9a-f]{28})(?![0-9a-f])/g, (whole, id) => this.#names.get(id) ?? whole)
      .replace(spelledIds, (whole, word) => this.#names.get(idIn(word) ?? '') ?? whole);
  }

  /** Says who is meant, where more than one could be. */
  whom(preposition: string, id: string): string {
    return this.live.size > 1 ? `${preposition}${this.name(id)}` : '';
  }

  /** Says whose it is, where there has been more than one call. */
  whose(id: string, before = '', behind = ' '): string {
    return this.calls.size > 1 ? before + this.name(id) + behind : '';
  }

  /** A URL; only its path while the host is the one that was named last. */
  place(url: string): string {
    const parsed = URL.canParse(url) ? new URL(url) : undefined;
    if (!parsed || parsed.origin === 'null') return url;
    if (parsed.origin === this.#origin) return url.slice(url.indexOf('/', 8));
    this.#origin = parsed.origin;
    return url;
  }

  /** The voice of a sentence, where it is another one than that of the sentence before. */
  voice(voice: string | undefined): string {
    const before = this.#voice;
    this.#voice = voice;
    return voice === before || before === undefined || voice === undefined ? '' : ` in the voice ${voice}`;
  }

  /** Since when, until now. */
  since(at: number): string {
    return seconds(this.#at - at);
  }
}

/** The line as it stands in a transcript. */
export const lineText = ({ at, who, what }: Line): string =>
  `${column(at / 1000)} ${who.padEnd(12)}  ${what}`.replaceAll('\n', ' ').trimEnd();

/** Ids of other spellings: UUIDs, behind whatever URL. */
const spelledIds = /(?:https?:\/\/[^/\s]+\/(?:[\w.~-]+\/)*)?\b([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b/g;

/** Seconds with one digit behind the point, or three where one does not tell all. */
export function seconds(ms: number): string {
  return `${digits(ms / 1000)} s`;
}

const digits = (value: number) => (Math.round(value * 1000) % 100 === 0 ? value.toFixed(1) : value.toFixed(3));

/** Times stand below each other with their points in one column. */
function column(elapsed: number): string {
  const [whole = '', fraction = ''] = digits(elapsed).split('.');
  return `${whole.padStart(5)}.${fraction.padEnd(3)}`;
}
