import type { LiveCall } from './live-call.ts';

interface Waiting {
  queue: string;
  call: LiveCall;
  since: number;
}

/** Calls that wait for somebody to take them, in the order they came. */
export class Queues {
  readonly #waiting = new Map<string, Waiting>();

  get size(): number {
    return this.#waiting.size;
  }

  /** A call waits in one queue at most. */
  enter(queue: string, call: LiveCall): boolean {
    if (this.#waiting.has(call.id)) return false;
    this.#waiting.set(call.id, { queue, call, since: call.around.ledger.now() });
    call.output({ type: 'queue.entered', queue });
    return true;
  }

  /** Who waits in a queue, the first to be taken first. */
  waitingIn(queue: string): readonly string[] {
    return [...this.#waiting.values()].filter((waiting) => waiting.queue === queue).map(({ call }) => call.id);
  }

  /** Takes a call out of its queue and tells it why; false when it waits in none. */
  leave(id: string, reason: 'bridged' | 'left'): boolean {
    const waiting = this.#take(id, reason);
    if (!waiting) return false;
    const { call, since } = waiting;
    call.around.tell(id, { type: 'queue.left', reason, waitedMs: call.around.ledger.now() - since });
    return true;
  }

  /** What made the call wait is over: it does not wait any more, and need not be told. */
  abandon(id: string): void {
    this.#take(id, 'abandoned');
  }

  #take(id: string, reason: string): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    waiting?.call.output({ type: 'queue.left', queue: waiting.queue, reason });
    return waiting;
  }
}
