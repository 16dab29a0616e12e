import type { ErrorCode } from '../errors.ts';
import type { Ids } from '../ids.ts';
import type { ForkRecord } from '../records.ts';
import type { LegCommand, LegEvent } from '../telephony/leg.ts';
import type { Fork, Forked, ForkWhat } from '../verbs/fork.ts';
import type { Ledger } from './ledger.ts';
import type { LiveCall } from './live-call.ts';
import type { Recordings } from './recordings.ts';

type Failure = { code: ErrorCode; reason: string };

/** As many may go on in one call. */
const mostForks = 16;

const tooMany: Failure = { code: 'FORK_LIMIT', reason: `${mostForks} streams and the like go on in the call already` };

const nameTaken = (name: string): Failure => ({
  code: 'FORK_NAME_TAKEN',
  reason: `${JSON.stringify(name)} goes on in this call already`,
});

/** What of calls goes elsewhere while they go on: streams, transcriptions, recordings, until stopped or the call ends. */
export class Forks {
  readonly #ledger: Ledger;
  readonly #ids: Ids;
  readonly #recordings: Recordings;
  /** As the last one was when it began, or could not. */
  latest: ForkRecord | undefined;
  /** By their ids. */
  readonly #live = new Map<string, ForkRecord>();
  /** The ids of those of a call. */
  readonly #ofCall = new Map<string, Set<string>>();

  constructor(ledger: Ledger, ids: Ids, recordings: Recordings) {
    this.#ledger = ledger;
    this.#ids = ids;
    this.#recordings = recordings;
  }

  /** What goes on of a call, in the order in which it began. */
  of(call: string): ForkRecord[] {
    return [...(this.#ofCall.get(call) ?? [])].map((id) => this.#live.get(id)!);
  }

  /** Of this name or id. */
  find(call: string, kind: ForkWhat['type'] | undefined, name: string): ForkRecord | undefined {
    return this.of(call).find(
      (record) => (kind === undefined || record.kind === kind) && (record.name === name || record.id === name),
    );
  }

  begin(call: LiveCall, fork: Fork & { waits?: true }): Forked {
    const { what, name } = fork;
    const taken = name !== undefined && this.find(call.id, what.type, name);
    const failure = taken ? nameTaken(name) : this.#isFull(call) ? tooMany : obstacleTo(what, fork.waits === true);
    if (what.type === 'recording') return this.#record(call, fork, what, failure);
    const record = this.#recordOf(call, fork, this.#ids.next(), 'starting');
    if (failure) {
      this.latest = this.#change(record, call.record.family, { state: 'failed', failure });
      return { id: record.id, failure };
    }
    this.#add(record);
    call.output({ type: 'fork.changed', record });
    call.command(commandOf(record, what));
    return { id: record.id };
  }

  /** What the leg tells of it. */
  hear(call: LiveCall, event: LegEvent): void {
    const record = this.#live.size > 0 && 'id' in event && this.#live.get(event.id);
    if (!record) return;
    const { family } = call.record;
    if (event.type === 'leg.forked') this.#keep(record, family, { state: 'started', startTime: this.#ledger.now() });
    else if (event.type === 'leg.transcribed') {
      const { track, text, confidence, partial } = event;
      const heard = { ...record, count: record.count + 1, updateTime: this.#ledger.now() };
      this.#live.set(record.id, heard);
      const said = { track, text, confidence, ...(partial && { partial }) };
      call.output({ type: 'fork.transcribed', record: heard, ...said });
    } else if (event.type === 'leg.done' || event.type === 'leg.stopped') this.#end(record, family);
    else if (event.type === 'leg.failed') {
      const { code, reason } = event;
      this.#end(record, family, { code, reason });
    }
  }

  /** The leg is gone, and with it all that went elsewhere. */
  over(call: LiveCall): void {
    for (const record of this.of(call.id)) this.#end(record, call.record.family);
  }

  #record(call: LiveCall, fork: Fork, what: Extract<ForkWhat, { type: 'recording' }>, failure?: Failure): Forked {
    if (failure) return { id: '', failure };
    const id = this.#recordings.begin(call, what.recording);
    this.#add(this.#recordOf(call, fork, id, 'started'));
    return { id };
  }

  #recordOf(
    call: LiveCall,
    { what, name, callback, waits }: Fork & { waits?: true },
    id: string,
    state: ForkRecord['state'],
  ): ForkRecord {
    const now = this.#ledger.now();
    const { id: of, project, dialect } = call.record;
    return {
      id,
      call: of,
      project,
      dialect,
      kind: what.type,
      name: name ?? id,
      bothWays: waits === true,
      ...about(what),
      state,
      createTime: now,
      updateTime: now,
      count: 0,
      ...(callback && { callback }),
    };
  }

  #end(record: ForkRecord, family: string, failure?: ForkRecord['failure']): void {
    this.#live.delete(record.id);
    const others = this.#ofCall.get(record.call);
    others?.delete(record.id);
    if (others?.size === 0) this.#ofCall.delete(record.call);
    // A recording tells itself how it ends.
    if (record.kind !== 'recording')
      this.#change(record, family, failure ? { state: 'failed', failure } : { state: 'stopped' });
  }

