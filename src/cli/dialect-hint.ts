import { dialectHint, otherDialect } from '../dialects/spoken.ts';
import type { JournalEntry } from '../journal/journal.ts';

/** Whoever forgets to name the dialect sees a call that fails at once, or does nothing: what to try, if it was that. */
export function hintAtDialect(dialect: string, entries: readonly JournalEntry[]): void {
  const input = entries.find((entry) => entry.input?.type === 'handler.attempted')?.input;
  if (input?.type !== 'handler.attempted') return;
  const other = otherDialect({ dialect, body: input.attempt.responseBody });
  if (other !== undefined) console.error(dialectHint(other));
}
