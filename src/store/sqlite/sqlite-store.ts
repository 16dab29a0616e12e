/** A store in one file of SQLite, for an engine that must remember. */
import type { DatabaseSync } from 'node:sqlite';
import { type Clock, realClock } from '../../clock.ts';
import { CallflowError } from '../../errors.ts';
import type { Changed } from '../../records/changed.ts';
import type { FaxRecord } from '../../records/fax.ts';
import type { MessageRecord } from '../../records/message.ts';
import type { RecordingRecord, TranscriptionRecord } from '../../records/recording.ts';
import type {
  Batch,
  CallProductQuery,
  CallQuery,
  ConferenceQuery,
  Delivery,
  Forgotten,
  JournalPage,
  ParticipantQuery,
  ResourceQuery,
  Store,
} from '../store.ts';
import { CallProducts } from './call-products.ts';
import { Calls } from './calls.ts';
import { ConferenceTables } from './conferences.ts';
import { inTransaction, openDatabase } from './database.ts';
import { DeliveryTable } from './deliveries.ts';
import { Families } from './families.ts';
import { GroupCommit } from './group-commit.ts';
import { Journal } from './journal.ts';
import { isEmpty, latestOf } from './latest.ts';
import { Marks } from './marks.ts';
import { ResourceTable } from './resources.ts';

export interface SqliteStoreOptions {
  /** The data file; it is made, with its folder, if it is not there. */
  file: string;
  /** By which it is tried again to write what could not be written. */
  clock?: Pick<Clock, 'setTimeout' | 'clearTimeout' | 'outside'>;
  /** Hears of each time in which something could not be written; it is tried again until it is. */
  onFailure(error: CallflowError): void;
}

/** Opens a data file, for this process alone. */
export const sqliteStore = (options: SqliteStoreOptions): Store => new FileStore(options);

class FileStore implements Store {
  readonly #database: DatabaseSync;
  readonly #close: () => void;
  readonly #group: GroupCommit;
  readonly #journal: Journal;
  readonly #calls: Calls;
  readonly #recordings: CallProducts<RecordingRecord>;
  readonly #transcriptions: CallProducts<TranscriptionRecord>;
  readonly #faxes: CallProducts<FaxRecord>;
  readonly #messages: CallProducts<MessageRecord>;
  readonly #conferences: ConferenceTables;
  readonly #deliveries: DeliveryTable;
  readonly #resources: ResourceTable;
  readonly #families: Families;
  readonly #marks: Marks;
  readonly #failed: (error: unknown) => void;
  #lastSeq: number;
  /** Nothing may be committed for long while the disk fills: the heartbeat finds it out. */
  #beats = true;

  constructor({ file, clock = realClock, onFailure }: SqliteStoreOptions) {
    const { database, close } = openDatabase(file);
    this.#database = database;
    this.#close = close;
    this.#journal = new Journal(database);
    this.#calls = new Calls(database);
    this.#recordings = new CallProducts(database, 'recordings');
    this.#transcriptions = new CallProducts(database, 'transcriptions');
    this.#faxes = new CallProducts(database, 'faxes');
    this.#messages = new CallProducts(database, 'messages');
    this.#conferences = new ConferenceTables(database);
    this.#deliveries = new DeliveryTable(database);
    this.#resources = new ResourceTable(database);
    this.#families = new Families(database);
    this.#marks = new Marks(database);
    this.#lastSeq = Math.max(this.#journal.lastSeq(), this.#marks.marked('lastSeq') ?? -1);
    this.#failed = (error) => onFailure(failure(error));
    this.#group = new GroupCommit({ clock, write: (batches) => this.#write(batches), failed: this.#failed });
  }

  commit(take: () => Batch, committed: () => void): void {
    this.#group.commit(take, committed);
  }

  get ready(): boolean {
    return this.#group.ready && this.#beats;
  }

  call = (id: string) => this.#calls.get(id);
  recording = (id: string) => this.#recordings.get(id);
  transcription = (id: string) => this.#transcriptions.get(id);
  fax = (id: string) => this.#faxes.get(id);
  message = (id: string) => this.#messages.get(id);
  conference = (id: string) => this.#conferences.get(id);
  delivery = (id: string) => this.#deliveries.get(id);

