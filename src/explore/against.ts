import type { JournalEntry } from '../journal/journal.ts';
import { lookAhead } from '../replay/ahead.ts';
import { difference } from '../replay/difference.ts';
import { tolerant } from '../replay/tolerance.ts';
import { createTranscript } from '../replay/transcript.ts';
import { type ExploreScript, scriptInWords } from './acts.ts';
import type { ApplicationOptions } from './options.ts';
import { type Played, play } from './play.ts';
import { Sameness } from './sameness.ts';

/** A path on which two versions of an application differ. */
export interface Compared {
  script: ExploreScript;
  steps: string;
  /** Lines with `-` (this version) and `+` (the other), as in a diff. */
  difference: string;
}

/** Makes each call to another version too, and notes where the last act led to something else. */
export class Comparison {
  readonly differences: Compared[] = [];
  readonly #own: ApplicationOptions;
  readonly #other: ApplicationOptions;
  readonly #sameness = new Sameness();
  readonly #seen = new Set<string>();

  constructor(own: ApplicationOptions, other: ApplicationOptions) {
    this.#own = own;
    this.#other = other;
  }

  async take(played: Played): Promise<void> {
    const { script } = played;
    const steps = scriptInWords(script);
    if (this.#seen.has(steps)) return;
    this.#seen.add(steps);
    const { call } = this.#own;
    const other = await play({ ...(call && { call }), ...this.#other, sameness: this.#sameness }, script);
    const shown = difference(this.#told(played, this.#own), this.#told(other, this.#other));
    if (shown !== '') this.differences.push({ script, steps, difference: shown });
  }

  /** What the last act led to, without times and the place where the application runs. */
  #told({ journal, span: [from, to], signs }: Played, { application }: ApplicationOptions): string {
    const lines = linesBetween(journal, from, to).join('\n');
    const broken = signs.filter(({ kind }) => kind === 'notRepeatable' || kind === 'applicationThrew');
    const origin = originOf(application);
    const told = tolerant(lines, origin === undefined ? {} : { [origin]: 'https://app.example' });
    return this.#sameness.plain([told, ...broken.map(({ message }) => message)].join('\n'));
  }
}

function linesBetween(journal: readonly JournalEntry[], from: number, to: number): string[] {
  const told = createTranscript(lookAhead(journal));
  return journal.slice(0, to).flatMap((entry, index) => {
    const lines = told.line(entry);
    return index >= from ? lines : [];
  });
}

function originOf(application: ApplicationOptions['application']): string | undefined {
  if (typeof application === 'string') return new URL(application).origin;
  return application instanceof URL ? application.origin : undefined;
}
