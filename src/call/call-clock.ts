import type { Clock, Settled } from '../clock.ts';
import type { LiveCall } from './live-call.ts';

/** The clock of one call: whatever a timer of it sets off is a turn of its own, and its firing is an input. */
export class CallClock implements Clock {
  readonly #call: LiveCall;
  #timers = 0;

  constructor(call: LiveCall) {
    this.#call = call;
  }

  now(): number {
    return this.#call.around.clock.now();
  }

  setTimeout(callback: () => void, ms: number): unknown {
    const timer = ++this.#timers;
    const call = this.#call;
    const fire = () => {
      call.around.ledger.turn(() => {
        call.input({ type: 'timer', timer });
        callback();
      });
    };
    return call.around.clock.setTimeout(fire, ms, call.id, timer);
  }

  clearTimeout(timer: unknown): void {
    this.#call.around.clock.clearTimeout(timer);
  }

  outside<T>(work: Promise<T>, deadlineMs: number, deliver: (settled: Settled<T>) => void): void {
    this.#call.around.clock.outside(work, deadlineMs, deliver);
  }
}
