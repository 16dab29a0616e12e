import type { CheckoutAct } from '../journal/act.ts';
import type { CheckoutRecord } from '../records/payment.ts';
import type { LegEvent } from '../telephony/leg-event.ts';
import type { HandlerUrl } from '../verbs/verb.ts';
import { Checkout } from './checkout.ts';
import { isAnswered } from './lifecycle.ts';
import type { LiveCall } from './live-call.ts';

/** Which payment it was about, and what was said of it. */
export interface Asked {
  checkout: string;
  hash: string;
}

/** As many are known of a call: older ones are forgotten. */
const mostKeys = 1_000;

/** Payments that somebody outside leads, detail by detail, while the call goes on: one at a time in each call. */
export class Checkouts {
  /** Of each call that lives, in the order in which they began. */
  readonly #ofCall = new Map<string, Checkout[]>();
  /** Their calls have ended, and their connectors have not answered. */
  readonly #late = new Set<Checkout>();

  /** What was asked for under a key, while the call lives. */
  readonly #keys = new Map<string, Map<string, Asked>>();

  /** How many calls have ended before their connectors answered. */
  get late(): number {
    return this.#late.size;
  }

  asked(call: string, key: string): Asked | undefined {
    return this.#keys.get(call)?.get(key);
  }

  know(call: string, key: string, asked: Asked): void {
    const known = this.#keys.get(call) ?? new Map<string, Asked>();
    this.#keys.set(call, known.set(key, asked));
    const [oldest] = known.keys();
    if (known.size > mostKeys && oldest !== undefined) known.delete(oldest);
  }

  /** Whether the payment of this id is one of this process, and goes on. */
  has(id: string): boolean {
    const live = [...this.#ofCall.values(), [...this.#late]].flat();
    return live.some(({ record }) => record.id === id);
  }

  of(call: string): CheckoutRecord[] {
    return (this.#ofCall.get(call) ?? []).map(({ record }) => record);
  }

  act(call: LiveCall, id: string, what: CheckoutAct, callback: HandlerUrl | undefined): void {
    const known = this.#ofCall.get(call.id) ?? [];
    if (what.type !== 'begin') {
      const one = known.find(({ record }) => record.id === id);
      if (one?.record.state === 'open') one.act(what, callback);
      return;
    }
    if (!isAnswered(call.record) || !call.around.tills || call.till) return;
    const begun: Checkout = new Checkout(call, { id, terms: what.terms, callback }, () => this.#late.delete(begun));
    this.#ofCall.set(call.id, [...known, begun]);
  }

  /** Whether what the leg tells is a payment's alone. */
  takes(call: LiveCall, event: LegEvent): boolean {
    if (event.type !== 'leg.pressed') return false;
    const going = this.#ofCall.get(call.id)?.find((one) => !one.isOver);
    going?.press(event.digit);
    return going !== undefined;
  }

  /** The call has ended. */
  over(call: LiveCall): void {
    for (const one of this.#ofCall.get(call.id) ?? []) {
      one.hungUp();
      if (!one.isOver) this.#late.add(one);
    }
    this.#ofCall.delete(call.id);
    this.#keys.delete(call.id);
  }

  /** What connectors have not answered by now, nobody will hear. */
  close(): void {
    for (const one of this.#late)
      one.end('payment-connector-error', { error: 'the engine ended before the connector answered' });
  }
}
