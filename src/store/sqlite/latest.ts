import type { JournalEntry } from '../../journal/journal.ts';
import type { CallRecord } from '../../records/call.ts';
import type { Changed } from '../../records/changed.ts';
import type { Batch, Delivery, IdempotencyKey } from '../store.ts';

/** Several batches as one: a record that has changed more than once is written once. */
export interface Latest {
  entries: readonly JournalEntry[];
  calls: ReadonlyMap<string, CallRecord>;
  /** Ids of calls that are deleted. */
  goneCalls: ReadonlySet<string>;
  /** Recordings, transcriptions, faxes and resources. */
  others: ReadonlyMap<string, Exclude<Changed, { type: 'call' }>>;
  deliveries: ReadonlyMap<string, Delivery>;
  keys: readonly IdempotencyKey[];
  /** The families in which something has happened, and when. */
  families: ReadonlyMap<string, number>;
}

export function latestOf(batches: readonly Batch[]): Latest {
  const calls = new Map<string, CallRecord>();
  const goneCalls = new Set<string>();
  const others = new Map<string, Exclude<Changed, { type: 'call' }>>();
  const deliveries = new Map<string, Delivery>();
  const families = new Map<string, number>();
  const touch = (family: string, at: number) => {
    if (at > (families.get(family) ?? Number.NEGATIVE_INFINITY)) families.set(family, at);
  };
  for (const batch of batches) {
    for (const { family, at } of batch.entries) touch(family, at);
    for (const change of batch.changes) {
      if (change.type !== 'call') others.set(keyOf(change), change);
      else if (change.deleted) {
        calls.delete(change.record.id);
        goneCalls.add(change.record.id);
      } else {
        calls.set(change.record.id, change.record);
        touch(change.record.family, change.record.updateTime);
      }
    }
    for (const delivery of batch.deliveries) {
      deliveries.set(delivery.id, delivery);
      touch(delivery.family, delivery.createTime);
    }
  }
  const entries = batches.length === 1 ? batches[0]!.entries : batches.flatMap((batch) => batch.entries);
  return { entries, calls, goneCalls, others, deliveries, keys: batches.flatMap(({ keys = [] }) => keys), families };
}

const keyOf = (change: Exclude<Changed, { type: 'call' }>): string =>
  change.type === 'resource'
    ? `${change.record.kind}\0${change.record.project}\0${change.record.id}`
    : `${change.type}\0${change.record.id}`;

export const isEmpty = ({ entries, changes, deliveries, keys }: Batch): boolean =>
  entries.length + changes.length + deliveries.length + (keys?.length ?? 0) === 0;
