import type { Ids } from '../ids.ts';
import type { ForkRecord } from '../records/fork.ts';
import type { BridgeEvent } from '../telephony/bridge.ts';
import type { LegEvent } from '../telephony/leg-event.ts';
import type { Fork, Forked, ForkWhat } from '../verbs/fork.ts';
import { forkOwed, settled } from './debts.ts';
import {
  commandOf,
  type Forkable,
  type ForkFailure,
  type ForkSource,
  forkOf,
  obstacleTo,
  ownerOf,
} from './fork-record.ts';
import type { Ledger } from './ledger.ts';
import type { LiveCall } from './live-call.ts';
import type { Recordings } from './recordings.ts';

/** As many may go on of one call, or of one conference. */
const mostForks = 16;

interface Live {
  record: ForkRecord;
  family: string;
}

/**
 * What of calls and conferences goes elsewhere while they go on: streams, transcriptions, recordings, until stopped or
 * their call or conference ends.
 */
export class Forks {
  readonly #ledger: Ledger;
  readonly #ids: Ids;
  readonly #recordings: Recordings;
  /** As the last one was when it began, or could not. */
  latest: ForkRecord | undefined;
  /** By their ids. */
  readonly #live = new Map<string, Live>();
  /** The ids of those of a call, or of a conference. */
  readonly #of = new Map<string, Set<string>>();

  constructor(ledger: Ledger, ids: Ids, recordings: Recordings) {
    this.#ledger = ledger;
    this.#ids = ids;
    this.#recordings = recordings;
  }

  /** Whether the one of this id goes on. */
  has(id: string): boolean {
    return this.#live.has(id);
  }

  /** What goes on of a call or a conference, in the order in which it began. */
  of(owner: string): ForkRecord[] {
    return [...(this.#of.get(owner) ?? [])].map((id) => this.#live.get(id)!.record);
  }

  /** Of this name or id. */
  find(owner: string, kind: ForkWhat['type'] | undefined, name: string): ForkRecord | undefined {
    return this.of(owner).find(
      (record) => (kind === undefined || record.kind === kind) && (record.name === name || record.id === name),
    );
  }

  /** Beside a call. */
  begin(call: LiveCall, fork: Fork): Forked {
    const { what } = fork;
    const source: ForkSource = {
      whose: 'call',
      record: call.record,
      open: (record, forkable) => call.command(commandOf(record, forkable)),
    };
    if (what.type !== 'recording') return this.beginOf(source, { ...fork, what });
    const failure = this.#obstacleTo(source, fork);
    if (failure) return { id: '', failure };
    const id = this.#recordings.begin(call, what.recording);
    this.#add({ record: this.#recordOf(source, fork, id, 'started'), family: call.record.family });
    return { id };
  }

  beginOf<What extends Forkable>(source: ForkSource<What>, fork: Fork & { what: What }): Forked {
    const { family } = source.record;
    const failure = this.#obstacleTo(source, fork);
    const record = this.#recordOf(source, fork, this.#ids.next(), 'starting');
    const { id } = record;
    if (failure) {
      this.latest = this.#change({ record, family }, { state: 'failed', failure });
      return { id, failure };
    }
    this.#add({ record, family });
    this.#ledger.keep(forkOwed(record, family));
    this.#ledger.output(ownerOf(record), family, { type: 'fork.changed', record });
    source.open(record, fork.what);
    return { id };
  }

  /** What a leg or a bridge tells of it. */
  hear(event: LegEvent | BridgeEvent): void {
    const live = this.#live.size > 0 && 'id' in event && this.#live.get(event.id);
    if (!live) return;
    switch (event.type) {
      case 'leg.forked':
      case 'bridge.forked':
        live.record = this.#change(live, { state: 'started', startTime: this.#ledger.now() });
        break;
      case 'leg.transcribed':
        this.#transcribed(live, event);
        break;
      case 'leg.failed':
      case 'bridge.failed':
        this.#end(live, { code: event.code, reason: event.reason });
        break;
      case 'leg.done':
      case 'leg.stopped':
      case 'bridge.done':
      case 'bridge.stopped':
        this.#end(live);
    }
  }

  /** It has not begun yet, and will not. */
  giveUp(id: string): void {
    const live = this.#live.get(id);
    if (live) this.#end(live);
  }

  /** The call or the conference is gone, and with it all that went elsewhere. */
  over(owner: string): void {
    for (const { id } of this.of(owner)) this.giveUp(id);
  }

  #obstacleTo({ whose, record: { id } }: Pick<ForkSource, 'whose' | 'record'>, fork: Fork): ForkFailure | undefined {
    const { what, name } = fork;
    if (name !== undefined && this.find(id, what.type, name))
      return { code: 'FORK_NAME_TAKEN', reason: `${JSON.stringify(name)} goes on in this ${whose} already` };
    if ((this.#of.get(id)?.size ?? 0) >= mostForks)
      return { code: 'FORK_LIMIT', reason: `${mostForks} streams and the like go on in the ${whose} already` };
    return obstacleTo(fork);
  }

  #recordOf(
    source: Pick<ForkSource, 'whose' | 'record'>,
    fork: Fork,
    id: string,
    state: ForkRecord['state'],
  ): ForkRecord {
    return forkOf(source, fork, { id, state, now: this.#ledger.now() });
  }

  #transcribed(live: Live, event: Extract<LegEvent, { type: 'leg.transcribed' }>): void {
    const { track, text, confidence, partial } = event;
    const record = { ...live.record, count: live.record.count + 1, updateTime: this.#ledger.now() };
    live.record = record;
    const said = { track, text, confidence, ...(partial && { partial }) };
    this.#ledger.output(ownerOf(record), live.family, { type: 'fork.transcribed', record, ...said });
  }

  #end(live: Live, failure?: ForkRecord['failure']): void {
    const { record, family } = live;
    this.#live.delete(record.id);
    const owner = ownerOf(record);
    const others = this.#of.get(owner);
    others?.delete(record.id);
    if (others?.size === 0) this.#of.delete(owner);
    // A recording tells itself how it ends.
    if (record.kind === 'recording') return;
    this.#change(live, failure ? { state: 'failed', failure } : { state: 'stopped' });
    this.#ledger.keep(settled(forkOwed(record, family), 'delivered', 1));
  }

  #add(live: Live): void {
    const { record } = live;
    const owner = ownerOf(record);
    this.latest = record;
    this.#live.set(record.id, live);
    const others = this.#of.get(owner) ?? new Set();
    this.#of.set(owner, others.add(record.id));
  }

  #change({ record: before, family }: Live, patch: Partial<ForkRecord>): ForkRecord {
    const record = { ...before, ...patch, count: before.count + 1, updateTime: this.#ledger.now() };
    this.#ledger.output(ownerOf(record), family, { type: 'fork.changed', record });
    return record;
  }
}
