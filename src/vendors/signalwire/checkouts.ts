/** Payments that an API leads: as it shows them, and what their status callbacks are told (LaML 6.3, 4.16). */
import { seenUrl } from '../../http/seen-url.ts';
import type { Output } from '../../journal/journal.ts';
import type { CheckoutRecord } from '../../records/payment.ts';
import type { Owed } from '../vendor.ts';
import { iso8601, rfc2822 } from './dates.ts';
import type { Parameters } from './form.ts';
import { toOwed } from './owed.ts';
import { errorType, payParameters } from './payments.ts';
import { accountSid, sidOf } from './sids.ts';
import type { Spelling } from './spelling.ts';

export function toPaymentJson(checkout: CheckoutRecord, sids: Spelling): object {
  const sid = sids.sid('payment', checkout.id);
  const call = sids.sid('call', checkout.call);
  return {
    sid,
    account_sid: sids.account,
    call_sid: call,
    date_created: rfc2822(checkout.createTime),
    date_updated: rfc2822(checkout.updateTime),
    uri: sids.uri(`/Calls/${call}/Payments/${sid}.json`),
  };
}

/** Its beginning, each detail while it is keyed and when it is taken or refused, and its result. */
export function checkoutCallback(output: Output): Owed | undefined {
  if (output.type !== 'checkout.changed') return undefined;
  const { record } = output;
  const { callback, project, state } = record;
  if (!callback || state === 'charging') return undefined;
  return toOwed('payment', project, callback, {
    ...standard(record),
    ...(state === 'over' ? { Result: results(record) } : progress(record)),
    ...payParameters(record.details),
  });
}

const standard = ({ id, call, project, createTime, updateTime, step, outcome, terms }: CheckoutRecord): Parameters => ({
  AccountSid: accountSid(project),
  CallSid: sidOf(call),
  Sid: sidOf(id),
  DateCreated: iso8601(createTime),
  DateUpdated: step === undefined && outcome === undefined ? undefined : iso8601(updateTime),
  PaymentConnector: seenUrl(terms.connector),
  BankAccountType: terms.accountType,
  ChargeAmount: terms.amount,
  TokenType: terms.amount === undefined ? terms.tokenType : undefined,
});

const progress = ({ step, collecting, required, error }: CheckoutRecord): Parameters =>
  step === undefined
    ? {}
    : {
        Capture: step,
        PartialResult: String(collecting === true),
        Required: required.length > 0 ? required.join(',') : undefined,
        ErrorType: error && errorType(error),
      };

const results = ({ outcome }: CheckoutRecord): string | undefined =>
  outcome === 'canceled' ? 'transaction-cancelled' : outcome;
