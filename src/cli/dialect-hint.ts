import { dialectHint, otherDialect } from '../dialects/spoken.ts';
import type { JournalEntry } from '../journal/journal.ts';

/** Whoever forgets to name the dialect sees a call that fails at once, or does nothing: what to try, if it was that. */
export function hintAtDialect(dialect: string, entries: readonly JournalEntry[]): void {
  const input = entries.find((entry) => entry.input?.type === 'handler.attempted')?.input;
  // What failed, or came without a body, is no document of any dialect.
  if (input?.type !== 'handler.attempted' || !input.attempt.responseBody) return;
  if (/^(?:HANDLER|URL)_/.test(input.attempt.code ?? '')) return;
  const other = otherDialect({ dialect, body: input.attempt.responseBody });
  if (other !== undefined) console.error(dialectHint(other));
}
