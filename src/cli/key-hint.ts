import type { JournalEntry } from '../journal/journal.ts';

/** Whoever calls an application that checks signatures sees it refuse the first request: what that may be. */
export function hintAtKey(entries: readonly JournalEntry[]): void {
  const input = entries.find((entry) => entry.input?.type === 'handler.attempted')?.input;
  if (input?.type !== 'handler.attempted' || ![401, 403].includes(input.attempt.status ?? 0)) return;
  console.error(
    'if it refused the signature: requests are signed with 64 zero bytes, or with --signing-key of callflow dial (docs/dial.md)',
  );
}
