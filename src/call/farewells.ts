import type { LegEvent } from '../telephony/leg-event.ts';
import type { Farewell, VerbEvent } from '../verbs/verb.ts';
import type { LiveCall } from './live-call.ts';

type ChildEnded = Extract<VerbEvent, { type: 'child.ended' }>;
type HungUp = Extract<LegEvent, { type: 'leg.hungUp' }>;

interface Waiting {
  call: LiveCall;
  farewell: Farewell;
  children: Set<string>;
  ended: ChildEnded[];
  hungUp: HungUp;
}

/** What applications are still told of calls that have ended: once the calls that these originated have ended too. */
export class Farewells {
  /** Called whenever nothing more is to be told of a call. */
  readonly #told: (call: LiveCall) => void;
  readonly #waiting = new Set<Waiting>();
  /** How many answers are awaited of each call. */
  readonly #asked = new Map<string, number>();

  /** Calls of which something is still to be asked, and who waits until it has been. */
  readonly #unasked = new Map<string, (() => void)[]>();

  constructor(told: (call: LiveCall) => void) {
    this.#told = told;
  }

  /** Is something still to be asked that follows from the end of this call? */
  isToAsk(call: string): boolean {
    return this.#unasked.has(call);
  }

  /** Does it once everything has been asked that follows from the end of this call: at once when nothing does. */
  afterAsking(call: string, act: () => void): void {
    const waiting = this.#unasked.get(call);
    if (waiting) waiting.push(act);
    else act();
  }

  get size(): number {
    return this.#waiting.size + this.#asked.size;
  }

  /** Is there something left to be told of this call? */
  owes(call: string): boolean {
    if (this.#asked.has(call)) return true;
    for (const waiting of this.#waiting) if (waiting.call.id === call) return true;
    return false;
  }

  /** @param children those of the verb that have not ended */
  owe(call: LiveCall, farewell: Farewell, children: readonly string[], hungUp: HungUp): void {
    const waiting = { call, farewell, children: new Set(children), ended: [], hungUp };
    if (!this.#unasked.has(call.id)) this.#unasked.set(call.id, []);
    if (children.length > 0) this.#waiting.add(waiting);
    else this.#tell(waiting);
  }

  /** A call has ended that another one originated. */
  ended(event: ChildEnded): void {
    for (const waiting of this.#waiting) {
      if (!waiting.children.delete(event.call)) continue;
      waiting.ended.push(event);
      if (waiting.children.size > 0) continue;
      this.#waiting.delete(waiting);
      this.#tell(waiting);
    }
  }

  #tell({ call, farewell, ended, hungUp }: Waiting): void {
    const what = farewell(ended, hungUp);
    if (!what) {
      this.#askedAll(call);
      this.#over(call);
      return;
    }
    this.#asked.set(call.id, (this.#asked.get(call.id) ?? 0) + 1);
    call.requests.tell(what.urls, what.result, () => {
      const left = this.#asked.get(call.id)! - 1;
      if (left > 0) this.#asked.set(call.id, left);
      else this.#asked.delete(call.id);
      this.#over(call);
    });
    call.around.ledger.after(() => this.#askedAll(call));
  }

  #askedAll({ id }: LiveCall): void {
    for (const waiting of this.#waiting) if (waiting.call.id === id) return;
    const acts = this.#unasked.get(id) ?? [];
    this.#unasked.delete(id);
    for (const act of acts) act();
  }

  #over(call: LiveCall): void {
    if (!this.owes(call.id)) this.#told(call);
  }
}
