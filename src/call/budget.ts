import type { ErrorCode } from '../errors.ts';
import type { Usage } from './usage.ts';

/** What calls may cost and how long they may last together; what is not there has no bound. */
export interface Bound {
  /** In thousand-millionths of the currency. */
  nanos?: bigint | undefined;
  ms?: number | undefined;
}

/** For the calls of one project on one day (in UTC), and for those of one family. */
export interface Budget {
  day?: Bound;
  family?: Bound;
}

export interface Passed {
  errorCode: ErrorCode;
  errorMessage: string;
}

/** What of the bound is used up, or undefined while something of everything is left. `whose` begins the sentence. */
export function usedUp(bound: Bound, { nanos, ms }: Usage, whose: string): Passed | undefined {
  if (bound.nanos !== undefined && nanos >= bound.nanos) return spent(whose);
  if (bound.ms !== undefined && ms >= bound.ms) return lasted(whose);
  return undefined;
}

export const spent = (whose: string): Passed => ({
  errorCode: 'SPEND_LIMIT',
  errorMessage: `${whose} have cost as much as they may`,
});

export const lasted = (whose: string): Passed => ({
  errorCode: 'MINUTES_LIMIT',
  errorMessage: `${whose} have lasted as long as they may`,
});
