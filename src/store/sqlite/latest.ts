import type { CallRecord } from '../../records/call.ts';
import type { Changed } from '../../records/changed.ts';
import type { Batch, Delivery, IdempotencyKey } from '../store.ts';
import { type Run, runsOf } from './journal.ts';

/** Of anything but a call. */
export type OtherChange = Exclude<Changed, { type: 'call' }>;

/** What may be read: a kind of record, or entries of the journal. */
export type What = 'call' | 'delivery' | 'entry' | (string & {});

/** A delivery, and its JSON. */
export interface KeptDelivery {
  delivery: Delivery;
  body: string;
}

/** What has happened in several batches: of everything that changed, only how it is at last. */
export class Latest {
  readonly runs: Run[] = [];
  /** Those too that are deleted: what they have left behind is of their family. */
  readonly calls = new Map<string, CallRecord>();
  readonly goneCalls = new Set<string>();
  readonly others = new Map<string, OtherChange>();
  readonly deliveries = new Map<string, KeptDelivery>();
  readonly keys = new Map<string, IdempotencyKey>();
  /** The families in which something has happened, and when. */
  readonly families = new Map<string, number>();
  /** Which kinds of records are among the others; those of a resource are its own. */
  readonly kinds = new Set<string>();

  get isEmpty(): boolean {
    return this.runs.length + this.calls.size + this.others.size + this.deliveries.size + this.keys.size === 0;
  }

  /** Whether something of this has changed. */
  has(what: What): boolean {
    switch (what) {
      case 'call':
        return this.calls.size > 0;
      case 'delivery':
        return this.deliveries.size > 0;
      case 'entry':
        return this.runs.length > 0;
      default:
        return this.kinds.has(what);
    }
  }

  /** What has happened after this. */
  add(later: Latest): void {
    for (const run of later.runs) this.runs.push(run);
    for (const [id, call] of later.calls) {
      this.calls.set(id, call);
      this.goneCalls.delete(id);
    }
    for (const id of later.goneCalls) this.goneCalls.add(id);
    for (const change of later.others.values()) this.keepOther(change);
    for (const [id, delivery] of later.deliveries) this.deliveries.set(id, delivery);
    for (const [name, key] of later.keys) this.keys.set(name, key);
    for (const [family, at] of later.families) this.touch(family, at);
  }

  keepOther(change: OtherChange): void {
    const { type, record } = change;
    const [kind, id] = type === 'resource' ? [record.kind, `${record.project}\0${record.id}`] : [type, record.id];
    this.kinds.add(kind);
    this.others.set(`${type}\0${kind}\0${id}`, change);
  }

  touch(family: string, at: number): void {
    const before = this.families.get(family);
    if (before === undefined || at > before) this.families.set(family, at);
  }
}

export function latestOf(batches: readonly Batch[]): Latest {
  const latest = new Latest();
  const entries = batches.length === 1 ? batches[0]!.entries : batches.flatMap((batch) => batch.entries);
  for (const entry of entries) {
    refuseWithout(entry, ofEntry);
    latest.touch(entry.family, entry.at);
  }
  for (const run of runsOf(entries)) latest.runs.push(run);
  const deliveries = new Map<string, Delivery>();
  for (const batch of batches) {
    for (const change of batch.changes) changed(latest, change);
    for (const delivery of batch.deliveries) deliveries.set(delivery.id, delivery);
    for (const key of batch.keys ?? []) {
      refuseWithout(key, ofKey);
      latest.keys.set(nameOf(key.project, key.key), key);
    }
  }
  for (const [id, delivery] of deliveries) {
    refuseWithout(delivery, ofDelivery);
    latest.deliveries.set(id, { delivery, body: JSON.stringify(delivery) });
    latest.touch(delivery.family, delivery.createTime);
  }
  return latest;
}

function changed(latest: Latest, change: Changed): void {
  refuseWithout(change.record, needed[change.type]);
  if (change.type !== 'call') {
    latest.keepOther(change);
    return;
  }
  const { record, deleted } = change;
  latest.calls.set(record.id, record);
  if (deleted) latest.goneCalls.add(record.id);
  else {
    latest.goneCalls.delete(record.id);
    latest.touch(record.family, record.updateTime);
  }
}

const ofEntry = ['seq', 'at', 'family'] as const;
const ofDelivery = ['id', 'family', 'state', 'createTime'] as const;
const ofKey = ['project', 'key', 'hash', 'call', 'at'] as const;
const ofCall = ['id', 'project', 'createTime'] as const;

/** What the tables cannot do without. It is looked at before anything is promised, and written to the tables after. */
const needed: Readonly<Record<Changed['type'], readonly string[]>> = {
  call: ['id', 'project', 'family', 'createTime', 'updateTime', 'to', 'from', 'direction', 'transport', 'state'],
  recording: ofCall,
  transcription: ofCall,
  fax: ofCall,
  message: ofCall,
  conference: ['id', 'project', 'family', 'name', 'state', 'createTime', 'updateTime'],
  participant: ['id', 'project', 'family', 'conference', 'call', 'state', 'createTime'],
  resource: ['kind', 'project', 'id', 'createTime'],
};

function refuseWithout(record: object, names: readonly string[]): void {
  const found = record as Readonly<Record<string, unknown>>;
  for (const name of names) {
    const value = found[name];
    if (typeof value !== 'string' && !Number.isFinite(value)) throw new TypeError(`a record has no ${name}`);
  }
}

/** What an idempotency key is known by. */
export const nameOf = (project: string, key: string): string => `${project}\0${key}`;

export const isEmpty = ({ entries, changes, deliveries, keys }: Batch): boolean =>
  entries.length + changes.length + deliveries.length + (keys?.length ?? 0) === 0;
