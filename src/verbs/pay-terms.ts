import type { PayStep } from './pay-steps.ts';
import type { PayOrder, TillEvent } from './till.ts';
import type { PayDetails, PayOutcome } from './verb.ts';

/** What is to be paid, with what, to which connector, and which details that takes. */
export interface PayTerms {
  connector: string;
  method: 'card' | 'account';
  /** Decimal, as written; absent: a token instead of a charge. */
  amount?: string;
  currency: string;
  description?: string;
  securityCode: boolean;
  /** True: asked for; a text: known already. */
  postalCode: boolean | string;
  minPostalCodeLength: number;
  timeoutMs: number;
  tokenType: string;
  cards: readonly string[];
  parameters: Readonly<Record<string, string>>;
  /** What kind of account, where that is known. */
  accountType?: string;
}

/** What is asked for, in its order. */
export function detailsOf({ method, securityCode, postalCode }: PayTerms): PayStep[] {
  if (method === 'account') return ['bank-routing-number', 'bank-account-number'];
  return [
    'payment-card-number',
    'expiration-date',
    ...(securityCode ? (['security-code'] as const) : []),
    ...(postalCode === true ? (['postal-code'] as const) : []),
  ];
}

/** What is known of it before anything is keyed. */
export const knownOf = ({ method, postalCode }: PayTerms): PayDetails => ({
  method,
  ...(typeof postalCode === 'string' && { postalCode }),
});

export function orderOf(terms: PayTerms): PayOrder {
  const { connector, method, amount, currency, description, tokenType, postalCode, parameters, accountType } = terms;
  return {
    url: connector,
    method,
    currency,
    tokenType,
    parameters,
    ...(amount !== undefined && { amount }),
    ...(description !== undefined && { description }),
    ...(typeof postalCode === 'string' && { postalCode }),
    ...(accountType !== undefined && { accountType }),
  };
}

export type Charged = Extract<TillEvent, { type: 'till.charged' }>;

/** What the connector's answer means. */
export function meaningOf(answer: Charged, { amount }: PayTerms): { outcome: PayOutcome; details: PayDetails } {
  if ('id' in answer)
    return { outcome: 'success', details: amount === undefined ? { token: answer.id } : { confirmation: answer.id } };
  if ('failure' in answer) return { outcome: 'payment-connector-error', details: { error: answer.failure.reason } };
  const { code, message } = answer.declined;
  return { outcome: 'payment-connector-error', details: { connectorError: code, error: message } };
}
