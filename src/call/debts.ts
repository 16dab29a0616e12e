import type { MessageRecord, RecordingRecord } from '../records.ts';
import type { Delivery } from '../store/store.ts';

/** The audio of a recording that is to be kept elsewhere, until it is there or cannot be. */
export const audioOwed = (record: RecordingRecord, family: string): Delivery => ({
  ...debt('audio', record, family),
  urls: record.storage ? [record.storage.url] : [],
  contentType: 'audio/wav',
  body: '',
});

/** A text message, until it is known what became of it. */
export const messageOwed = (record: MessageRecord, family: string): Delivery => ({
  ...debt('message', record, family),
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
  { id, call, project, dialect, createTime }: RecordingRecord | MessageRecord,
  family: string,
) {
  const about = { id, subject: call, family, project, dialect, debt: of, event: of, createTime };
  return { ...about, attempts: 0, state: 'owed', dueTime: createTime } as const;
}
