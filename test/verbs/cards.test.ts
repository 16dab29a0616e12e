import { expect, test } from 'vitest';
import { cardTypeOf, isCardNumber, isExpiry, isRoutingNumber, isWholeCard } from '../../src/verbs/cards.ts';

test.for([
  ['4111111111111111', 'visa', true],
  ['4222222222222', 'visa', true],
  ['4111111111111112', 'visa', false],
  ['411111111111111', 'visa', false],
  ['5555555555554444', 'mastercard', true],
  ['2223003122003222', 'mastercard', true],
  ['2220993122003222', undefined, false],
  ['378282246310005', 'amex', true],
  ['6011111111111117', 'discover', true],
  ['3530111333300000', 'jcb', true],
  ['30569309025904', 'diners-club', true],
  ['201400000000009', 'enroute', true],
  ['6759649826438453', 'maestro', true],
  ['9999999999999995', undefined, false],
] as const)('%s is of the kind %s, and a card number: %s', ([number, type, isValid]) => {
  expect([cardTypeOf(number)?.name, isCardNumber(number)]).toEqual([type, isValid]);
});

test('a number is whole once its kind has no longer ones', () => {
  const whole = (number: string) => [...number].findIndex((_, n) => isWholeCard(number.slice(0, n + 1))) + 1;
  expect(['4111111111111111', '378282246310005', '30569309025904', '6759649826438453123'].map(whole)).toEqual([
    16, 15, 14, 19,
  ]);
});

test.for([
  ['0126', true],
  ['1225', false],
  ['0227', true],
  ['1326', false],
  ['0026', false],
  ['126', false],
] as const)('in the middle of January 2026 %s is good: %s', ([digits, isGood]) => {
  expect(isExpiry(digits, Date.UTC(2026, 0, 15))).toBe(isGood);
});

test('a month ends where it ends last', () => {
  const end = Date.UTC(2026, 1, 1);
  expect([isExpiry('0126', end + 11 * 3_600_000), isExpiry('0126', end + 12 * 3_600_000)]).toEqual([true, false]);
});

test.for([
  ['021000021', true],
  ['021000022', false],
  ['000000000', false],
  ['02100002', false],
] as const)('%s is a routing number: %s', ([digits, isOne]) => {
  expect(isRoutingNumber(digits)).toBe(isOne);
});
