import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { JournalEntry } from '../../journal/journal.ts';
import type { JournalPage } from '../store.ts';

/** Entries of one family that follow each other, as JSON; whatever happens in one turn happens mostly in one family. */
export interface Run {
  /** Of the first of them. */
  seq: number;
  family: string;
  body: string;
}

const runsAtOnce = 200;

export function runsOf(entries: readonly JournalEntry[]): Run[] {
  const runs: Run[] = [];
  for (let begin = 0; begin < entries.length; ) {
    const { seq, family } = entries[begin]!;
    let end = begin + 1;
    while (entries[end]?.family === family) end++;
    runs.push({ seq, family, body: JSON.stringify(entries.slice(begin, end)) });
    begin = end;
  }
  return runs;
}

/** The journal, a run of entries in a row. */
export class Journal {
  readonly #write: StatementSync;
  readonly #beginning: Statements;
  readonly #piece: Statements;

  constructor(database: DatabaseSync) {
    this.#write = database.prepare('INSERT INTO journal (seq, family, body) VALUES (?, ?, ?)');
    const both = (sql: (condition: string) => string): Statements => ({
      all: database.prepare(sql('TRUE')),
      ofFamily: database.prepare(sql('family = :family')),
    });
    this.#beginning = both((of) => `SELECT max(seq) AS seq FROM journal WHERE ${of} AND seq <= :after`);
    this.#piece = both(
      (of) => `SELECT seq, body FROM journal WHERE ${of} AND seq >= :from ORDER BY seq LIMIT ${runsAtOnce}`,
    );
  }

  write(runs: readonly Run[]): void {
    for (const { seq, family, body } of runs) this.#write.run(seq, family, body);
  }

  *read(family?: string, { after = -1, limit = Number.POSITIVE_INFINITY }: JournalPage = {}): Generator<JournalEntry> {
    let left = limit;
    for (const entry of this.#entries(family, after)) {
      if (entry.seq <= after) continue;
      if (left-- <= 0) return;
      yield entry;
    }
  }

  lastSeq(): number {
    const last = this.#beginning.all.get({ after: Number.MAX_SAFE_INTEGER })?.seq;
    if (typeof last !== 'number') return -1;
    return [...this.read(undefined, { after: last })].at(-1)?.seq ?? last;
  }

  /** From the row on that has this entry: the one before it belongs to the same row, perhaps. */
  *#entries(family: string | undefined, after: number): Generator<JournalEntry> {
    const of = family === undefined ? {} : { family };
    const which = family === undefined ? 'all' : 'ofFamily';
    let from = Number(this.#beginning[which].get({ ...of, after })?.seq ?? 0);
    for (;;) {
      const runs = this.#piece[which].all({ ...of, from }) as unknown as Pick<Run, 'seq' | 'body'>[];
      for (const { body } of runs) yield* JSON.parse(body) as JournalEntry[];
      if (runs.length < runsAtOnce) return;
      from = runs.at(-1)!.seq + 1;
    }
  }
}

interface Statements {
  all: StatementSync;
  ofFamily: StatementSync;
}
