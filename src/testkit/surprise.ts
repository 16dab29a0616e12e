import type { JournalEntry } from '../journal/journal.ts';
import { lookAhead } from '../replay/ahead.ts';
import { createTranscript } from '../replay/transcript.ts';
import { type Executed, executedIn } from './executed.ts';
import type { Rehearsal } from './rehearsal.ts';

export interface SurpriseOptions {
  /** Which lines of the transcript are marked: those since the last act, or none. */
  since: 'lastAct' | 'beginning';
  /** The call whose document is shown. */
  call?: string;
}

/** So many lines of a transcript tell enough. */
const mostLines = 40;

/** Something that a test did not expect: what has happened until then, and the document that was being executed. */
export class Surprise extends Error {
  override name = 'Surprise';

  constructor(message: string, { journal, recent }: Rehearsal, { since, call }: SurpriseOptions) {
    const marked = since === 'lastAct' ? journal.length - recent.length : journal.length;
    super([message, '', ...transcript(journal, marked), ...document(executedIn(journal, call))].join('\n'));
  }
}

/** The transcript, with `>` before what has happened since. */
function transcript(journal: readonly JournalEntry[], marked: number): string[] {
  const told = createTranscript(lookAhead(journal));
  const lines = journal.flatMap((entry, index) =>
    told.line(entry).map((line) => `${index >= marked ? '>' : ' '} ${line.trimEnd()}`),
  );
  const left = lines.length - mostLines;
  return left > 0 ? [`  … ${left} lines before`, ...lines.slice(left)] : lines;
}

/** The document, with `>` before the element at work. */
function document(executed: Executed | undefined): string[] {
  if (!executed) return [];
  const { url, source, line } = executed;
  const rows = source.trimEnd().split('\n');
  const width = String(rows.length).length;
  const first = line === undefined ? 0 : Math.max(0, line - 8);
  return [
    '',
    `executing the document of ${url}:`,
    ...rows.slice(first, first + 16).map((row, index) => {
      const number = first + index + 1;
      return `${number === line ? '>' : ' '} ${String(number).padStart(width)} | ${row}`;
    }),
  ];
}
