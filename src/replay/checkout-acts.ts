import type { Engine } from '../engine/engine.ts';
import { CallflowError } from '../errors.ts';
import type { CheckoutAct } from '../journal/act.ts';
import { cardNames } from '../verbs/cards.ts';
import { payDetails } from '../verbs/pay-steps.ts';
import type { PayTerms } from '../verbs/pay-terms.ts';
import type { HandlerUrl } from '../verbs/verb.ts';
import type { FlowCheckout, FlowCheckoutAct } from './flow-act.ts';
import { seconds, url } from './options-shape.ts';
import { either, type Kind, listOf, mapOf, oneOf, shape, text, truth, whole } from './shape.ts';

const begun = shape<FlowCheckout>(
  'a payment such as { connector: https://pay.example/charge }',
  {
    connector: text('an https URL', /^https?:\/\//),
    amount: text('an amount such as "20.45"', /^\d+(\.\d+)?$/),
    currency: text(),
    description: text(),
    method: oneOf('card', 'account'),
    accountType: text(),
    securityCode: truth,
    postalCode: either(truth, text()),
    minPostalCodeLength: whole('how many digits'),
    timeoutSeconds: seconds,
    tokenType: text(),
    cards: listOf(oneOf(...cardNames)),
    parameters: mapOf(text(), 'names with texts'),
    statusCallback: url,
  },
  ['connector'],
);

/** A payment that is begun, a detail that is asked for, or the end. */
export const checkoutShape: Kind = either(begun, oneOf(...payDetails, 'complete', 'cancel'));

/** What is done with the payment beside a call; where it is begun, with whom it is told to. */
export type CheckoutDoing =
  | { type: 'checkout'; terms: PayTerms; callback?: HandlerUrl }
  | { type: 'checkout'; what: Exclude<CheckoutAct, { type: 'begin' }> };

export function checkoutDoing(wanted: FlowCheckoutAct, absolute: (url: string) => string): CheckoutDoing {
  if (wanted === 'complete' || wanted === 'cancel') return { type: 'checkout', what: { type: wanted } };
  if (typeof wanted === 'string') return { type: 'checkout', what: { type: 'collect', step: wanted } };
  const { statusCallback } = wanted;
  return {
    type: 'checkout',
    terms: termsOf(wanted),
    ...(statusCallback !== undefined && { callback: { url: absolute(statusCallback), method: 'POST' } }),
  };
}

/** What the API's parameters mean unless they are given. */
function termsOf(given: FlowCheckout): PayTerms {
  const { connector, method = 'card', amount, currency = 'usd', description, accountType, parameters = {} } = given;
  const { securityCode = true, postalCode = true, minPostalCodeLength = 0, timeoutSeconds = 5 } = given;
  const { tokenType = 'reusable', cards = ['visa', 'mastercard', 'amex'] } = given;
  return {
    connector,
    method,
    currency,
    securityCode,
    postalCode,
    minPostalCodeLength,
    timeoutMs: timeoutSeconds * 1000,
    tokenType,
    cards,
    parameters,
    ...(amount !== undefined && { amount }),
    ...(description !== undefined && { description }),
    ...(accountType !== undefined && { accountType }),
  };
}

/** Does it, with the payment of the call that began last; what stands against it, if anything does. */
export function performCheckout(engine: Engine, call: string, doing: CheckoutDoing): string | undefined {
  try {
    return isDone(engine, call, doing) ? undefined : 'no payment';
  } catch (error) {
    if (error instanceof CallflowError && error.code === 'PAYMENT_REFUSED') return error.message;
    throw error;
  }
}

function isDone({ checkouts }: Engine, call: string, doing: CheckoutDoing): boolean {
  if ('terms' in doing) {
    const { terms, callback } = doing;
    return checkouts.begin(call, terms, callback && { callback }) !== undefined;
  }
  const last = checkouts.of(call).at(-1);
  return last !== undefined && checkouts.act(call, last.id, doing.what) !== undefined;
}
