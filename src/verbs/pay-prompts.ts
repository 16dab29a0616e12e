import type { Sound } from '../telephony/sound.ts';
import type { Pay, PayError, PayPrompt } from './pay.ts';
import type { PayStep } from './pay-steps.ts';

/** Where a payment stands. */
export interface PayMoment {
  step: PayStep;
  /** From 1. */
  attempt: number;
  card: string | undefined;
  error: PayError | undefined;
}

/** What is heard: the prompt that fits the moment best, or the usual words. */
export function promptFor({ prompts, language }: Pay, moment: PayMoment): readonly Sound[] {
  const [best] = prompts
    .filter((prompt) => fits(prompt, moment))
    .sort((one, other) => conditionsOf(other) - conditionsOf(one));
  return best?.sounds ?? usualWords(moment, language);
}

/** A list that is empty sets no condition. */
function fits({ steps, attempts, cards, errors }: PayPrompt, { step, attempt, card, error }: PayMoment): boolean {
  return (
    steps.includes(step) &&
    (attempts.length === 0 || attempts.includes(attempt)) &&
    (cards.length === 0 || (card !== undefined && cards.includes(card))) &&
    (errors.length === 0 || (error !== undefined && errors.includes(error)))
  );
}

const conditionsOf = ({ attempts, cards, errors }: PayPrompt) =>
  [attempts, cards, errors].filter(({ length }) => length > 0).length;

const wanted: Readonly<Record<PayStep, string>> = {
  'payment-card-number': 'Please enter your card number, then press pound.',
  'expiration-date': 'Please enter the expiration date of your card: two digits for the month and two for the year.',
  'security-code': 'Please enter the security code of your card.',
  'postal-code': 'Please enter your postal code, then press pound.',
  'bank-routing-number': 'Please enter the routing number of your bank.',
  'bank-account-number': 'Please enter your bank account number, then press pound.',
  'payment-processing': 'Please wait while your payment is processed.',
};

const wrong: Readonly<Record<PayError, string>> = {
  timeout: 'Nothing was entered.',
  'invalid-card-number': 'This is not a card number.',
  'invalid-card-type': 'This kind of card is not accepted.',
  'invalid-date': 'This is not a valid expiration date.',
  'invalid-security-code': 'This is not a security code.',
  'invalid-postal-code': 'This is not a postal code.',
  'invalid-bank-routing-number': 'This is not a routing number.',
  'invalid-bank-account-number': 'This is not an account number.',
};

/** In English, whatever the language: other languages give prompts of their own. */
function usualWords({ step, error }: PayMoment, language: string): Sound[] {
  const text = error ? `${wrong[error]} ${wanted[step]}` : wanted[step];
  return [{ type: 'speech', text, language: /^en\b/i.test(language) ? language : 'en-US' }];
}
