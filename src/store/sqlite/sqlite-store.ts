/** A store in one file of SQLite, for an engine that must remember. */
import type { DatabaseSync } from 'node:sqlite';
import { type Clock, realClock } from '../../clock.ts';
import type { CallflowError } from '../../errors.ts';
import type { CallRecord } from '../../records/call.ts';
import type { RecordingRecord } from '../../records/recording.ts';
import {
  type Batch,
  type CallProductQuery,
  type CallQuery,
  type ConferenceQuery,
  type Delivery,
  type Forgotten,
  type IdempotencyKey,
  idempotencyMs,
  type JournalPage,
  type ParticipantQuery,
  type ResourceQuery,
  type Store,
} from '../store.ts';
import { failure, inMemory, openDatabase } from './database.ts';
import type { Families } from './families.ts';
import { GroupCommit } from './group-commit.ts';
import { isEmpty, nameOf, type What } from './latest.ts';
import type { Marks } from './marks.ts';
import { Recent } from './recent.ts';
import { Tables } from './tables.ts';

export interface SqliteStoreOptions {
  /** The data file; it is made, with its folder, if it is not there. */
  file: string;
  /** By which it is tried again to write what could not be written. */
  clock?: Pick<Clock, 'setTimeout' | 'clearTimeout' | 'outside'>;
  /** Hears of each time in which something could not be written; it is tried again until it is. */
  onFailure(error: CallflowError): void;
}

/** So long, where there is a disk: whoever waits for a commit must not notice it. */
const diskPauseMs = 3;

/** Opens a data file, for this process alone. */
export const sqliteStore = (options: SqliteStoreOptions): Store => new FileStore(options);

class FileStore implements Store {
  readonly #database: DatabaseSync;
  readonly #close: () => void;
  readonly #group: GroupCommit;
  readonly #tables: Tables;
  readonly #recent: Recent;
  readonly #marks: Marks;
  readonly #failed: (error: unknown) => void;
  #lastSeq: number;
  #isClosed = false;
  /** Nothing may be committed for long while the disk fills: the heartbeat finds it out. */
  #beats = true;