  calls = () => this.#calls.all();
  unended = () => this.#calls.unended();
  recordings = (state?: RecordingRecord['state']) => this.#recordings.all(state);
  transcriptions = () => this.#transcriptions.all();
  faxes = () => this.#faxes.all();
  messages = () => this.#messages.all();
  unendedConferences = () => this.#conferences.unended();
  deliveries = (state?: Delivery['state']) => this.#deliveries.all(state);

  findCalls = (query: CallQuery) => this.#calls.find(query);
  findRecordings = (query: CallProductQuery) => this.#recordings.find(query);
  findTranscriptions = (query: CallProductQuery) => this.#transcriptions.find(query);
  findFaxes = (query: CallProductQuery) => this.#faxes.find(query);
  findMessages = (query: CallProductQuery) => this.#messages.find(query);
  findConferences = (query: ConferenceQuery) => this.#conferences.find(query);
  findParticipants = (query: ParticipantQuery) => this.#conferences.findParticipants(query);

  resource = (kind: string, project: string, id: string) => this.#resources.get(kind, project, id);
  resourceNamed = (kind: string, name: string) => this.#resources.named(kind, name);
  findResources = (query: ResourceQuery) => this.#resources.find(query);

  idempotencyKey = (project: string, key: string, at: number) => this.#marks.key(project, key, at);
  journal = (family?: string, page?: JournalPage) => this.#journal.read(family, page);
  lastSeq = () => this.#lastSeq;

  /** One that fails is missed by nobody: the next one comes soon. */
  heartbeat(at: number): void {
    try {
      this.#marks.mark('heartbeat', at);
      this.#beats = true;
    } catch (error) {
      this.#beats = false;
      this.#failed(error);
    }
  }

  lastHeartbeat = () => this.#marks.marked('heartbeat');
  setting = (key: string) => this.#marks.setting(key);

  putSetting(key: string, value: string): void {
    this.#now(() => this.#marks.set(key, value));
  }

  forget(before: number, limit = 100): Forgotten {
    return this.#now(() => this.#families.forget(before, limit));
  }

  erase(call: string): Forgotten {
    const forgotten = this.#now(() => this.#families.erase(call));
    // What is written ahead has it still.
    this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    return forgotten;
  }

  close(): void {
    this.#group.close();
    this.#close();
  }

  #write(batches: readonly Batch[]): void {
    const full = batches.filter((batch) => !isEmpty(batch));
    if (full.length === 0) return;
    const { entries, calls, goneCalls, others, deliveries, keys, families } = latestOf(full);
    inTransaction(this.#database, () => {
      this.#journal.write(entries);
      for (const call of calls.values()) this.#calls.keep(call);
      for (const id of goneCalls) this.#calls.delete(id);
      for (const change of others.values()) this.#keep(change);
      for (const delivery of deliveries.values()) this.#deliveries.keep(delivery);
      for (const key of keys) this.#marks.keepKey(key);
      for (const [family, at] of families) this.#families.touch(family, at);
    });
    this.#lastSeq = entries.at(-1)?.seq ?? this.#lastSeq;
  }

  #keep(change: Exclude<Changed, { type: 'call' }>): void {
    const deleted = 'deleted' in change;
    switch (change.type) {
      case 'resource':
        this.#resources.keep(change.record, deleted);
        break;
      case 'recording':
        this.#recordings.keep(change.record, deleted);
        break;
      case 'transcription':
        this.#transcriptions.keep(change.record, deleted);
        break;
      case 'fax':
        this.#faxes.keep(change.record, deleted);
        break;
      case 'message':
        this.#messages.keep(change.record, deleted);
        break;
      case 'conference':
        this.#conferences.keep(change.record);
        break;
      case 'participant':
        this.#conferences.keepParticipant(change.record);
        break;
      default:
        change satisfies never;
    }
  }

  /** What somebody waits for: written at once, or refused. Numbers go on where they were, whatever is forgotten. */
  #now<Given>(act: () => Given): Given {
    try {
      return inTransaction(this.#database, () => {
        this.#marks.mark('lastSeq', this.#lastSeq);
        return act();
      });
    } catch (error) {
      throw failure(error);
    }
  }
}

const failure = (cause: unknown) =>
  new CallflowError('STORE_FAILED', cause instanceof Error ? cause.message : String(cause), { cause });
