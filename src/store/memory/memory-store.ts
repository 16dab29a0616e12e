/** A store that lives as long as its process: for flows, tests and engines that need not remember. */
import type { JournalEntry } from '../../journal.ts';
import type { CallRecord, Changed, FaxRecord, RecordingRecord, TranscriptionRecord } from '../../records.ts';
import type { Batch, Delivery, Store } from '../store.ts';
import { Family } from './family.ts';

export interface MemoryStoreOptions {
  /**
   * How many families in which nothing can happen any more are kept, all of them unless given. Older ones go with
   * their records, their journal and their callbacks, except those that were given up.
   */
  keepEnded?: number;
}

/** Makes an empty store; every batch is committed at once. */
export const memoryStore = (options: MemoryStoreOptions = {}): Store => new MemoryStore(options);

class MemoryStore implements Store {
  readonly #keepEnded: number;
  readonly #calls = new Map<string, CallRecord>();
  readonly #recordings = new Map<string, RecordingRecord>();
  readonly #transcriptions = new Map<string, TranscriptionRecord>();
  readonly #faxes = new Map<string, FaxRecord>();
  readonly #deliveries = new Map<string, Delivery>();
  readonly #families = new Map<string, Family>();
  /** Families in which nothing can happen any more, the oldest end first. */
  readonly #ended = new Set<Family>();

  constructor({ keepEnded = Number.POSITIVE_INFINITY }: MemoryStoreOptions) {
    this.#keepEnded = keepEnded;
  }

  commit(take: () => Batch, committed: () => void): void {
    const { entries, changes, deliveries } = take();
    const touched = new Set<Family>();
    for (const entry of entries) {
      const family = this.#family(entry.family);
      family.journal.push(entry);
      touched.add(family);
    }
    for (const change of changes) touched.add(this.#change(change));
    for (const delivery of deliveries) {
      const family = this.#family(delivery.family);
      family.keep(this.#deliveries, delivery);
      touched.add(family);
    }
    if (this.#keepEnded !== Number.POSITIVE_INFINITY) this.#forget(touched);
    committed();
  }

  call(id: string): CallRecord | undefined {
    return this.#calls.get(id);
  }

  calls(): Iterable<CallRecord> {
    return this.#calls.values();
  }

  recording(id: string): RecordingRecord | undefined {
    return this.#recordings.get(id);
  }

  recordings(): Iterable<RecordingRecord> {
    return this.#recordings.values();
  }

  transcriptions(): Iterable<TranscriptionRecord> {
    return this.#transcriptions.values();
  }

  faxes(): Iterable<FaxRecord> {
    return this.#faxes.values();
  }

  delivery(id: string): Delivery | undefined {
    return this.#deliveries.get(id);
  }

  deliveries(): Iterable<Delivery> {
    return this.#deliveries.values();
  }

  journal(family?: string): Iterable<JournalEntry> {
    if (family !== undefined) return this.#families.get(family)?.journal ?? [];
    const everything = [...this.#families.values()].flatMap(({ journal }) => journal);
    return everything.sort((one, other) => one.seq - other.seq);
  }

  #change(change: Changed): Family {
    if (change.type === 'call') {
      const family = this.#family(change.record.family);
      family.keep(this.#calls, change.record);
      return family;
    }
    const { call } = change.record;
    const family = this.#family(this.#calls.get(call)?.family ?? call);
    if (change.type === 'recording') family.keep(this.#recordings, change.record);
    else if (change.type === 'transcription') family.keep(this.#transcriptions, change.record);
    else family.keep(this.#faxes, change.record);
    return family;
  }

  #family(id: string): Family {
    let family = this.#families.get(id);
    if (!family) {
      family = new Family(id);
      this.#families.set(id, family);
    }
    return family;
  }

  #forget(touched: ReadonlySet<Family>): void {
    for (const family of touched) {
      if (family.ended) this.#ended.add(family);
      else this.#ended.delete(family);
    }
    for (const family of this.#ended) {
      if (this.#ended.size <= this.#keepEnded) break;
      this.#ended.delete(family);
      this.#families.delete(family.id);
      family.drop();
    }
  }
}