  constructor({ file, clock = realClock, onFailure }: SqliteStoreOptions) {
    const { database, close } = openDatabase(file);
    this.#database = database;
    this.#close = close;
    try {
      this.#tables = new Tables(database);
      this.#marks = this.#tables.marks;
      this.#recent = new Recent(database, this.#tables);
      this.#lastSeq = Math.max(this.#tables.journal.lastSeq(), this.#marks.marked('lastSeq') ?? -1);
    } catch (error) {
      close();
      throw failure(error);
    }
    this.#failed = (error) => onFailure(failure(error));
    this.#group = new GroupCommit({
      clock,
      write: (batches) => this.#write(batches),
      failed: this.#failed,
      pauseMs: file === inMemory ? 0 : diskPauseMs,
    });
  }

  commit(take: () => Batch, committed: () => void): void {
    this.#group.commit(take, committed);
  }

  get ready(): boolean {
    return this.#group.ready && this.#beats;
  }

  /** Asked for again and again: what has changed lately is not written to the tables for it. */
  call(id: string): CallRecord | undefined {
    const { calls, goneCalls } = this.#recent.latest;
    if (goneCalls.has(id)) return undefined;
    return calls.get(id) ?? this.#tables.calls.get(id);
  }

  delivery = (id: string) => this.#recent.latest.deliveries.get(id)?.delivery ?? this.#tables.deliveries.get(id);
  recording = (id: string) => this.#find('recording', ({ recordings }) => recordings.get(id));
  transcription = (id: string) => this.#find('transcription', ({ transcriptions }) => transcriptions.get(id));
  fax = (id: string) => this.#find('fax', ({ faxes }) => faxes.get(id));
  message = (id: string) => this.#find('message', ({ messages }) => messages.get(id));
  conference = (id: string) => this.#find('conference', ({ conferences }) => conferences.get(id));

  calls = () => this.#each('call', ({ calls }) => calls.all());
  unended = () => this.#each('call', ({ calls }) => calls.unended());
  recordings = (state?: RecordingRecord['state']) => this.#each('recording', ({ recordings }) => recordings.all(state));
  transcriptions = () => this.#each('transcription', ({ transcriptions }) => transcriptions.all());
  faxes = () => this.#each('fax', ({ faxes }) => faxes.all());
  messages = () => this.#each('message', ({ messages }) => messages.all());
  unendedConferences = () => this.#each('conference', ({ conferences }) => conferences.unended());
  deliveries = (state?: Delivery['state']) => this.#each('delivery', ({ deliveries }) => deliveries.all(state));

  findCalls = (query: CallQuery) => this.#find('call', ({ calls }) => calls.find(query));
  findRecordings = (query: CallProductQuery) => this.#find('recording', ({ recordings }) => recordings.find(query));
  findTranscriptions = (query: CallProductQuery) =>
    this.#find('transcription', ({ transcriptions }) => transcriptions.find(query));
  findFaxes = (query: CallProductQuery) => this.#find('fax', ({ faxes }) => faxes.find(query));
  findMessages = (query: CallProductQuery) => this.#find('message', ({ messages }) => messages.find(query));
  findConferences = (query: ConferenceQuery) => this.#find('conference', ({ conferences }) => conferences.find(query));
  findParticipants = (query: ParticipantQuery) =>
    this.#find('participant', ({ conferences }) => conferences.findParticipants(query));

  resource = (kind: string, project: string, id: string) =>
    this.#find(kind, ({ resources }) => resources.get(kind, project, id));
  resourceNamed = (kind: string, name: string) => this.#find(kind, ({ resources }) => resources.named(kind, name));
  findResources = (query: ResourceQuery) => this.#find(query.kind, ({ resources }) => resources.find(query));

  idempotencyKey(project: string, key: string, at: number): IdempotencyKey | undefined {
    const { keys } = this.#recent.latest;
    // Those that are older than a day when another is made are gone.
    const now = Math.max(at, ...Array.from(keys.values(), (other) => other.at));
    const recent = keys.get(nameOf(project, key));
    if (!recent) return this.#marks.key(project, key, now);
    return recent.at >= now - idempotencyMs ? recent : undefined;
  }

  journal = (family?: string, page?: JournalPage) => this.#each('entry', ({ journal }) => journal.read(family, page));
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
    return this.#forgetting((families) => families.forget(before, limit));
  }

  erase(call: string): Forgotten {
    const forgotten = this.#forgetting((families) => families.erase(call));
    // What is written ahead has it still.
    this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    return forgotten;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#group.close();
    try {
      this.#recent.tidy();
    } catch (error) {
      // What is committed is there, and whoever opens the file next finds it.
      this.#failed(error);
    }
    this.#close();
  }

  #write(batches: readonly Batch[]): void {
    const full = batches.filter((batch) => !isEmpty(batch));
    if (full.length === 0) return;
    this.#recent.keep(full);
    this.#lastSeq = full.findLast(({ entries }) => entries.length > 0)?.entries.at(-1)?.seq ?? this.#lastSeq;
  }

  #find<Found>(what: What, find: (tables: Tables) => Found): Found {
    return this.#recent.find(what, () => find(this.#tables));
  }

  #each<R>(what: What, each: (tables: Tables) => Iterable<R>): Iterable<R> {
    return this.#recent.each(what, () => each(this.#tables));
  }

  /** Numbers go on where they were, whatever is forgotten. */
  #forgetting(forget: (families: Families) => Forgotten): Forgotten {
    return this.#now(() =>
      this.#recent.changing(() => {
        this.#marks.mark('lastSeq', this.#lastSeq);
        return forget(this.#tables.families);
      }),
    );
  }

  /** What somebody waits for: written at once, or refused. */
  #now<Given>(act: () => Given): Given {
    try {
      return act();
    } catch (error) {
      throw failure(error);
    }
  }
}
