import type { CallRecord, Instant } from '../records.ts';

/** Which calls are wanted. States and kinds are the neutral ones: whoever spells them otherwise translates. */
export type CallFilter =
  | { all: readonly CallFilter[] }
  | { any: readonly CallFilter[] }
  | { field: 'createTime'; op: '=' | '!=' | '<' | '<=' | '>' | '>='; value: Instant }
  | {
      field: 'to' | 'from' | 'state' | 'direction' | 'transport';
      op: '=' | '!=';
      value: string;
      /** It is enough that it begins with the value. */
      prefix?: true;
    };

/** Whether a call is one of those wanted; what no record can be is simply not found. */
export function isWanted(call: CallRecord, filter: CallFilter): boolean {
  if ('all' in filter) return filter.all.every((each) => isWanted(call, each));
  if ('any' in filter) return filter.any.some((each) => isWanted(call, each));
  if (filter.field === 'createTime') return compares[filter.op](call.createTime, filter.value);
  const has = call[filter.field];
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
