import type { ForkRecord } from '../records/fork.ts';
import type { MessageRecord } from '../records/message.ts';
import type { CheckoutRecord } from '../records/payment.ts';
import type { RecordingRecord } from '../records/recording.ts';
import type { Delivery } from '../store/store.ts';
import { ownerOf } from './fork-record.ts';

/** The audio of a recording that is to be kept elsewhere, until it is there or cannot be. */
export const audioOwed = (record: RecordingRecord, family: string): Delivery => ({
  ...debt('audio', record, record.call, family),
  urls: record.storage ? [record.storage.url] : [],
  contentType: 'audio/wav',
  body: '',
});

/** A text message, until it is known what became of it. */
export const messageOwed = (record: MessageRecord, family: string): Delivery => ({
  ...debt('message', record, record.call ?? record.id, family),
  urls: [],
  contentType: 'application/json',
  body: JSON.stringify(record),
});

/** Of what goes elsewhere, how it ends: as it was when it began. */
export const forkOwed = (record: ForkRecord, family: string): Delivery => ({
  ...debt('fork', record, ownerOf(record), family),
  urls: [],
  contentType: 'application/json',
  body: JSON.stringify(record),
});

/** Of a payment beside a call, what becomes of it: as it was when it began. */
export const paymentOwed = (record: CheckoutRecord, family: string): Delivery => ({
  ...debt('payment', record, record.call, family),
  urls: [],
  contentType: 'application/json',
  body: JSON.stringify(record),
});

/** Nothing more is to be done about it. */
export function settled(owed: Delivery, state: 'delivered' | 'givenUp', attempts: number): Delivery {
  const { dueTime: _, ...rest } = owed;
  return { ...rest, state, attempts };
}

function debt(
  of: NonNullable<Delivery['debt']>,
  { id, project, dialect, createTime }: RecordingRecord | MessageRecord | ForkRecord | CheckoutRecord,
  subject: string,
  family: string,
) {
  const about = { id, subject, family, project, dialect, debt: of, event: of, createTime };
  return { ...about, attempts: 0, state: 'owed', dueTime: createTime } as const;
}
