import type { Ids } from '../ids.ts';
import type { QueueRecord } from '../records/queue.ts';
import type { Store } from '../store/store.ts';
import type { Rooms, Taken } from '../verbs/rooms.ts';
import type { Ledger } from './ledger.ts';
import type { LiveCall } from './live-call.ts';
import { QueueRecords } from './queue-records.ts';

/** A call that waits, or has been taken and is not joined yet. */
export interface Member {
  queue: QueueRecord;
  call: LiveCall;
  since: number;
  takenBy?: LiveCall;
}

interface Waiting {
  members: Member[];
  /** Calls that wait for somebody to come, in their order. */
  takers: LiveCall[];
}

/** Calls that wait for somebody to take them, in the order they came, and calls that wait to take one. */
export class Queues {
  readonly records: QueueRecords;
  readonly #ids: Ids;
  readonly #ledger: Ledger;
  /** By id; only those in which somebody waits. */
  readonly #waiting = new Map<string, Waiting>();
  /** Those who wait and those who are taken, by call. */
  readonly #members = new Map<string, Member>();
  /** What each call that is about to be joined has taken, or in which queue it waits to take one. */
  readonly #takers = new Map<string, { queue: string; taken?: Member }>();

  constructor(parts: { store: Store; ledger: Ledger; ids: Ids }) {
    this.records = new QueueRecords(parts.store, parts.ledger);
    this.#ids = parts.ids;
    this.#ledger = parts.ledger;
  }

  get size(): number {
    return this.#members.size + this.#takers.size;
  }

