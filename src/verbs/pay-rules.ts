import { cardTypeOf, isCardNumber, isExpiry, isRoutingNumber, isWholeCard } from './cards.ts';
import type { PayError } from './pay.ts';
import type { PayStep } from './pay-steps.ts';
import type { Collecting } from './till.ts';

/** What is known beside the digits: the kind of the card, and the time. */
interface Beside {
  what: Collecting;
  card: string | undefined;
  now: number;
}

interface Rule {
  /** Nothing can be missing any more. */
  isWhole?(digits: string, card: string | undefined): boolean;
  mistake(digits: string, beside: Beside): PayError | undefined;
  /** As it may be shown; as it is unless given. */
  shown?(digits: string): string;
}

const unless = (isRight: boolean, error: PayError): PayError | undefined => (isRight ? undefined : error);

/** The last four digits, and never more than half of them. */
const lastDigits = (digits: string) => {
  const shown = Math.min(4, Math.floor(digits.length / 2));
  return 'x'.repeat(digits.length - shown) + digits.slice(digits.length - shown);
};

/** How long the security code of such a card is. */
export const securityDigits = (card: string | undefined) => (card === 'amex' ? 4 : 3);

function cardMistake(digits: string, { what: { cards } }: Beside): PayError | undefined {
  if (!isCardNumber(digits)) return 'invalid-card-number';
  const name = cardTypeOf(digits)?.name ?? '';
  return unless(cards.includes(name) || (name === 'amex' && cards.includes('optima')), 'invalid-card-type');
}

const rules: Readonly<Record<PayStep, Rule>> = {
  'payment-card-number': { isWhole: isWholeCard, mistake: cardMistake, shown: lastDigits },
  'expiration-date': {
    isWhole: (digits) => digits.length === 4,
    mistake: (digits, { now }) => unless(isExpiry(digits, now), 'invalid-date'),
  },
  'security-code': {
    isWhole: (digits, card) => digits.length === securityDigits(card),
    mistake: (digits, { card }) => unless(digits.length === securityDigits(card), 'invalid-security-code'),
    shown: (digits) => 'x'.repeat(digits.length),
  },
  'postal-code': {
    mistake: (digits, { what }) => unless(digits.length >= what.minPostalCodeLength, 'invalid-postal-code'),
  },
  'bank-routing-number': {
    isWhole: (digits) => digits.length === 9,
    mistake: (digits) => unless(isRoutingNumber(digits), 'invalid-bank-routing-number'),
  },
  'bank-account-number': {
    mistake: ({ length }) => unless(length >= 4 && length <= 17, 'invalid-bank-account-number'),
    shown: lastDigits,
  },
  'payment-processing': { mistake: () => undefined },
};

/** Whether nothing can be missing of this detail any more. */
export const isWhole = (step: PayStep, digits: string, card: string | undefined): boolean =>
  rules[step].isWhole?.(digits, card) ?? false;

/** What is wrong with what was keyed. */
export const mistakeIn = (digits: string, beside: Beside): PayError | undefined =>
  digits === '' ? 'timeout' : rules[beside.what.step].mistake(digits, beside);

/** What was keyed, as it may be shown. */
export const shownOf = (step: PayStep, digits: string): string => rules[step].shown?.(digits) ?? digits;
