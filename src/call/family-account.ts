import type { Alarm } from '../clock.ts';
import type { CallRecord } from '../records/call.ts';
import { type Bound, lasted, type Passed, spent } from './budget.ts';
import type { LiveCall } from './live-call.ts';
import { noUsage, plus, type Usage, usageOf } from './usage.ts';

/** So long before the next step of a price calls are hung up, that the network has done so when it begins. */
const marginMs = 1000;

/** No timer waits longer: 24 days. What is further away is looked at again with the next call. */
const horizonMs = 2_000_000_000;

const whose = 'the calls of the family';

/** What the calls of one family have used: those that have ended, and those that go on. */
export class FamilyAccount {
  /** Rings when those that go on must end. */
  readonly alarm: Alarm;
  readonly #live = new Set<LiveCall>();
  #ended: Usage = noUsage;

  constructor(alarm: Alarm) {
    this.alarm = alarm;
  }

  answered(call: LiveCall): void {
    this.#live.add(call);
  }

  ended(record: CallRecord, call: LiveCall): void {
    this.#live.delete(call);
    this.#ended = plus(this.#ended, usageOf(record, 0));
  }

  get live(): Iterable<LiveCall> {
    return this.#live;
  }

  /** If everything goes on until then. */
  used(at: number): Usage {
    let used = this.#ended;
    for (const { record } of this.#live) used = plus(used, usageOf(record, at));
    return used;
  }

  /** When the calls that go on must end, and why; undefined when they need not. */
  end({ nanos, ms }: Bound, now: number): { at: number; why: Passed } | undefined {
    const spend = this.#last((used) => nanos === undefined || used.nanos <= nanos, now);
    const time = this.#last((used) => ms === undefined || used.ms <= ms, now);
    if (time !== undefined && (spend === undefined || time < spend - marginMs)) return { at: time, why: lasted(whose) };
    return spend === undefined ? undefined : { at: Math.max(now, spend - marginMs), why: spent(whose) };
  }

  /** The last instant at which it holds: what is used only grows. */
  #last(holds: (used: Usage) => boolean, now: number): number | undefined {
    let before = now;
    let after = now + horizonMs;
    if (this.#live.size === 0 || holds(this.used(after))) return undefined;
    if (!holds(this.used(before))) return now;
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2);
      if (holds(this.used(middle))) before = middle;
      else after = middle;
    }
    return before;
  }
}
