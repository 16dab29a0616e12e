import type { Ids } from '../ids.ts';
import type { JournalEntry } from '../journal/journal.ts';
import type { Delivery } from '../store/store.ts';
import { type LinkTo, type Owed, vendorOf } from '../vendors/index.ts';

export interface Outbox {
  ids: Ids;
  /** Where a recording or a fax can be fetched, when there is a public URL. */
  linkTo?: LinkTo;
  publicUrl?(): string | undefined;
}

const nothing: readonly Delivery[] = [];

/** The callbacks that a journal entry makes us owe: they belong into the batch that holds the entry. */
export function owedBy(entry: JournalEntry, { ids, linkTo, publicUrl }: Outbox): readonly Delivery[] {
  const { output } = entry;
  if (!output || !('record' in output)) return nothing;
  const { dialect } = output.record;
  const owed = vendorOf(dialect)?.callbackOf(entry, linkTo, publicUrl?.());
  if (!owed) return nothing;
  return 'event' in owed
    ? [toDelivery(owed, entry, dialect, ids)]
    : owed.map((one) => toDelivery(one, entry, dialect, ids));
}

function toDelivery(owed: Owed, { at, subject, family }: JournalEntry, dialect: string, ids: Ids): Delivery {
  const { event, project, urls, method, contentType, body } = owed;
  const delivery: Delivery = {
    id: ids.next(),
    subject,
    family,
    project,
    dialect,
    event,
    urls,
    contentType,
    body,
    createTime: at,
    attempts: 0,
    state: 'owed',
    dueTime: at,
  };
  if (method) delivery.method = method;
  return delivery;
}
