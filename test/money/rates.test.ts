import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decimal, type Money, nanosOf, toMoney, toNanos } from '../../src/money/money.ts';
import { billableSeconds, priceOf, type Rate, type Rated, type RateTable, rateOf } from '../../src/money/rates.ts';

const aud = (amount: string): Money => toMoney('AUD', toNanos(amount));
const rate = (perMinute: string, first = 60, next = 60, connection?: string): Rate => ({
  perMinute: aud(perMinute),
  first,
  next,
  ...(connection !== undefined && { connection: aud(connection) }),
});

test.for([
  ['0', 0, 0, '0'],
  ['12', 12, 0, '12'],
  ['0.045', 0, 45_000_000, '0.045'],
  ['3.000000001', 3, 1, '3.000000001'],
  ['999999999999.999999999', 999_999_999_999, 999_999_999, '999999999999.999999999'],
  ['007.50', 7, 500_000_000, '7.5'],
] as const)('%s is %d units and %d nanos, written %s', ([text, units, nanos, written]) => {
  expect(aud(text)).toEqual({ currency: 'AUD', units, nanos });
  expect(decimal(aud(text))).toBe(written);
});

test('an amount that is written is read as the same amount', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat({ max: 999_999_999 }), (units, nanos) => {
      const money = { currency: 'AUD', units, nanos };
      expect(toMoney('AUD', toNanos(decimal(money)))).toEqual(money);
      expect(nanosOf(money)).toBe(toNanos(decimal(money)));
    }),
  );
});

test.for<[first: number, next: number, ms: number, charged: number]>([
  [60, 60, 0, 60],
  [60, 60, 1, 60],
  [60, 60, 60_000, 60],
  [60, 60, 60_001, 120],
  [30, 6, 29_000, 30],
  [30, 6, 30_001, 36],
  [30, 6, 36_000, 36],
  [30, 6, 36_001, 42],
  [1, 1, 0, 1],
  [1, 1, 12_345, 13],
  [0, 1, 0, 0],
])('by %d/%d, of %d ms are charged %d s', ([first, next, ms, charged]) => {
  expect(billableSeconds(rate('1', first, next), ms)).toBe(charged);
});

test.for<[Rate, ms: number, price: string]>([
  [rate('0.10'), 12_000, '0.1'],
  [rate('0.10', 1, 1), 12_000, '0.02'],
  [rate('0.10', 1, 1, '0.05'), 12_000, '0.07'],
  // 0.1 / 60 has no end: the nano is rounded.
  [rate('0.1', 1, 1), 1_000, '0.001666667'],
  [rate('0.000000001', 1, 1), 29_000, '0'],
  [rate('0.000000001', 1, 1), 30_000, '0.000000001'],
  // In binary fractions this would be 0.30000000000000004.
  [rate('0.1'), 179_000, '0.3'],
  [rate('0'), 60_000, '0'],
  [rate('9000000.000000001'), 60_000, '9000000.000000001'],
])('%o costs, in %d ms, %s', ([of, ms, price]) => {
  expect(decimal(priceOf(of, ms))).toBe(price);
});

const table: RateTable = {
  outgoing: { '+': rate('1'), '+61': rate('0.05'), '+614': rate('0.10'), sip: rate('0.004'), client: rate('0') },
  incoming: { '+61': rate('0.01') },
};
const outgoing = { direction: 'outgoing', transport: 'PSTN' } as const;
const incoming = { direction: 'incoming', transport: 'PSTN' } as const;

test.for<[Rated, string | undefined]>([
  [{ ...outgoing, to: '+61255501234' }, '0.05'],
  [{ ...outgoing, to: '+61491570156' }, '0.1'],
  [{ ...outgoing, to: '+442079460000' }, '1'],
  [{ ...outgoing, transport: 'SIP', to: 'sip:+61491570156@pbx.example' }, '0.004'],
  [{ ...outgoing, transport: 'CLIENT', to: 'client:anna' }, '0'],
  [{ ...incoming, to: '+61255501234' }, '0.01'],
  [{ ...incoming, to: '+442079460000' }, undefined],
  [{ ...incoming, transport: 'SIP', to: 'sip:anna@pbx.example' }, undefined],
  [{ ...outgoing, to: 'sip' }, undefined],
  [{ ...outgoing, to: 'constructor' }, undefined],
])('%o has the rate %s', ([of, perMinute]) => {
  const found = rateOf(table, of);
  expect(found && decimal(found.perMinute)).toBe(perMinute);
});
