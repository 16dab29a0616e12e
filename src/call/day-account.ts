import type { CallRecord } from '../records/call.ts';
import type { ResourceRecord } from '../records/resource.ts';
import type { Store } from '../store/store.ts';
import type { Ledger } from './ledger.ts';
import type { LiveCall } from './live-call.ts';
import { minus, noUsage, plus, type Usage, usageOf } from './usage.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** For so long it counts as it was: all calls of a large project are not gone through for each new one. */
const freshMs = 1000;

const dayOf = (at: number) => Math.floor(at / dayMs);

/** What a day has used is kept with the end of each call, so that a process after this one goes on from there. */
const kind = 'usageOfDay';

/** What the calls of one project have used on one day: those that have ended on it, and those that go on. */
export class DayAccount {
  readonly #ledger: Ledger;
  readonly #project: string;
  #day: number;
  #ended: Usage;
  /** What each call that goes on is counted with. */
  readonly #live = new Map<LiveCall, Usage>();
  #going: Usage = noUsage;
  #countedAt = Number.NEGATIVE_INFINITY;

  constructor(ledger: Ledger, store: Store, project: string) {
    this.#ledger = ledger;
    this.#project = project;
    this.#day = dayOf(ledger.now());
    this.#ended = kept(store.resource(kind, project, String(this.#day)));
  }

  answered(call: LiveCall): void {
    const usage = usageOf(call.record, this.#ledger.now());
    this.#live.set(call, usage);
    this.#going = plus(this.#going, usage);
  }

  ended(record: CallRecord, call: LiveCall | undefined): void {
    const now = this.#ledger.now();
    this.#turnPage(now);
    const counted = call && this.#live.get(call);
    if (call && counted) {
      this.#live.delete(call);
      this.#going = minus(this.#going, counted);
    }
    if (dayOf(record.endTime ?? now) !== this.#day) return;
    this.#ended = plus(this.#ended, usageOf(record, now));
    this.#keep();
  }

  used(): Usage {
    const now = this.#ledger.now();
    this.#turnPage(now);
    if (now - this.#countedAt >= freshMs) this.#count(now);
    return plus(this.#ended, this.#going);
  }

  #count(now: number): void {
    this.#going = noUsage;
    for (const call of this.#live.keys()) {
      const usage = usageOf(call.record, now);
      this.#live.set(call, usage);
      this.#going = plus(this.#going, usage);
    }
    this.#countedAt = now;
  }

  #turnPage(now: number): void {
    if (dayOf(now) === this.#day) return;
    this.#day = dayOf(now);
    this.#ended = noUsage;
  }

  #keep(): void {
    const { nanos, ms } = this.#ended;
    const body = { nanos: String(nanos), ms };
    const createTime = this.#day * dayMs;
    const record = { kind, id: String(this.#day), project: this.#project, body, createTime };
    this.#ledger.change({ type: 'resource', record });
  }
}

function kept(record: ResourceRecord | undefined): Usage {
  const body = record?.body as { nanos: string; ms: number } | undefined;
  return body ? { nanos: BigInt(body.nanos), ms: body.ms } : noUsage;
}
