import type { JournalEntry } from '../journal/journal.ts';
import type { CallRecord, CallState, Instant } from '../records/call.ts';
import type { Changed } from '../records/changed.ts';
import type { ConferenceRecord, ParticipantRecord } from '../records/conference.ts';
import type { FaxRecord } from '../records/fax.ts';
import type { MessageRecord } from '../records/message.ts';
import type { RecordingRecord, TranscriptionRecord } from '../records/recording.ts';
import type { ResourceRecord } from '../records/resource.ts';
import type { ConferenceQuery, ParticipantQuery } from './conferences.ts';
import type { CallFilter } from './filter.ts';

export type { ConferenceQuery, ParticipantQuery } from './conferences.ts';
export type { CallFilter } from './filter.ts';

/** A callback that is owed, spelled as it will be sent. */
export interface Delivery {
  /** Stable over all attempts. */
  id: string;
  subject: string;
  family: string;
  project: string;
  dialect: string;
  /** Of what is no callback, and must outlive the process as one does: whoever is to do it knows how. */
  debt?: 'audio' | 'message' | 'fork' | 'payment';
  /** The vendor's name of the event. */
  event: string;
  urls: readonly string[];
  /** POST unless given. */
  method?: 'GET';
  contentType: string;
  body: string;
  createTime: number;
  attempts: number;
  state: 'owed' | 'delivered' | 'givenUp';
  /** When the next attempt is due; absent once nothing more will be tried. */
  dueTime?: number;
}

/** Somebody has asked for a call under a key: asking again under the same makes no second one. */
export interface IdempotencyKey {
  project: string;
  key: string;
  /** Of what was asked: another one under the same key is a conflict. */
  hash: string;
  call: string;
  at: Instant;
}

export interface Batch {
  entries: readonly JournalEntry[];
  changes: readonly Changed[];
  deliveries: readonly Delivery[];
  keys?: readonly IdempotencyKey[];
}

/** For how long a key is known. */
export const idempotencyMs = 24 * 60 * 60 * 1000;

/** States from which a call goes on. */
export const openStates = ['queued', 'starting', 'ringing', 'inProgress'] as const satisfies readonly CallState[];

/** A piece of a list that begins with the newest (by `createTime`, then by `id`). */
export interface Page {
  /** The last one of the piece before: what has come into being since does not shift the pages. */
  after?: { createTime: Instant; id: string } | undefined;
  limit: number;
}

export interface CallQuery extends Page {
  project: string;
  filter?: CallFilter | undefined;
}

/** What calls have left behind, of a whole project or of one of its calls. */
export interface CallProductQuery extends Page {
  project: string;
  call?: string | undefined;
}

export interface ResourceQuery extends Page {
  kind: string;
  project: string;
  parent?: string | undefined;
  /** With what the name begins. */
  prefix?: string | undefined;
  /** Those with a `deleteTime` too. */
  deleted?: boolean | undefined;
}

/** A piece of the journal, the oldest first. */
export interface JournalPage {
  /** Only what comes after this `seq`. */
  after?: number | undefined;
  limit?: number | undefined;
}

/** What is no longer kept. */
export interface Forgotten {
  families: number;
  calls: number;
  /** Audio and faxes that no record speaks of any more: to be removed by whoever put them there. */
  files: readonly string[];
}

/**
 * What outlives the process. Laws: a batch is kept whole or not at all, batches in the order they were taken; `committed`
 * is called once the batch can no longer be lost. `take` is called when the store is ready for more, at once or
 * later, and gathers everything that has happened until then: a busy engine writes large batches, an idle one
 * commits at once. What a batch holds is not changed by anyone afterwards. A record or delivery replaces the one of
 * its id; entries are added. What is read is what is committed: whoever must not do a thing twice remembers what is
 * under way. While something cannot be written nothing is committed and nothing is lost: it is tried again.
 */
export interface Store {
  commit(take: () => Batch, committed: () => void): void;
  /** False while what ought to be committed cannot be. */
  readonly ready: boolean;

  call(id: string): CallRecord | undefined;
  recording(id: string): RecordingRecord | undefined;
  transcription(id: string): TranscriptionRecord | undefined;
  fax(id: string): FaxRecord | undefined;
  message(id: string): MessageRecord | undefined;
  conference(id: string): ConferenceRecord | undefined;
  delivery(id: string): Delivery | undefined;

  /** These and the following: all there are, in the order in which they (their ids) were made. */
  calls(): Iterable<CallRecord>;
  /** The calls that have not ended. */
  unended(): Iterable<CallRecord>;
  recordings(state?: RecordingRecord['state']): Iterable<RecordingRecord>;
  transcriptions(): Iterable<TranscriptionRecord>;
  faxes(): Iterable<FaxRecord>;
  messages(): Iterable<MessageRecord>;
  /** The conferences that have not ended. */
  unendedConferences(): Iterable<ConferenceRecord>;
  deliveries(state?: Delivery['state']): Iterable<Delivery>;

  /** The newest first. */
  findCalls(query: CallQuery): readonly CallRecord[];
  findRecordings(query: CallProductQuery): readonly RecordingRecord[];
  findTranscriptions(query: CallProductQuery): readonly TranscriptionRecord[];
  findFaxes(query: CallProductQuery): readonly FaxRecord[];
  findMessages(query: CallProductQuery): readonly MessageRecord[];
  findConferences(query: ConferenceQuery): readonly ConferenceRecord[];
  findParticipants(query: ParticipantQuery): readonly ParticipantRecord[];

  resource(kind: string, project: string, id: string): ResourceRecord | undefined;
  /** Whoever has this name, of all projects. */
  resourceNamed(kind: string, name: string): ResourceRecord | undefined;
  findResources(query: ResourceQuery): readonly ResourceRecord[];

  /** The key, if it has been used in the 24 hours before `at`. */
  idempotencyKey(project: string, key: string, at: Instant): IdempotencyKey | undefined;

  /** Everything, or what happened in one family, in order. */
  journal(family?: string, page?: JournalPage): Iterable<JournalEntry>;
  /** The highest `seq` that has ever been committed, -1 before the first. */
  lastSeq(): number;

  /** Notes that the engine lives: after a crash, this is when it died. */
  heartbeat(at: Instant): void;
  lastHeartbeat(): Instant | undefined;

  setting(key: string): string | undefined;
  /** Keeps a setting, at once. */
  putSetting(key: string, value: string): void;

  /**
   * Forgets families that have ended and in which nothing has happened since `before`, the longest silent first:
   * records, journal, callbacks, those that were given up too. At most `limit`, a hundred unless given, since
   * nothing else goes on meanwhile: call it until it has forgotten none.
   */
  forget(before: Instant, limit?: number): Forgotten;
  /** Forgets the family of a call with all there is of it; nothing when something is still going on in it. */
  erase(call: string): Forgotten;

  /** Commits what is under way and takes nothing more. */
  close(): void;
}
