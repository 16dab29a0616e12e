import type { Pay, PayStep } from './pay.ts';
import type { PayDetails } from './verb.ts';

/** What is asked for, in its order. */
export function stepsOf({ method, securityCode, postalCode }: Pay): PayStep[] {
  if (method === 'account') return ['bank-routing-number', 'bank-account-number', 'payment-processing'];
  return [
    'payment-card-number',
    'expiration-date',
    ...(securityCode ? (['security-code'] as const) : []),
    ...(postalCode === true ? (['postal-code'] as const) : []),
    'payment-processing',
  ];
}

/** A detail as it may be shown, where it belongs. */
export function detailOf(step: PayStep, shown: string): PayDetails {
  switch (step) {
    case 'payment-card-number':
      return { card: shown };
    case 'expiration-date':
      return { expiry: shown };
    case 'security-code':
      return { securityCode: shown };
    case 'postal-code':
      return { postalCode: shown };
    case 'bank-routing-number':
      return { routing: shown };
    case 'bank-account-number':
      return { account: shown };
    case 'payment-processing':
      return {};
  }
}
