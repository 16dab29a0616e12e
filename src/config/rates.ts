import { toMoney, toNanos } from '../money/money.ts';
import type { Rate, RateTable } from '../money/rates.ts';

/** What calls cost, as it is written. Amounts are decimal. */
export interface RatesConfig {
  /** ISO 4217. */
  currency: string;
  /** Seconds that are charged at least, and the steps from there on: `60/60` unless given. */
  increment?: string;
  /** By the beginning of the number that is called, `sip` or `client`; an amount is that of a minute. */
  outgoing?: Readonly<Record<string, string | RateConfig>>;
  /** By the beginning of the number of ours that is called. */
  incoming?: Readonly<Record<string, string | RateConfig>>;
}

export interface RateConfig {
  perMinute: string;
  connection?: string;
  increment?: string;
}

/** The rates as calls are charged by them. */
export function rateTable({ currency, increment: usual = '60/60', outgoing, incoming }: RatesConfig): RateTable {
  const rate = (written: string | RateConfig): Rate => {
    const full: RateConfig = typeof written === 'string' ? { perMinute: written } : written;
    const { perMinute, connection, increment = usual } = full;
    const [first = 0, next = 1] = increment.split('/').map(Number);
    return {
      perMinute: toMoney(currency, toNanos(perMinute)),
      ...(connection !== undefined && { connection: toMoney(currency, toNanos(connection)) }),
      first,
      next,
    };
  };
  const table = (rates: RatesConfig['outgoing'] = {}) =>
    Object.fromEntries(Object.entries(rates).map(([key, written]) => [key, rate(written)]));
  return { outgoing: table(outgoing), incoming: table(incoming) };
}
