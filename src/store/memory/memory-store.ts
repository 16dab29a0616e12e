/** A store that lives as long as its process: for flows, tests and engines that need not remember. */
import type { JournalEntry } from '../../journal/journal.ts';
import type { CallRecord } from '../../records/call.ts';
import type { Changed } from '../../records/changed.ts';
import type { FaxRecord } from '../../records/fax.ts';
import type { MessageRecord } from '../../records/message.ts';
import type { RecordingRecord, TranscriptionRecord } from '../../records/recording.ts';
import { isWanted } from '../filter.ts';
import {
  type Batch,
  type CallProductQuery,
  type CallQuery,
  type ConferenceQuery,
  type Delivery,
  type Forgotten,
  type JournalPage,
  openStates,
  type ParticipantQuery,
  type ResourceQuery,
  type Store,
} from '../store.ts';
import { Conferences } from './conferences.ts';
import { Family } from './family.ts';
import { Keys } from './keys.ts';
import { newestFirst } from './newest-first.ts';
import { Resources } from './resources.ts';

export interface MemoryStoreOptions {
  /**
   * How many families in which nothing can happen any more are kept, all of them unless given. Older ones go with
   * their records, their journal and their callbacks.
   */
  keepEnded?: number;
}

/** Makes an empty store; every batch is committed at once. */
export const memoryStore = (options: MemoryStoreOptions = {}): Store => new MemoryStore(options);

type CallProduct = RecordingRecord | TranscriptionRecord | FaxRecord | MessageRecord;

const open: ReadonlySet<string> = new Set(openStates);