  #isFull({ id }: LiveCall): boolean {
    return (this.#ofCall.get(id)?.size ?? 0) >= mostForks;
  }

  #add(record: ForkRecord): void {
    this.latest = record;
    this.#live.set(record.id, record);
    const others = this.#ofCall.get(record.call) ?? new Set();
    this.#ofCall.set(record.call, others.add(record.id));
  }

  #keep(record: ForkRecord, family: string, patch: Partial<ForkRecord>): void {
    this.#live.set(record.id, this.#change(record, family, patch));
  }

  #change(before: ForkRecord, family: string, patch: Partial<ForkRecord>): ForkRecord {
    const record = { ...before, ...patch, count: before.count + 1, updateTime: this.#ledger.now() };
    this.#ledger.output(record.call, family, { type: 'fork.changed', record });
    return record;
  }
}

function about(what: ForkWhat): Pick<ForkRecord, 'track'> & Partial<ForkRecord> {
  switch (what.type) {
    case 'socket':
      return { track: what.socket.track, url: what.socket.url };
    case 'siprec':
      return { track: what.track };
    case 'transcription':
      return {
        track: what.transcription.track,
        language: what.transcription.language,
        labels: what.transcription.labels,
      };
    case 'recording':
      return { track: what.recording.track ?? 'both' };
  }
}

function commandOf(record: ForkRecord, what: Exclude<ForkWhat, { type: 'recording' }>): LegCommand {
  const { id, call, project, dialect, bothWays } = record;
  switch (what.type) {
    case 'socket':
      return { type: 'openStream', id, call, project, dialect, bothWays, ...what.socket };
    case 'siprec':
      return { type: 'siprec', id, connector: what.connector, track: what.track, parameters: what.parameters };
    case 'transcription': {
      const { track, language, engine, model, hints, partialResults, profanityFilter, punctuation } =
        what.transcription;
      return {
        type: 'transcribe',
        id,
        track,
        language,
        engine,
        model,
        ...(hints.length > 0 && { hints }),
        ...(partialResults && { partial: true }),
        ...(profanityFilter && { masks: true }),
        ...(punctuation && { punctuates: true }),
      };
    }
  }
}

/** Why it cannot begin, as far as that shows before anybody is asked. */
function obstacleTo(what: ForkWhat, bothWays: boolean): Failure | undefined {
  if (what.type === 'siprec' && what.connector === '')
    return { code: 'SIPREC_CONNECTOR', reason: 'no recording server is named' };
  if (what.type !== 'socket') return undefined;
  const { url, track } = what.socket;
  if (!isStreamUrl(url))
    return { code: 'STREAM_URL_NOT_VALID', reason: `${JSON.stringify(url)} is no wss:// URL without a query` };
  if (bothWays && track !== 'received')
    return { code: 'STREAM_TRACK', reason: 'a two-way stream carries what comes from the party, and nothing else' };
  return undefined;
}

function isStreamUrl(url: string): boolean {
  const parsed = /\s/.test(url) ? null : URL.parse(url);
  return parsed !== null && /^wss?:$/.test(parsed.protocol) && parsed.search === '';
}
