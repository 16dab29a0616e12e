/** Payments: what a connector is posted and answers, what the action and the status callback are told (LaML 4.16). */
import type { Output } from '../../journal/journal.ts';
import type { PayError } from '../../verbs/pay.ts';
import type { PayStep } from '../../verbs/pay-steps.ts';
import type { PayOrder } from '../../verbs/till.ts';
import type { PayDetails } from '../../verbs/verb.ts';
import type { Owed } from '../vendor.ts';
import type { Parameters } from './form.ts';
import { toOwed } from './owed.ts';
import { accountSid, sidOf } from './sids.ts';

/** The JSON for a connector: a charge where there is an amount, else a token. */
export function connectorBody(
  order: PayOrder,
  details: Readonly<Partial<Record<PayStep, string>>>,
  transaction: string,
): string {
  const { method, amount, currency, description, tokenType, postalCode, parameters, accountType } = order;
  const expiry = details['expiration-date'];
  return JSON.stringify({
    transaction_id: sidOf(transaction),
    ...(amount === undefined
      ? { amount: 0, token_type: tokenType }
      : { method: methods[method], chargeAmount: amount }),
    ...(method === 'card'
      ? { cardnumber: details['payment-card-number'], cvv: details['security-code'] }
      : {
          bank_routing_number: details['bank-routing-number'],
          bank_account_number: details['bank-account-number'],
          bank_account_type: accountType,
        }),
    postal_code: details['postal-code'] ?? postalCode,
    description,
    expiry_month: expiry?.slice(0, 2),
    expiry_year: expiry?.slice(2),
    currency_code: currency,
    parameters,
  });
}

const methods = { card: 'credit-card', account: 'ach-debit' } as const;

type Charge = { id: string } | { declined: { code: string; message: string } };

/** An error code or message that is not null declines it. */
export function readConnector(body: string): Charge | undefined {
  let answer: unknown;
  try {
    answer = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (typeof answer !== 'object' || answer === null) return undefined;
  const { charge_id, token_id, error_code = null, error_message = null } = answer as Record<string, unknown>;
  if (error_code !== null || error_message !== null)
    return { declined: { code: String(error_code ?? ''), message: String(error_message ?? '') } };
  const id = charge_id ?? token_id ?? undefined;
  return id === undefined ? undefined : { id: String(id) };
}

/** What may be known of a payment, in the parameters of the action and of callbacks. */
export const payParameters = (details: PayDetails): Parameters => ({
  PaymentConfirmationCode: details.confirmation,
  PaymentToken: details.token,
  ProfileId: details.token,
  PaymentMethod: details.method && methods[details.method],
  PaymentCardNumber: details.card,
  PaymentCardType: details.cardType,
  PaymentCardPostalCode: details.postalCode,
  ExpirationDate: details.expiry,
  SecurityCode: details.securityCode,
  BankAccountNumber: details.account,
  BankRoutingNumber: details.routing,
  PaymentError: details.error,
  ConnectorError: details.connectorError,
});

/** How a payment goes on, told to its status callback. */
export function payCallback(output: Output): Owed | undefined {
  if (output.type !== 'payment.changed') return undefined;
  const { call, project, step, attempt, error, details, callback } = output.record;
  if (!callback) return undefined;
  return toOwed('payment', project, callback, {
    AccountSid: accountSid(project),
    CallSid: sidOf(call),
    For: step,
    Attempt: String(attempt),
    ErrorType: error && errorType(error),
    ...payParameters(details),
  });
}

/** A mistake as callbacks name it. */
export const errorType = (error: PayError) => (error === 'timeout' ? 'input-timeout' : error);
