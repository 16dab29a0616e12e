import type { DatabaseSync } from 'node:sqlite';
import type { FaxRecord } from '../../records/fax.ts';
import type { MessageRecord } from '../../records/message.ts';
import type { RecordingRecord, TranscriptionRecord } from '../../records/recording.ts';
import { CallProducts } from './call-products.ts';
import { Calls } from './calls.ts';
import { ConferenceTables } from './conferences.ts';
import { DeliveryTable } from './deliveries.ts';
import { Families } from './families.ts';
import { Journal } from './journal.ts';
import type { Latest, OtherChange } from './latest.ts';
import { Marks } from './marks.ts';
import { ResourceTable } from './resources.ts';

/** Everything that is kept, where it can be found. */
export class Tables {
  readonly journal: Journal;
  readonly calls: Calls;
  readonly recordings: CallProducts<RecordingRecord>;
  readonly transcriptions: CallProducts<TranscriptionRecord>;
  readonly faxes: CallProducts<FaxRecord>;
  readonly messages: CallProducts<MessageRecord>;
  readonly conferences: ConferenceTables;
  readonly deliveries: DeliveryTable;
  readonly resources: ResourceTable;
  readonly families: Families;
  readonly marks: Marks;

  constructor(database: DatabaseSync) {
    this.journal = new Journal(database);
    this.calls = new Calls(database);
    this.recordings = new CallProducts(database, 'recordings');
    this.transcriptions = new CallProducts(database, 'transcriptions');
    this.faxes = new CallProducts(database, 'faxes');
    this.messages = new CallProducts(database, 'messages');
    this.conferences = new ConferenceTables(database);
    this.deliveries = new DeliveryTable(database);
    this.resources = new ResourceTable(database);
    this.families = new Families(database);
    this.marks = new Marks(database);
  }

  /** To be called in a transaction. */
  keep({ runs, calls, goneCalls, others, deliveries, keys, families }: Latest): void {
    this.journal.write(runs);
    for (const call of calls.values()) this.calls.keep(call);
    for (const change of others.values()) this.#keepOther(change);
    for (const id of goneCalls) this.calls.delete(id);
    for (const delivery of deliveries.values()) this.deliveries.keep(delivery);
    for (const key of keys.values()) this.marks.keepKey(key);
    for (const [family, at] of families) this.families.touch(family, at);
  }

  #keepOther(change: OtherChange): void {
    const deleted = 'deleted' in change;
    switch (change.type) {
      case 'resource':
        this.resources.keep(change.record, deleted);
        break;
      case 'recording':
        this.recordings.keep(change.record, deleted);
        break;
      case 'transcription':
        this.transcriptions.keep(change.record, deleted);
        break;
      case 'fax':
        this.faxes.keep(change.record, deleted);
        break;
      case 'message':
        this.messages.keep(change.record, deleted);
        break;
      case 'conference':
        this.conferences.keep(change.record);
        break;
      case 'participant':
        this.conferences.keepParticipant(change.record);
        break;
      default:
        change satisfies never;
    }
  }
}