  /** A call waits in one queue at most. */
  enter(name: string, call: LiveCall, max: number | undefined): ReturnType<Rooms['enqueue']> {
    if (this.#members.has(call.id)) return 'elsewhere';
    const queue = this.records.named(call.record.project, name) ?? this.make(call.record.project, name);
    const { members } = this.#at(queue.id);
    const limit = Math.min(queue.max ?? Number.POSITIVE_INFINITY, max ?? Number.POSITIVE_INFINITY);
    if (members.length >= limit) {
      this.#tidy(queue.id);
      return 'full';
    }
    const member = { queue, call, since: this.#ledger.now() };
    this.#members.set(call.id, member);
    members.push(member);
    call.output({ type: 'queue.entered', queue: name, id: queue.id });
    this.#serve(queue.id);
    return { queue: queue.id };
  }

  make(project: string, name: string, max?: number): QueueRecord {
    const now = this.#ledger.now();
    const id = this.#ids.next();
    const queue = { id, project, name, createTime: now, updateTime: now, ...(max !== undefined && { max }) };
    this.records.keep(queue);
    return queue;
  }

  /** Who waits in the queues of this name, the first to be taken first. */
  waitingIn(name: string): readonly string[] {
    return [...this.#waiting.values()].flatMap(({ members }) =>
      members.filter(({ queue }) => queue.name === name).map(({ call }) => call.id),
    );
  }

  /** Who waits in this queue, the first to be taken first. */
  membersOf(id: string): readonly Member[] {
    return this.#waiting.get(id)?.members ?? [];
  }

  /** How long those who wait have waited, in the mean. */
  averageMs(id: string): number {
    const members = this.membersOf(id);
    if (members.length === 0) return 0;
    const now = this.#ledger.now();
    return members.reduce((sum, { since }) => sum + now - since, 0) / members.length;
  }

  standing(call: string): ReturnType<Rooms['standing']> {
    const member = this.#members.get(call);
    if (!member) return undefined;
    const { id } = member.queue;
    const members = this.membersOf(id);
    const max = this.records.get(member.queue.project, id)?.max;
    return {
      type: 'waiting',
      queue: id,
      position: members.indexOf(member) + 1,
      waitedMs: this.#ledger.now() - member.since,
      averageMs: this.averageMs(id),
      size: members.length,
      ...(max !== undefined && { max }),
    };
  }

  /** Takes the call at the front; who finds none waits for one. */
  take(name: string, taker: LiveCall): ReturnType<Rooms['take']> {
    const queue = this.records.named(taker.record.project, name);
    if (!queue || this.#takers.has(taker.id)) return 'unknown';
    const waiting = this.#at(queue.id);
    const member = waiting.members.shift();
    if (member) return this.#give(member, taker);
    this.#takers.set(taker.id, { queue: queue.id });
    waiting.takers.push(taker);
    return 'waiting';
  }

  /** The two are joined: nobody waits any more. */
  joined(taker: string): void {
    const member = this.#takers.get(taker)?.taken;
    this.#takers.delete(taker);
    if (!member) return;
    this.#members.delete(member.call.id);
    this.#tidy(member.queue.id);
    member.call.output({ type: 'queue.left', queue: member.queue.name, reason: 'bridged' });
    member.call.around.tell(member.call.id, { type: 'queue.joined' });
  }

  /** Takes a call out of its queue and tells it why; false when it waits in none. */
  leave(id: string, reason: 'bridged' | 'left'): boolean {
    const member = this.#drop(id, reason);
    if (!member) return false;
    const { call, since } = member;
    call.around.tell(id, { type: 'queue.left', reason, waitedMs: this.#ledger.now() - since });
    return true;
  }

  /** What made the call wait is over: it does not wait any more, and need not be told. */
  abandon(id: string): void {
    this.#drop(id, 'abandoned');
  }

  /** What made the call take another one, or wait for one, is over. */
  release(id: string): void {
    const taker = this.#takers.get(id);
    if (!taker) return;
    this.#takers.delete(id);
    const waiting = this.#waiting.get(taker.queue);
    if (waiting) waiting.takers = waiting.takers.filter((call) => call.id !== id);
    if (taker.taken) this.#giveBack(taker.taken, id);
    this.#tidy(taker.queue);
  }

  #drop(id: string, reason: string): Member | undefined {
    const member = this.#members.get(id);
    if (!member) return undefined;
    this.#members.delete(id);
    const { queue, call, takenBy } = member;
    const waiting = this.#waiting.get(queue.id);
    if (waiting) waiting.members = waiting.members.filter((other) => other !== member);
    call.output({ type: 'queue.left', queue: queue.name, reason });
    if (takenBy) {
      this.#takers.delete(takenBy.id);
      call.around.tell(takenBy.id, { type: 'queue.lost', call: id });
    }
    this.#tidy(queue.id);
    return member;
  }

  #give(member: Member, taker: LiveCall): Taken {
    const { queue, call, since } = member;
    const waitedMs = this.#ledger.now() - since;
    member.takenBy = taker;
    this.#takers.set(taker.id, { queue: queue.id, taken: member });
    this.#tidy(queue.id);
    call.output({ type: 'queue.taken', queue: queue.name, by: taker.id });
    // Before whatever the taker has it hear.
    call.around.stopProgram(call.id, call.id);
    call.around.tell(call.id, { type: 'queue.taken', by: taker.id, waitedMs });
    return { queue: queue.id, call: call.id, waitedMs };
  }

  #giveBack(member: Member, taker: string): void {
    const { queue, call } = member;
    call.around.stopProgram(call.id, taker);
    delete member.takenBy;
    this.#at(queue.id).members.unshift(member);
    call.output({ type: 'queue.returned', queue: queue.name });
    call.around.tell(call.id, { type: 'queue.returned' });
    this.#serve(queue.id);
  }

  /** Whoever waits to take a call gets the one at the front. */
  #serve(id: string): void {
    const { members, takers } = this.#at(id);
    const taker = takers[0];
    const member = members[0];
    if (taker && member) {
      takers.shift();
      members.shift();
      const taken = this.#give(member, taker);
      taker.around.tell(taker.id, { type: 'queue.given', ...taken });
    }
    this.#tidy(id);
  }

  #at(id: string): Waiting {
    const waiting = this.#waiting.get(id) ?? { members: [], takers: [] };
    this.#waiting.set(id, waiting);
    return waiting;
  }

  #tidy(id: string): void {
    const waiting = this.#waiting.get(id);
    if (waiting && waiting.members.length + waiting.takers.length === 0) this.#waiting.delete(id);
  }
}
