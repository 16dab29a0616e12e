/** Payments that an agent's application leads while the call goes on (LaML 6.3; the parameters are Twilio's). */
import { createHash } from 'node:crypto';
import type { CheckoutAsked } from '../../call/checkout-desk.ts';
import { mayBePosted } from '../../handler/till.ts';
import { toPaymentJson } from '../../vendors/signalwire/checkouts.ts';
import { cardNames } from '../../verbs/cards.ts';
import { payDetails } from '../../verbs/pay-steps.ts';
import type { PayTerms } from '../../verbs/pay-terms.ts';
import { ready } from '../setup.ts';
import type { Form } from './form.ts';
import { given } from './gives.ts';
import { callOf, idIn } from './lookup.ts';
import { invalid, notFound, notInProgress, Refusal } from './refusal.ts';
import type { Asked, Route } from './route.ts';

const mostCharged = 1_000_000;

function amountIn(form: Form): string | undefined {
  const written = form.text('ChargeAmount');
  if (written === undefined) return undefined;
  if (!/^\d{1,7}(?:\.\d{1,4})?$/.test(written) || Number(written) > mostCharged)
    throw invalid(`ChargeAmount must be an amount from 0 to ${mostCharged}`);
  return Number(written) > 0 ? written : undefined;
}

function connectorIn(form: Form): string {
  const url = form.text('PaymentConnector');
  if (url !== undefined && mayBePosted(url)) return url;
  throw invalid('PaymentConnector is needed: the https URL of your connector; named connectors are not offered');
}

function cardsIn(form: Form): readonly string[] {
  const wanted = form.words('ValidCardTypes');
  const unknown = wanted.find((card) => !(cardNames as readonly string[]).includes(card));
  if (unknown !== undefined) throw invalid(`ValidCardTypes must be of ${cardNames.join(', ')}`);
  return wanted.length > 0 ? wanted : ['visa', 'mastercard', 'amex'];
}

function postalCodeIn(form: Form): boolean | string {
  const written = form.text('PostalCode') ?? 'true';
  return /^(?:true|false)$/i.test(written) ? /^t/i.test(written) : written;
}

