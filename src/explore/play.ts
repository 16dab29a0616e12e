import type { JournalEntry } from '../journal/journal.ts';
import type { ExploreAct, ExploreScript } from './acts.ts';
import { choicesAt, staysFor } from './choices.ts';
import type { Counted } from './failing.ts';
import type { Found } from './finding.ts';
import type { DocumentSeen, Doing, Following } from './following.ts';
import type { Ending, Place } from './graph.ts';
import type { ApplicationOptions } from './options.ts';
import { outcomesIn } from './outcomes.ts';
import type { Sameness } from './sameness.ts';
import { signsIn } from './signs.ts';
import { endingOf, heardIn, toldIn, waitsFor } from './step-in-words.ts';
import { type Step, Walk, whyBroken } from './walk.ts';

/** What came of one call. */
export interface Played {
  /** As far as it was played. */
  script: ExploreScript;
  to: Place | Ending;
  heard: readonly string[];
  told: readonly string[];
  /** When the last act had led somewhere, in milliseconds. */
  atMs: number;
  /** What the last act showed to be wrong, and what the end of the call did, once the caller had hung up. */
  signs: readonly Found[];
  afterwards: readonly Found[];
  /** What whoever calls has come to by the last act. */
  outcomes: readonly string[];
  /** The requests of the last act, and how many there were before. */
  requests: readonly Counted[];
  requestsBefore: number;
  /** Of everything that was asked and told, callbacks too. */
  urls: readonly string[];
  documents: readonly DocumentSeen[];
  journal: readonly JournalEntry[];
  /** Where in the journal the last act begins, and where the caller hangs up. */
  span: readonly [from: number, to: number];
}

export interface PlayOptions extends ApplicationOptions {
  sameness: Sameness;
  keys?: string;
  /** After so many acts the call is followed no further once it is somewhere else than here. */
  leaving?: { key: string; after: number };
}

/** Plays a script from the beginning of a call to its end. */
export async function play(options: PlayOptions, script: ExploreScript): Promise<Played> {
  const { sameness, keys, leaving, ...application } = options;
  const walk = new Walk(application, script);
  try {
    return await new Playing({ sameness, keys, leaving, call: application.call }, walk).play(script);
  } catch (error) {
    const why = whyBroken(error);
    if (!why) throw error;
    await walk.close();
    return broken(script, walk, why);
  }
}

type Settings = { [Name in 'sameness' | 'call' | 'keys' | 'leaving']: PlayOptions[Name] | undefined } & Pick<
  PlayOptions,
  'sameness'
>;

class Playing {
  readonly #settings: Settings;
  readonly #walk: Walk;

  constructor(settings: Settings, walk: Walk) {
    this.#settings = settings;
    this.#walk = walk;
  }

  async play(script: ExploreScript): Promise<Played> {
    const walk = this.#walk;
    const played: ExploreAct[] = [];
    let last = await walk.begin(this.#settings.call);
    let asked: readonly Doing[] = [];
    for (const [index, act] of script.entries()) {
      played.push(act);
      if (act.does === 'fail') continue;
      asked = [...callerOf(walk.following)];
      last = await walk.do(act);
      if (walk.isOver || this.#hasLeft(index + 1)) break;
    }
    return this.#toldOf(played, last, asked);
  }

  #hasLeft(acts: number): boolean {
    const { leaving } = this.#settings;
    return leaving !== undefined && acts > leaving.after && this.#key !== leaving.key;
  }

  get #key(): string {
    return this.#settings.sameness.keyOf(this.#walk.following);
  }

  async #toldOf(script: ExploreScript, last: Step, asked: readonly Doing[]): Promise<Played> {
    const { following, rehearsal } = this.#walk;
    const to = this.#place(last);
    const signs = signsIn(last, following, asked);
    if ('ended' in to && to.ended === endless)
      signs.push({ kind: 'redirectLoop', message: 'the call goes on for ten minutes, and nobody is asked anything' });
    const now = {
      script,
      to,
      heard: heardIn(last),
      told: toldIn(last, following),
      atMs: last.ended,
      signs,
      outcomes: outcomesIn(last, to),
      requests: last.requests,
      requestsBefore: last.requestsBefore,
    };
    const until = rehearsal.journal.length;
    const rest = await this.#walk.end();
    return {
      ...now,
      afterwards: signsIn(rest, following, []),
      urls: urlsIn(rehearsal.journal),
      documents: documentsIn(following),
      journal: rehearsal.journal,
      span: [until - last.entries.length, until],
    };
  }

  #place(last: Step): Place | Ending {
    const { following } = this.#walk;
    if (following.isOver) return endingOf(following);
    if (isEndless(last, following)) return { ended: endless, failed: true };
    const { at, document } = callerOf(following).at(-1) ?? {};
    return {
      key: this.#key,
      ...waitsFor(following),
      ...(document && { url: document.url }),
      ...(at && { line: at.line }),
      choices: choicesAt(following, this.#walk.prompts, this.#settings.keys),
    };
  }
}

const endless = 'goes on for ever';
const aMinute = 60_000;

/** The call goes on by itself, and never comes to a place where somebody is asked or spoken with. */
function isEndless({ began, ended, entries }: Step, following: Following): boolean {
  const goesOn = ended - began >= 10 * aMinute && entries.length > 0;
  const verb = callerOf(following).at(-1)?.verb ?? '';
  if (!goesOn || verb === 'gather' || verb === 'record' || staysFor.has(verb)) return false;
  const from = entries[0]!.at;
  return entries.at(-1)!.at - from >= ended - began - aMinute;
}

const callerOf = ({ live }: Following): readonly Doing[] => live.find(({ name }) => name === 'caller')?.doing ?? [];

const documentsIn = ({ calls }: Following) => [...calls.values()].flatMap(({ documents }) => documents);

function urlsIn(journal: readonly JournalEntry[]): string[] {
  const urls = new Set<string>();
  for (const { input } of journal)
    if (input?.type === 'handler.attempted' || input?.type === 'callback.attempted') urls.add(input.attempt.url);
  return [...urls];
}

function broken(
  script: ExploreScript,
  { rehearsal, following }: Walk,
  why: NonNullable<ReturnType<typeof whyBroken>>,
): Played {
  const kind = why.kind === 'threw' ? 'applicationThrew' : 'notRepeatable';
  const { journal } = rehearsal;
  return {
    script,
    to: { ended: 'cannot be played', failed: true },
    heard: [],
    told: [],
    atMs: rehearsal.at,
    signs: [{ kind, message: why.reason }],
    afterwards: [],
    outcomes: [],
    requests: [],
    requestsBefore: 0,
    urls: urlsIn(journal),
    documents: documentsIn(following),
    journal,
    span: [journal.length, journal.length],
  };
}