class MemoryStore implements Store {
  readonly ready = true;
  readonly #keepEnded: number;
  readonly #calls = new Map<string, CallRecord>();
  readonly #recordings = new Map<string, RecordingRecord>();
  readonly #transcriptions = new Map<string, TranscriptionRecord>();
  readonly #faxes = new Map<string, FaxRecord>();
  readonly #messages = new Map<string, MessageRecord>();
  readonly #products = {
    recording: this.#recordings,
    transcription: this.#transcriptions,
    fax: this.#faxes,
    message: this.#messages,
  };
  readonly #deliveries = new Map<string, Delivery>();
  readonly #meetings = new Conferences();
  readonly #resources = new Resources();
  readonly #keys = new Keys();
  readonly #settings = new Map<string, string>();
  readonly #families = new Map<string, Family>();
  /** Families in which nothing can happen any more, the oldest end first. */
  readonly #ended = new Set<Family>();
  #lastSeq = -1;
  #heartbeat: number | undefined;

  constructor({ keepEnded = Number.POSITIVE_INFINITY }: MemoryStoreOptions) {
    this.#keepEnded = keepEnded;
  }

  commit(take: () => Batch, committed: () => void): void {
    const { entries, changes, deliveries, keys } = take();
    // Nearly everything that happens in a turn happens in one family.
    const touched: Family[] = [];
    const touch = (family: Family) => {
      if (!touched.includes(family)) touched.push(family);
    };
    let family: Family | undefined;
    for (const entry of entries) {
      if (family?.id !== entry.family) {
        family = this.#family(entry.family);
        touch(family);
      }
      family.write(entry);
    }
    this.#lastSeq = entries.at(-1)?.seq ?? this.#lastSeq;
    for (const change of changes) {
      const changed = this.#change(change);
      if (changed) touch(changed);
    }
    for (const delivery of deliveries) {
      const owing = this.#family(delivery.family);
      owing.keep(this.#deliveries, delivery, delivery.createTime);
      touch(owing);
    }
    if (keys) for (const key of keys) this.#keys.keep(key);
    if (this.#keepEnded !== Number.POSITIVE_INFINITY) this.#keepFew(touched);
    committed();
  }

  call = (id: string) => this.#calls.get(id);
  recording = (id: string) => this.#recordings.get(id);
  transcription = (id: string) => this.#transcriptions.get(id);
  fax = (id: string) => this.#faxes.get(id);
  message = (id: string) => this.#messages.get(id);
  conference = (id: string) => this.#meetings.conferences.get(id);
  delivery = (id: string) => this.#deliveries.get(id);

  calls = () => this.#calls.values();
  unended = () => [...this.#calls.values()].filter(({ state }) => open.has(state));
  recordings = (of?: RecordingRecord['state']) =>
    of === undefined ? this.#recordings.values() : [...this.#recordings.values()].filter(({ state }) => state === of);
  transcriptions = () => this.#transcriptions.values();
  faxes = () => this.#faxes.values();
  messages = () => this.#messages.values();
  unendedConferences = () => this.#meetings.unended();
  deliveries = (of?: Delivery['state']) =>
    of === undefined ? this.#deliveries.values() : [...this.#deliveries.values()].filter(({ state }) => state === of);

  findCalls({ project, filter, ...page }: CallQuery): CallRecord[] {
    const wanted = (call: CallRecord) => call.project === project && (!filter || isWanted(call, filter));
    return newestFirst(this.#calls.values(), page, wanted);
  }

  findRecordings = (query: CallProductQuery) => find(this.#recordings, query);
  findTranscriptions = (query: CallProductQuery) => find(this.#transcriptions, query);
  findFaxes = (query: CallProductQuery) => find(this.#faxes, query);
  findMessages = (query: CallProductQuery) => find(this.#messages, query);
  findConferences = (query: ConferenceQuery) => this.#meetings.find(query);
  findParticipants = (query: ParticipantQuery) => this.#meetings.findParticipants(query);

  resource = (kind: string, project: string, id: string) => this.#resources.get(kind, project, id);
  resourceNamed = (kind: string, name: string) => this.#resources.named(kind, name);
  findResources = (query: ResourceQuery) => this.#resources.find(query);

  idempotencyKey = (project: string, key: string, at: number) => this.#keys.get(project, key, at);

  journal(family?: string, { after = -1, limit }: JournalPage = {}): Iterable<JournalEntry> {
    const entries = family === undefined ? this.#everything() : (this.#families.get(family)?.journal ?? []);
    if (after < 0 && limit === undefined) return entries;
    const begin = entries.findIndex(({ seq }) => seq > after);
    return begin < 0 ? [] : entries.slice(begin, limit === undefined ? undefined : begin + limit);
  }

  lastSeq = () => this.#lastSeq;

  heartbeat(at: number): void {
    this.#heartbeat = at;
  }

  lastHeartbeat = () => this.#heartbeat;
  setting = (key: string) => this.#settings.get(key);

  putSetting(key: string, value: string): void {
    this.#settings.set(key, value);
  }

  forget(before: number, limit = 100): Forgotten {
    const silent = [...this.#families.values()].filter(({ ended, at }) => ended && at < before);
    const going = silent.sort((one, other) => one.at - other.at).slice(0, limit);
    const contents = going.map((family) => family.content(this.#calls));
    for (const family of going) this.#drop(family);
    return {
      families: going.length,
      calls: contents.reduce((sum, { calls }) => sum + calls, 0),
      files: contents.flatMap(({ files }) => files),
    };
  }

  erase(call: string): Forgotten {
    const id = this.#calls.get(call)?.family ?? call;
    const family = this.#families.get(id);
    if (family && !family.ended) return nothing;
    const content = family?.content(this.#calls) ?? nothing;
    if (family) this.#drop(family);
    return content;
  }

  close(): void {}

  #everything(): JournalEntry[] {
    const everything = [...this.#families.values()].flatMap(({ journal }) => journal);
    return everything.sort((one, other) => one.seq - other.seq);
  }

  /** The family that it belongs to, if any. */
  #change(change: Changed): Family | undefined {
    if (change.type === 'resource') {
      this.#resources.keep(change.record, change.deleted === true);
      return undefined;
    }
    if (change.type === 'call') {
      const family = this.#family(change.record.family);
      if (change.deleted) family.delete(this.#calls, change.record.id);
      else family.keep(this.#calls, change.record, change.record.updateTime);
      return family;
    }
    if (change.type === 'conference' || change.type === 'participant') {
      const family = this.#family(change.record.family);
      const { updateTime } = change.record;
      if (change.type === 'conference') family.keep(this.#meetings.conferences, change.record, updateTime);
      else family.keep(this.#meetings.participants, change.record, updateTime);
      return family;
    }
    const { id, createTime, call = id } = change.record;
    const family = this.#family(this.#calls.get(call)?.family ?? call);
    const table: Map<string, CallProduct> = this.#products[change.type];
    if ('deleted' in change) family.delete(table, id);
    else family.keep(table, change.record, createTime);
    return family;
  }

  #family(id: string): Family {
    let family = this.#families.get(id);
    if (!family) {
      family = new Family(id);
      this.#families.set(id, family);
    }
    return family;
  }

  #keepFew(touched: readonly Family[]): void {
    for (const family of touched) {
      if (family.ended) this.#ended.add(family);
      else this.#ended.delete(family);
    }
    for (const family of this.#ended) {
      if (this.#ended.size <= this.#keepEnded) break;
      this.#drop(family);
    }
  }

  #drop(family: Family): void {
    this.#ended.delete(family);
    this.#families.delete(family.id);
    family.drop();
  }
}

const nothing: Forgotten = { families: 0, calls: 0, files: [] };

const find = <R extends CallProduct>(table: ReadonlyMap<string, R>, { project, call, ...page }: CallProductQuery) =>
  newestFirst(table.values(), page, (one) => one.project === project && (call === undefined || one.call === call));
