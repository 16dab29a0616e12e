import type { JournalEntry } from '../../journal/journal.ts';
import { type Forgotten, openStates } from '../store.ts';

/** Something that is kept: a record or a delivery. */
export interface Kept {
  id: string;
  state?: string;
}

const goingOn: ReadonlySet<string> = new Set([...openStates, 'init', 'pending', 'owed']);

const openness = (kept: Kept | undefined) => (kept?.state !== undefined && goingOn.has(kept.state) ? 1 : 0);

/** Everything that is kept of one family, so that it can go in one piece. */
export class Family {
  readonly id: string;
  readonly journal: JournalEntry[] = [];
  /** When something happened last. */
  at = 0;
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

  write(entry: JournalEntry): void {
    this.journal.push(entry);
    if (entry.at > this.at) this.at = entry.at;
  }

  keep<K extends Kept>(table: Map<string, K>, kept: K, at: number): void {
    this.#open += openness(kept) - openness(table.get(kept.id));
    this.#kept.set(kept.id, table);
    table.set(kept.id, kept);
    if (at > this.at) this.at = at;
  }

  delete(table: Map<string, Kept>, id: string): void {
    this.#open -= openness(table.get(id));
    this.#kept.delete(id);
    table.delete(id);
  }

  /** Removes all of it from the tables. */
  drop(): void {
    for (const [id, table] of this.#kept) table.delete(id);
  }

  /** What will be no longer kept once it is dropped. */
  content(calls: ReadonlyMap<string, Kept>): Forgotten {
    const kept = [...this.#kept].map(([id, table]) => ({ table, record: table.get(id) }));
    return {
      families: 1,
      calls: kept.filter(({ table }) => table === calls).length,
      files: kept.flatMap(({ record }) => (record && 'file' in record ? [String(record.file)] : [])),
    };
  }
}
