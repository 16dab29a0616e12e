import { costOf } from '../money/rates.ts';
import type { CallRecord } from '../records/call.ts';

/** What calls have cost and how long they have lasted, from the answer on. */
export interface Usage {
  /** In thousand-millionths of the currency. */
  nanos: bigint;
  ms: number;
}

export const noUsage: Usage = { nanos: 0n, ms: 0 };

export const plus = (one: Usage, other: Usage): Usage => ({ nanos: one.nanos + other.nanos, ms: one.ms + other.ms });

export const minus = (one: Usage, other: Usage): Usage => ({ nanos: one.nanos - other.nanos, ms: one.ms - other.ms });

/** Of a call that has ended; of one that goes on, as if it ended at this instant. */
export function usageOf({ answerTime, endTime, rate }: CallRecord, now: number): Usage {
  if (answerTime === undefined) return noUsage;
  const ms = Math.max(0, (endTime ?? now) - answerTime);
  return { nanos: rate ? costOf(rate, ms) : 0n, ms };
}
