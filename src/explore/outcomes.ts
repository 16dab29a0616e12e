import { type Ending, isEnding, type Place } from './graph.ts';
import type { Step } from './walk.ts';

/** What callers come to, and how long it takes them. */
export interface Outcome {
  what: string;
  /** In how many ways. */
  ways: number;
  /** Half of the ways are not longer. */
  typicalMs: number;
  longestMs: number;
}

/** What whoever calls has come to in a step. */
export function outcomesIn({ entries }: Step, to: Place | Ending): string[] {
  const found = new Set<string>();
  for (const { output } of entries) {
    if (output?.type === 'recording.ended' && output.record.source === 'record') found.add('leaves a message');
    if (output?.type === 'queue.entered') found.add('waits in a queue');
  }
  const joined = entries.some(({ output }) => output?.type === 'bridge.entered' && output.with.length > 0);
  if (joined && !isEnding(to) && to.arrived) found.add(to.waits);
  else if (joined) found.add('talks to somebody');
  if (isEnding(to)) found.add(to.ended);
  return [...found];
}

/** Collects how long it took to get where. */
export class Outcomes {
  readonly #times = new Map<string, number[]>();

  add(what: string, ms: number): void {
    const times = this.#times.get(what);
    if (times) times.push(ms);
    else this.#times.set(what, [ms]);
  }

  get list(): Outcome[] {
    return [...this.#times].map(([what, times]) => {
      const sorted = times.sort((one, other) => one - other);
      return {
        what,
        ways: sorted.length,
        typicalMs: sorted[(sorted.length - 1) >> 1]!,
        longestMs: sorted.at(-1)!,
      };
    });
  }
}
