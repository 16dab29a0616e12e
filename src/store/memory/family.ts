import type { JournalEntry } from '../../journal.ts';

/** Something that is kept: a record or a delivery. */
export interface Kept {
  id: string;
  state?: string;
}

const openStates: ReadonlySet<string> = new Set(['queued', 'starting', 'ringing', 'inProgress', 'pending', 'owed']);

const openness = (kept: Kept | undefined) => (kept?.state !== undefined && openStates.has(kept.state) ? 1 : 0);

/** Everything that is kept of one family, so that it can go in one piece. */
export class Family {
  readonly id: string;
  readonly journal: JournalEntry[] = [];
  /** What is kept, by its id, and in which table. */
  readonly #kept = new Map<string, Map<string, Kept>>();
  #open = 0;

  constructor(id: string) {
    this.id = id;
  }

  /** No call is going on, no recording or transcription is awaited, no callback is owed. */
  get ended(): boolean {
    return this.#open === 0;
  }

  keep<K extends Kept>(table: Map<string, K>, kept: K): void {
    this.#open += openness(kept) - openness(table.get(kept.id));
    this.#kept.set(kept.id, table);
    table.set(kept.id, kept);
  }

  /** Removes all of it from the tables, except callbacks that were given up: somebody may want to send them again. */
  drop(): void {
    for (const [id, table] of this.#kept) if (table.get(id)?.state !== 'givenUp') table.delete(id);
  }
}
