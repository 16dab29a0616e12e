import type { Alarm } from '../clock.ts';
import type { Sound } from '../telephony/sound.ts';
import { type Heard, lasting, type Work } from './logic.ts';
import { type PayMoment, promptFor } from './pay-prompts.ts';
import { detailOf, type PayStep } from './pay-steps.ts';
import { type Charged, detailsOf, knownOf, meaningOf, orderOf, type PayTerms } from './pay-terms.ts';
import type { TillEvent } from './till.ts';
import type { HandlerUrl, Outcome, PayDetails, Result, Stage, VerbInput, Written } from './verb.ts';

/** What is heard at a step instead of the usual words. */
export interface PayPrompt {
  steps: readonly PayStep[];
  attempts: readonly number[];
  cards: readonly string[];
  errors: readonly string[];
  sounds: readonly Sound[];
}

/** Collect payment details by keypad and hand them to the customer's connector. What was keyed is never kept. */
export interface Pay extends Written, PayTerms {
  verb: 'pay';
  maxAttempts: number;
  language: string;
  prompts: readonly PayPrompt[];
  callback?: HandlerUrl;
  next: HandlerUrl;
}

/** What is wrong with what was keyed. */
export type PayError =
  | 'timeout'
  | 'invalid-card-number'
  | 'invalid-card-type'
  | 'invalid-date'
  | 'invalid-security-code'
  | 'invalid-postal-code'
  | 'invalid-bank-routing-number'
  | 'invalid-bank-account-number';

/** How a payment stands: told while it goes on. */
export interface PayProgress extends Omit<PayMoment, 'card'> {
  callback?: HandlerUrl;
  details: PayDetails;
}

type PaidResult = Extract<Result, { type: 'paid' }>;

/** Detail after detail, each as often as it may be tried; then the connector. */
class Paying implements Work {
  readonly #pay: Pay;
  readonly #stage: Stage;
  /** Silence has lasted too long. */
  readonly #silence: Alarm;
  readonly #steps: PayStep[];
  #attempt = 1;
  #error: PayError | undefined;
  #card: string | undefined;
  #details: PayDetails;
  /** The prompt while it plays. */
  #prompt: string | undefined;
  /** Whether anything has been keyed for the step at hand. */
  #keyed = false;
  /** What the connector has answered while the prompt went on. */
  #answer: Charged | undefined;

  constructor({ instruction, stage }: VerbInput<Pay>, silence: Alarm) {
    this.#pay = instruction;
    this.#stage = stage;
    this.#silence = silence;
    this.#steps = [...detailsOf(instruction), 'payment-processing'];
    this.#details = knownOf(instruction);
  }

  begin(): Outcome | undefined {
    if (!this.#stage.till) return this.#over('internal-error');
    if (this.#pay.connector === '') return this.#over('validation-error', { error: 'no payment connector is given' });
    this.#stage.ifEnded(() => ({ urls: [this.#pay.next], result: this.#result('caller-hung-up') }));
    this.#ask();
    return undefined;
  }

  hear(event: Heard): Outcome | undefined {
    switch (event.type) {
      case 'leg.pressed':
        return this.#pressed(event.digit);
      case 'leg.done':
      case 'leg.failed':
        return event.id === this.#prompt ? this.#prompted() : undefined;
      case 'woken':
        this.#stage.till?.check();
        return undefined;
      case 'till.checked':
        return 'error' in event ? this.#mistaken(event.error) : this.#collected(event);
      case 'till.charged':
        this.#answer = event;
        return this.#prompt === undefined ? this.#charged(event) : undefined;
      default:
        return undefined;
    }
  }

  get #step(): PayStep {
    return this.#steps[0] ?? 'payment-processing';
  }

  /** The prompt of the step, and what it asks for. */
  #ask(): void {
    const { cards, minPostalCodeLength } = this.#pay;
    const step = this.#step;
    const sounds = promptFor(this.#pay, { step, attempt: this.#attempt, card: this.#card, error: this.#error });
    this.#keyed = false;
    if (step === 'payment-processing') this.#charge();
    else this.#stage.till?.collect({ step, cards, minPostalCodeLength });
    this.#prompt = this.#stage.id();
    this.#stage.send({ type: 'play', id: this.#prompt, sounds });
  }

  #charge(): void {
    this.#tell();
    this.#stage.till?.charge(orderOf(this.#pay));
  }

  #prompted(): Outcome | undefined {
    this.#prompt = undefined;
    if (this.#answer) return this.#charged(this.#answer);
    if (this.#step !== 'payment-processing') this.#silence.set(this.#pay.timeoutMs);
    return undefined;
  }

  /** Digits are the till's: here only that there was one is known. */
  #pressed(key: string): Outcome | undefined {
    if (this.#step === 'payment-processing') return undefined;
    if (key === '*') return this.#over('caller-interrupted-with-star');
    // Who presses pound behind a number that was complete without it does so in the next step.
    if (key === '#' && !this.#keyed) return undefined;
    this.#keyed = true;
    this.#interrupt();
    this.#silence.set(this.#pay.timeoutMs);
    if (key === '#') this.#stage.till?.check();
    return undefined;
  }

  #interrupt(): void {
    if (this.#prompt === undefined) return;
    this.#stage.send({ type: 'stop', id: this.#prompt });
    this.#prompt = undefined;
  }

  #collected({ step, shown, card }: Extract<TillEvent, { shown: string }>): undefined {
    this.#silence.clear();
    this.#interrupt();
    if (card !== undefined) this.#card = card;
    this.#details = { ...this.#details, ...detailOf(step, shown), ...(card !== undefined && { cardType: card }) };
    this.#error = undefined;
    this.#tell();
    this.#steps.shift();
    this.#attempt = 1;
    this.#ask();
  }

  #mistaken(error: PayError): Outcome | undefined {
    this.#silence.clear();
    this.#interrupt();
    this.#error = error;
    this.#tell();
    if (this.#attempt >= this.#pay.maxAttempts) return this.#over('too-many-failed-attempts', { error });
    this.#attempt++;
    this.#ask();
    return undefined;
  }

  #charged(answer: Charged): Outcome {
    if ('failure' in answer) this.#stage.problem(answer.failure.code, answer.failure.reason);
    const { outcome, details } = meaningOf(answer, this.#pay);
    return this.#over(outcome, details);
  }

  #tell(): void {
    const { callback } = this.#pay;
    this.#stage.paying({
      step: this.#step,
      attempt: this.#attempt,
      error: this.#error,
      details: this.#details,
      ...(callback && { callback }),
    });
  }

  #result(outcome: PaidResult['outcome'], more: PayDetails = {}): PaidResult {
    return { type: 'paid', outcome, details: { ...this.#details, ...more } };
  }

  #over(outcome: PaidResult['outcome'], more?: PayDetails): Outcome {
    return { type: 'request', urls: [this.#pay.next], result: this.#result(outcome, more) };
  }
}

export const pay = lasting<Pay>((input, silence) => new Paying(input, silence));
