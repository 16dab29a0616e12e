import type { Ids } from '../ids.ts';
import type { JournalEntry } from '../journal.ts';
import type { Delivery } from '../store/store.ts';
import { type LinkTo, vendorOf } from '../vendors/index.ts';

export interface Outbox {
  ids: Ids;
  /** Where a recording or a fax can be fetched, when there is a public URL. */
  linkTo?: LinkTo;
}

const nothing: readonly Delivery[] = [];

/** The callbacks that a journal entry makes us owe: they belong into the batch that holds the entry. */
export function owedBy(entry: JournalEntry, { ids, linkTo }: Outbox): readonly Delivery[] {
  const { output } = entry;
  if (!output || !('record' in output)) return nothing;
  const { dialect } = output.record;
  const owed = vendorOf(dialect)?.callbackOf(entry, linkTo);
  if (!owed) return nothing;
  const { event, project, urls, contentType, body } = owed;
  return [
    {
      id: ids.next(),
      subject: entry.subject,
      family: entry.family,
      project,
      dialect,
      event,
      urls,
      contentType,
      body,
      createTime: entry.at,
      attempts: 0,
      state: 'owed',
      dueTime: entry.at,
    },
  ];
}
