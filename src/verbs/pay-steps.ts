import type { PayDetails } from './verb.ts';

/** What can be keyed, in the order in which it is asked for. */
export const payDetails = [
  'payment-card-number',
  'expiration-date',
  'security-code',
  'postal-code',
  'bank-routing-number',
  'bank-account-number',
] as const;

export type PayStep = (typeof payDetails)[number] | 'payment-processing';

/** Where of what may be shown each detail stands. */
const places: Readonly<Partial<Record<PayStep, keyof PayDetails>>> = {
  'payment-card-number': 'card',
  'expiration-date': 'expiry',
  'security-code': 'securityCode',
  'postal-code': 'postalCode',
  'bank-routing-number': 'routing',
  'bank-account-number': 'account',
};

/** A detail as it may be shown, where it belongs. */
export function detailOf(step: PayStep, shown: string): PayDetails {
  const place = places[step];
  return place === undefined ? {} : { [place]: shown };
}

/** What may be shown when the detail that is being collected counts for nothing. */
export const withoutUnfinished = (of: { details: PayDetails; step?: PayStep; collecting?: boolean }): PayDetails =>
  of.collecting && of.step !== undefined ? withoutDetail(of.details, of.step) : of.details;

/** What may be shown without this detail; the kind of a card goes with its number. */
export function withoutDetail(details: PayDetails, step: PayStep): PayDetails {
  const isOf = (name: string) => name === places[step] || (step === 'payment-card-number' && name === 'cardType');
  return Object.fromEntries(Object.entries(details).filter(([name]) => !isOf(name)));
}