/** JSON of one level: whatever stands in it goes to the connector as text. */
function parametersIn(form: Form): Record<string, string> {
  const wrong = 'Parameter must be a JSON object of one level';
  let read: unknown;
  try {
    read = JSON.parse(form.text('Parameter') ?? '{}');
  } catch {
    throw invalid(wrong);
  }
  if (typeof read !== 'object' || read === null || Array.isArray(read)) throw invalid(wrong);
  const entries = Object.entries(read);
  if (entries.some(([, value]) => typeof value === 'object' && value !== null)) throw invalid(wrong);
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

const accountTypes = ['consumer-checking', 'consumer-savings', 'commercial-checking'] as const;

function termsIn(form: Form): PayTerms {
  form.choice('Input', ['dtmf'], 10000);
  for (const name of ['RequireMatchingInputs', 'Confirmation'])
    if (!/^(?:|false)$/i.test(form.text(name) ?? '')) throw new Refusal(90000, `${name} is not offered`);
  const isAccount = form.choice('PaymentMethod', ['credit-card', 'ach-debit'], 10000) === 'ach-debit';
  const amount = amountIn(form);
  const description = form.text('Description');
  const accountType = form.choice('BankAccountType', accountTypes, 10000) ?? accountTypes[0];
  return {
    connector: connectorIn(form),
    method: isAccount ? 'account' : 'card',
    currency: (form.text('Currency') ?? 'usd').toLowerCase(),
    securityCode: form.flag('SecurityCode') ?? true,
    postalCode: postalCodeIn(form),
    minPostalCodeLength: form.integer('MinPostalCodeLength', [0, 20], 10000) ?? 0,
    timeoutMs: (form.integer('Timeout', [1, 600], 10000) ?? 5) * 1000,
    tokenType: form.choice('TokenType', ['one-time', 'reusable', 'payment-method'], 10000) ?? 'reusable',
    cards: cardsIn(form),
    parameters: parametersIn(form),
    ...(amount !== undefined && { amount }),
    ...(description !== undefined && { description }),
    ...(isAccount && { accountType }),
  };
}

/** Both are needed, each time. */
function askedIn(form: Form): CheckoutAsked {
  const key = form.text('IdempotencyKey');
  if (key === undefined) throw invalid('IdempotencyKey is needed');
  const url = form.url('StatusCallback', 21456);
  if (url === undefined) throw new Refusal(21408, 'StatusCallback is needed');
  const hash = createHash('sha256').update(JSON.stringify(form.entries())).digest('hex');
  return { callback: { url, method: 'POST' }, idempotency: { key, hash } };
}

/** In a call that goes on. */
function liveCallOf(asked: Asked): string {
  const { id, state } = callOf(asked);
  const { engine, store } = asked.context;
  if (state !== 'inProgress' || engine.isEnding(id)) throw notInProgress();
  ready(store);
  return id;
}

const path = '/Accounts/:account/Calls/:call/Payments';

const asking = {
  IdempotencyKey: 'Needed. The same request under the same key is done once.',
  StatusCallback: 'Needed. Hears of each step, by POST.',
};

const create: Route = {
  id: 'calls.payments.create',
  method: 'POST',
  path,
  permission: 'voice.calls.update',
  summary: 'Begins a payment beside a call: keys go into it, and nobody hears them',
  status: 201,
  parameters: {
    ...asking,
    PaymentConnector: 'Needed: the https URL of the connector.',
    ChargeAmount: 'What is charged; without it, or with 0, a token is made.',
    Currency: 'usd unless given.',
    Description: 'What the connector is told.',
    PaymentMethod: 'credit-card (unless given) or ach-debit.',
    BankAccountType: `${accountTypes.join(', ')}: what the connector is told; the first unless given.`,
    SecurityCode: 'false: it is not needed.',
    PostalCode: 'false: it is not needed; or the postal code.',
    MinPostalCodeLength: 'How many digits it has at least.',
    Timeout: 'Seconds of silence between two keys that end a detail: 1 to 600, 5 unless given.',
    TokenType: 'one-time, reusable (unless given) or payment-method.',
    ValidCardTypes: 'Which cards are taken, with blanks between; visa, mastercard and amex unless given.',
    Parameter: 'What else the connector is told: a JSON object of one level.',
    Input: 'dtmf.',
    RequireMatchingInputs: 'Not offered: empty.',
    Confirmation: 'Not offered: false.',
  },
  answers: 'The payment.',
  gives: given('Payment'),
  answer: async (asked) => {
    const { engine } = asked.context;
    const call = liveCallOf(asked);
    const payment = engine.checkouts.begin(call, termsIn(asked.form), askedIn(asked.form));
    await engine.committed();
    if (!payment) throw notInProgress();
    return toPaymentJson(payment, asked.sids);
  },
};

const update: Route = {
  id: 'calls.payments.update',
  method: 'POST',
  path: `${path}/:payment`,
  permission: 'voice.calls.update',
  summary: 'Has a detail of a payment keyed in, or has it made or given up',
  parameters: {
    ...asking,
    Capture: `The detail that is keyed from now on: ${payDetails.join(', ')}.`,
    Status: 'complete: the connector gets what was keyed; cancel.',
  },
  answers: 'The payment.',
  gives: given('Payment'),
  answer: async (asked) => {
    const { engine } = asked.context;
    const { form } = asked;
    const call = liveCallOf(asked);
    const step = form.choice('Capture', payDetails, 10000);
    const status = form.choice('Status', ['complete', 'cancel'], 10000);
    if ((step === undefined) === (status === undefined)) throw invalid('either Capture or Status is needed');
    const what = step !== undefined ? ({ type: 'collect', step } as const) : { type: status! };
    const payment = engine.checkouts.act(call, idIn(asked, 'payment'), what, askedIn(form));
    await engine.committed();
    if (!payment) throw notFound('the payment');
    return toPaymentJson(payment, asked.sids);
  },
};

export const payments = [create, update];
