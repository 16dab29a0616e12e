import type { JournalEntry } from '../journal.ts';
import type { CallRecord, Changed, FaxRecord, RecordingRecord, TranscriptionRecord } from '../records.ts';

/** A callback that is owed, spelled as it will be sent. */
export interface Delivery {
  /** Stable over all attempts. */
  id: string;
  subject: string;
  family: string;
  project: string;
  dialect: string;
  /** The vendor's name of the event. */
  event: string;
  urls: readonly string[];
  contentType: string;
  body: string;
  createTime: number;
  attempts: number;
  state: 'owed' | 'delivered' | 'givenUp';
  /** When the next attempt is due; absent once nothing more will be tried. */
  dueTime?: number;
}

export interface Batch {
  entries: readonly JournalEntry[];
  changes: readonly Changed[];
  deliveries: readonly Delivery[];
}

/**
 * What outlives the process. Laws: a batch is kept whole or not at all, batches in the order they were taken; `committed`
 * is called once the batch can no longer be lost. `take` is called when the store is ready for more, at once or
 * later, and gathers everything that has happened until then: a busy engine writes large batches, an idle one
 * commits at once. What a batch holds is not changed by anyone afterwards. A record or delivery replaces the one of
 * its id; entries are added.
 */
export interface Store {
  commit(take: () => Batch, committed: () => void): void;
  call(id: string): CallRecord | undefined;
  calls(): Iterable<CallRecord>;
  recording(id: string): RecordingRecord | undefined;
  recordings(): Iterable<RecordingRecord>;
  transcriptions(): Iterable<TranscriptionRecord>;
  faxes(): Iterable<FaxRecord>;
  delivery(id: string): Delivery | undefined;
  deliveries(): Iterable<Delivery>;
  /** Everything, or what happened in one family, in order. */
  journal(family?: string): Iterable<JournalEntry>;
}
