import type { CallRecord, Instant } from '../records/call.ts';

/** Which calls are wanted. States and kinds are the neutral ones: whoever spells them otherwise translates. */
export type CallFilter =
  | { all: readonly CallFilter[] }
  | { any: readonly CallFilter[] }
  /** A call that has no such time is not found. */
  | {
      field: 'createTime' | 'startTime' | 'endTime';
      op: '=' | '!=' | '<' | '<=' | '>' | '>=';
      value: Instant;
    }
  | {
      field: 'to' | 'from' | 'state' | 'direction' | 'transport' | 'originatingCall';
      op: '=' | '!=';
      value: string;
      /** It is enough that it begins with the value. */
      prefix?: true;
    };

type TimeFilter = Extract<CallFilter, { value: Instant }>;

export const isOfTime = (filter: Exclude<CallFilter, { all: unknown } | { any: unknown }>): filter is TimeFilter =>
  filter.field === 'createTime' || filter.field === 'startTime' || filter.field === 'endTime';

/** Whether a call is one of those wanted; what no record can be is simply not found. */
export function isWanted(call: CallRecord, filter: CallFilter): boolean {
  if ('all' in filter) return filter.all.every((each) => isWanted(call, each));
  if ('any' in filter) return filter.any.some((each) => isWanted(call, each));
  if (isOfTime(filter)) {
    const time = call[filter.field];
    return time !== undefined && compares[filter.op](time, filter.value);
  }
  const has = call[filter.field];
  if (has === undefined) return false;
  const equal = filter.prefix ? has.startsWith(filter.value) : has === filter.value;
  return equal === (filter.op === '=');
}

const compares = {
  '=': (one: number, other: number) => one === other,
  '!=': (one: number, other: number) => one !== other,
  '<': (one: number, other: number) => one < other,
  '<=': (one: number, other: number) => one <= other,
  '>': (one: number, other: number) => one > other,
  '>=': (one: number, other: number) => one >= other,
};
