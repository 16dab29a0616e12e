import { CallflowError } from '../errors.ts';
import type { Ids } from '../ids.ts';
import type { Act, CheckoutAct } from '../journal/act.ts';
import type { CheckoutRecord } from '../records/payment.ts';
import { detailsOf, type PayTerms } from '../verbs/pay-terms.ts';
import type { HandlerUrl } from '../verbs/verb.ts';
import type { Checkouts } from './checkouts.ts';

/**
 * What an API does with the payments beside a call. What cannot be done throws PAYMENT_REFUSED; where there is no such
 * call, or none of this id in it, the answer is undefined.
 */
export interface CheckoutDesk {
  /** Of a call that lives, those that are over too, in the order in which they began. */
  of(call: string): readonly CheckoutRecord[];
  /**
   * Begins one: from now on keys go into it, and nobody else hears them. The same key gives the same payment for as long
   * as the call lives; said of another one it throws IDEMPOTENCY_CONFLICT.
   */
  begin(call: string, terms: PayTerms, asked?: CheckoutAsked): CheckoutRecord | undefined;
  /** Leads it; the same thing asked for under the same key is done once. */
  act(call: string, checkout: string, what: Leading, asked?: CheckoutAsked): CheckoutRecord | undefined;
}

export interface CheckoutAsked {
  /** Who hears how it goes from now on. */
  callback?: HandlerUrl;
  idempotency?: { key: string; hash: string };
}

type Leading = Exclude<CheckoutAct, { type: 'begin' }>;

/** As many may begin in one call. */
const most = 100;

const refused = (reason: string) => new CallflowError('PAYMENT_REFUSED', reason);

export function checkoutDesk(checkouts: Checkouts, ids: Ids, act: (call: string, what: Act) => boolean): CheckoutDesk {
  const find = (call: string, id: string) => checkouts.of(call).find((one) => one.id === id);
  const begin = (call: string, terms: PayTerms, callback?: HandlerUrl): CheckoutRecord | undefined => {
    if (checkouts.of(call).length >= most) throw refused(`${most} payments have begun in the call already`);
    if (checkouts.of(call).some(({ state }) => state !== 'over')) throw refused('another payment goes on in the call');
    const checkout = ids.next();
    const what = { type: 'begin', terms } as const;
    const lives = act(call, { type: 'act.checkout', checkout, what, ...(callback && { callback }) });
    const begun = find(call, checkout);
    if (lives && !begun)
      throw refused('the call is not in progress, its document takes a payment, or nobody can be paid here');
    return begun;
  };
  return {
    of: (call) => checkouts.of(call),
    begin: (call, terms, { callback, idempotency } = {}) => {
      const name = `begin ${idempotency?.key}`;
      const before = idempotency && checkouts.asked(call, name);
      if (before && before.hash !== idempotency.hash)
        throw new CallflowError('IDEMPOTENCY_CONFLICT', 'the key was used in this call to ask for another payment');
      if (before) return find(call, before.checkout);
      const begun = begin(call, terms, callback);
      if (begun && idempotency) checkouts.know(call, name, { checkout: begun.id, hash: idempotency.hash });
      return begun;
    },
    act: (call, checkout, what, { callback, idempotency } = {}) => {
      const record = find(call, checkout);
      const name = `${checkout} ${idempotency?.hash} ${idempotency?.key}`;
      if (!record || (idempotency && checkouts.asked(call, name))) return record;
      const obstacle = obstacleTo(what, record);
      if (obstacle !== undefined) throw refused(obstacle);
      act(call, { type: 'act.checkout', checkout, what, ...(callback && { callback }) });
      if (idempotency) checkouts.know(call, name, { checkout, hash: idempotency.hash });
      return find(call, checkout);
    },
  };
}

function obstacleTo(what: Leading, { state, terms, required }: CheckoutRecord): string | undefined {
  if (state === 'over') return 'the payment is over';
  if (state === 'charging') return 'the connector has the payment already';
  if (what.type === 'complete' && required.length > 0) return `it is not complete: ${required.join(', ')}`;
  if (what.type === 'collect' && !detailsOf(terms).includes(what.step))
    return `${what.step} is no detail of the payment`;
  return undefined;
}
