/** What tests put into stores. */
import type { JournalEntry } from '../../src/journal/journal.ts';
import type { Batch, Delivery, Store } from '../../src/store/store.ts';

export const empty: Batch = { entries: [], changes: [], deliveries: [] };

export const committed = (store: Store, take: () => Batch) =>
  new Promise<void>((resolve) => store.commit(take, resolve));

/** Puts one batch into a store and waits until it is kept. */
export const commit = (store: Store, batch: Partial<Batch>) => committed(store, () => ({ ...empty, ...batch }));

export const entryOf = ({ seq, family = 'f1' }: { seq: number; family?: string }): JournalEntry => ({
  seq,
  at: 1000 + seq,
  subject: family,
  family,
  output: { type: 'problem', code: 'CALL_NETWORK', message: `entry ${seq}` },
});

export const deliveryOf = (id: string, family = 'f1'): Delivery => ({
  id,
  subject: family,
  family,
  project: 'demo',
  dialect: 'voiceml',
  event: 'CALL_STATE_UPDATE',
  urls: ['https://app.example.test/state'],
  contentType: 'application/json; charset=utf-8',
  body: '{"state":"RINGING"}',
  createTime: 1000,
  attempts: 0,
  state: 'owed',
  dueTime: 1000,
});
