import type { Attempt, JournalEntry } from '../journal/journal.ts';

/** What is known of later entries when a whole journal is told: a live transcript knows nothing of it. */
export interface Ahead {
  /** The attempts of each request, in their order. */
  attempts: ReadonlyMap<string, readonly Attempt[]>;
  /** How long each command took that came to its own end, in milliseconds. */
  lengths: ReadonlyMap<string, number>;
}

export const nothingAhead: Ahead = { attempts: new Map(), lengths: new Map() };

/** Looks through a journal for what makes its earlier lines say more. */
export function lookAhead(entries: readonly JournalEntry[]): Ahead {
  const attempts = new Map<string, Attempt[]>();
  const lengths = new Map<string, number>();
  const begun = new Map<string, number>();
  for (const { at, input, output } of entries) {
    if (output?.type === 'commanded' && 'id' in output.command) begun.set(output.command.id, at);
    if (input?.type === 'leg.done') lengths.set(input.id, at - (begun.get(input.id) ?? at));
    if (input?.type === 'handler.attempted') {
      const known = attempts.get(input.request);
      if (known) known.push(input.attempt);
      else attempts.set(input.request, [input.attempt]);
    }
  }
  return { attempts, lengths };
}
