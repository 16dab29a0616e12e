import type { LiveCall } from './live-call.ts';

/**
 * What a machine has of its call, and as its clock, until the call is over. XState assigns a closure to its actor at each
 * step, V8 puts every closure that is assigned to a property among old objects at once, and all that it can see stays
 * until the next full collection: were that the call, it would be everything.
 */
export class Tie {
  #call: LiveCall | undefined;

  constructor(call: LiveCall) {
    this.#call = call;
  }

  get call(): LiveCall {
    return this.#call!;
  }

  setTimeout(callback: () => void, ms: number): unknown {
    return this.call.clock.setTimeout(callback, ms);
  }

  clearTimeout(timer: unknown): void {
    this.#call?.clock.clearTimeout(timer);
  }

  cut(): void {
    this.#call = undefined;
  }
}
