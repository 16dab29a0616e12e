import { type Money, nanosOf, toMoney } from './money.ts';

/** What calls of one kind cost. */
export interface Rate {
  perMinute: Money;
  /** For being answered at all; in the same currency. */
  connection?: Money;
  /** Seconds that are charged at least, and the steps in which it goes on from there. */
  first: number;
  next: number;
}

/** Rates by whom is called: the beginning of a number with its `+`, `sip` or `client`. */
export interface RateTable {
  outgoing: Readonly<Record<string, Rate>>;
  incoming: Readonly<Record<string, Rate>>;
}

/** What decides the rate of a call. `to` is who is called: the far side, or the number by which a call came in. */
export interface Rated {
  direction: 'incoming' | 'outgoing';
  transport: 'PSTN' | 'SIP' | 'CLIENT';
  to: string;
}

/** What a call costs, by the longest beginning that fits; undefined when the table says nothing of it. */
export function rateOf(table: RateTable, { direction, transport, to }: Rated): Rate | undefined {
  const rates = table[direction];
  if (transport !== 'PSTN') return own(rates, transport.toLowerCase());
  for (let begin = to.startsWith('+') ? to : ''; begin !== ''; begin = begin.slice(0, -1)) {
    const rate = own(rates, begin);
    if (rate) return rate;
  }
  return undefined;
}

const own = <T>(map: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(map, key) ? map[key] : undefined;

/** The seconds that are charged of a call that was answered for so long. */
export function billableSeconds({ first, next }: Rate, ms: number): number {
  const seconds = Math.ceil(Math.max(0, ms) / 1000);
  return seconds <= first ? first : first + Math.ceil((seconds - first) / next) * next;
}

/** What a call costs that was answered for so long, in thousand-millionths, half of one rounded up. */
export function costOf(rate: Rate, ms: number): bigint {
  const { perMinute, connection } = rate;
  const talk = nanosOf(perMinute) * BigInt(billableSeconds(rate, ms));
  return (connection ? nanosOf(connection) : 0n) + (talk + 30n) / 60n;
}

export const priceOf = (rate: Rate, ms: number): Money => toMoney(rate.perMinute.currency, costOf(rate, ms));
