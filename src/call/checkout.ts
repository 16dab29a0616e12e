import { Alarm } from '../clock.ts';
import type { CheckoutAct } from '../journal/act.ts';
import type { CheckoutRecord } from '../records/payment.ts';
import type { Delivery } from '../store/store.ts';
import { securityDigits } from '../verbs/pay-rules.ts';
import type { PayStep } from '../verbs/pay-steps.ts';
import { detailOf, withoutDetail, withoutUnfinished } from '../verbs/pay-steps.ts';
import { type Charged, detailsOf, knownOf, meaningOf, orderOf, type PayTerms } from '../verbs/pay-terms.ts';
import type { Till, TillEvent } from '../verbs/till.ts';
import type { HandlerUrl, PayDetails } from '../verbs/verb.ts';
import { paymentOwed, settled } from './debts.ts';
import type { LiveCall } from './live-call.ts';
import { openTill } from './tills.ts';

interface Begun {
  id: string;
  terms: PayTerms;
  callback?: HandlerUrl | undefined;
}

/** One payment beside a call, led from outside: keys go into its till from its beginning to its end. */
export class Checkout {
  record: CheckoutRecord;
  readonly #call: LiveCall;
  readonly #till: Till | undefined;
  readonly #ended: () => void;
  /** If this process ends before, the next one tells that it is over. */
  readonly #owed: Delivery;
  /** Silence between two keys has lasted too long. */
  readonly #silence: Alarm;

  constructor(call: LiveCall, { id, terms, callback }: Begun, ended: () => void) {
    const { id: of, project, dialect } = call.record;
    const now = call.around.ledger.now();
    this.#call = call;
    this.#ended = ended;
    this.#silence = new Alarm(call.clock, () => this.#till?.check());
    this.record = {
      id,
      call: of,
      project,
      dialect,
      terms,
      state: 'open',
      keyed: 0,
      required: detailsOf(terms),
      details: knownOf(terms),
      createTime: now,
      updateTime: now,
      ...(callback && { callback }),
    };
    this.#till = openTill(call, (event) => this.#hear(event), id);
    this.#owed = paymentOwed(this.record, call.record.family);
    call.around.ledger.keep(this.#owed);
    this.#change({});
  }

  get isOver(): boolean {
    return this.record.state === 'over';
  }

  act(what: Exclude<CheckoutAct, { type: 'begin' }>, callback: HandlerUrl | undefined): void {
    if (callback) this.record = { ...this.record, callback };
    if (what.type === 'cancel') this.end('canceled');
    if (what.type === 'collect') this.#collect(what.step);
    if (what.type === 'complete') this.#charge();
  }

  /** A digit is the till's: here only that there was one is known. */
  press(key: string): void {
    const { state, step, collecting, keyed } = this.record;
    if (state !== 'open') return;
    if (key === '*') this.end('caller-interrupted-with-star');
    else if (collecting && step !== undefined && key !== '#') this.#keyed(step, keyed + 1);
    // Who presses pound behind a number that was complete without it does so in the next step.
    else if (collecting && keyed > 0) this.#till?.check();
  }

  /** The call has ended: what the connector has already, it will answer. */
  hungUp(): void {
    if (this.record.state === 'open') this.end('caller-hung-up');
  }

  end(outcome: NonNullable<CheckoutRecord['outcome']>, more: PayDetails = {}): void {
    // What was not keyed to its end is nothing.
    const details = withoutUnfinished(this.record);
    this.#silence.clear();
    this.#change({ state: 'over', collecting: false, outcome, details: { ...details, ...more } });
    this.#till?.close();
    this.#call.around.ledger.keep(settled(this.#owed, 'delivered', 1));
    this.#ended();
  }

  #keyed(step: PayStep, keyed: number): void {
    const { terms, details } = this.record;
    this.#silence.set(terms.timeoutMs);
    this.#change({ keyed, details: { ...details, ...detailOf(step, 'x'.repeat(keyed)) } });
  }

  #charge(): void {
    this.#silence.clear();
    this.#change({ state: 'charging', collecting: false });
    this.#till?.charge(orderOf(this.record.terms));
  }

  /** What was collected of it before is to be collected again. */
  #collect(step: PayStep): void {
    const { cards, minPostalCodeLength } = this.record.terms;
    this.#silence.clear();
    this.record = { ...this.record, details: withoutUnfinished(this.record) };
    this.#till?.collect({ step, cards, minPostalCodeLength });
    this.#change({ step, collecting: true, keyed: 0, ...this.#without(step) });
  }

  /** Also when the call has ended meanwhile. */
  #hear(event: TillEvent): void {
    const call = this.#call;
    call.around.ledger.turn(() => {
      call.input(event);
      try {
        if (event.type === 'till.checked') this.#checked(event);
        else this.#charged(event);
      } catch (error) {
        call.fail(error);
      }
    });
  }

  #checked(event: Extract<TillEvent, { type: 'till.checked' }>): void {
    const { step } = event;
    // Another detail may have been asked for at this very moment.
    const isAsked = step === this.record.step;
    if (isAsked) this.#silence.clear();
    if ('error' in event) {
      if (isAsked) this.#change({ collecting: false, error: event.error, ...this.#without(step) });
      return;
    }
    const { shown, card } = event;
    this.record = { ...this.record, ...(card !== undefined && this.#otherCard(card)) };
    const { details, required } = this.record;
    this.#change({
      ...(isAsked && { collecting: false }),
      details: { ...details, ...detailOf(step, shown), ...(card !== undefined && { cardType: card }) },
      required: required.filter((one) => one !== step),
    });
  }

  /** A security code that this kind of card cannot have was another card's. */
  #otherCard(card: string): Partial<CheckoutRecord> {
    const { securityCode } = this.record.details;
    const fits = securityCode === undefined || securityCode.length === securityDigits(card);
    return fits ? {} : this.#without('security-code');
  }

  #charged(answer: Charged): void {
    if ('failure' in answer) this.#call.problem(answer.failure.code, answer.failure.reason);
    const { outcome, details } = meaningOf(answer, this.record.terms);
    this.end(outcome, details);
  }

  #without(step: PayStep): Pick<CheckoutRecord, 'details' | 'required'> {
    const { terms, details, required } = this.record;
    return {
      details: withoutDetail(details, step),
      required: detailsOf(terms).filter((one) => one === step || required.includes(one)),
    };
  }

  #change(patch: Partial<CheckoutRecord>): void {
    const { error: _, ...before } = this.record;
    this.record = { ...before, ...patch, updateTime: this.#call.around.ledger.now() };
    this.#call.output({ type: 'checkout.changed', record: this.record });
  }
}
