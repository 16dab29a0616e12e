import { Aside, type Loop, music } from './aside.ts';
import { type Heard, lasting, type Work } from './logic.ts';
import type { DequeueReason, HandlerUrl, Outcome, Program, Result, Stage, VerbInput, Written } from './verb.ts';

/** Wait in a queue until somebody takes the call; meanwhile the wait program runs above this one. */
export interface Enqueue extends Written {
  verb: 'enqueue';
  queue: string;
  wait?: Program;
  /**
   * Who is asked for the wait program, again and again, each time with how it stands; `none`: silence; absent, and
   * without a wait program: the network's own music.
   */
  waitFrom?: HandlerUrl | 'none';
  next?: HandlerUrl;
  /** `next` is asked too when the call has been hung up or given something else to do; the answer is ignored. */
  tellsEnd?: true;
  /** How many may wait; as many as the queue allows unless given. */
  max?: number;
}

class Queuing implements Work {
  readonly #instruction: Enqueue;
  readonly #stage: Stage;
  readonly #aside: Aside;
  readonly #since: number;
  #queue: string | undefined;
  /** Who has taken this call, and how long it had waited by then. */
  #taken: { by: string; waitedMs: number } | undefined;
  #joined = false;
  #isLost = false;

  constructor({ instruction, stage }: VerbInput<Enqueue>) {
    this.#instruction = instruction;
    this.#stage = stage;
    this.#since = stage.now();
    this.#aside = new Aside(stage, () => {
      this.#isLost = true;
    });
  }

  begin(): Outcome | undefined {
    const { queue, next, tellsEnd, max } = this.#instruction;
    const entered = this.#stage.rooms.enqueue(queue, max);
    if (entered === 'full') return this.#over('full');
    if (entered === 'elsewhere') return this.#over('error');
    this.#queue = entered.queue;
    if (next && tellsEnd) {
      const tell = (apart: DequeueReason, joined: DequeueReason) => () => ({
        urls: [next],
        result: this.#result(this.#joined ? joined : apart),
      });
      this.#stage.ifEnded(tell('hangUp', 'bridged'));
      this.#stage.ifReplaced(tell('redirected', 'redirectedFromBridged'));
    }
    this.#aside.play(this.#loop());
    return undefined;
  }

  hear(event: Heard): Outcome | undefined {
    switch (event.type) {
      case 'ran':
        this.#aside.ran(event);
        return this.#isLost ? this.#over('error') : undefined;
      case 'queue.left':
        return this.#over(event.reason, event.waitedMs);
      case 'queue.taken':
        this.#taken = event;
        this.#aside.forget();
        return undefined;
      case 'queue.returned':
        this.#taken = undefined;
        this.#aside.play(this.#loop());
        return undefined;
      case 'queue.joined':
        this.#joined = true;
        return undefined;
      case 'bridge.left':
        return this.#joined && this.#isParted(event.call) ? this.#over('bridged') : undefined;
      default:
        return undefined;
    }
  }

  #isParted(call: string): boolean {
    return call === this.#stage.call.id || call === this.#taken?.by;
  }

  #loop(): Loop | undefined {
    const { wait, waitFrom } = this.#instruction;
    if (wait) return { purpose: 'wait', source: wait };
    if (waitFrom === 'none') return undefined;
    if (waitFrom === undefined) return { purpose: 'wait', source: music('wait') };
    return { purpose: 'wait', source: { from: waitFrom, result: () => this.#standing() } };
  }

  #standing(): Result {
    return this.#stage.rooms.standing() ?? { type: 'nothing' };
  }

  #result(reason: DequeueReason, waitedMs = this.#taken?.waitedMs ?? this.#stage.now() - this.#since): Result {
    const queue = this.#queue;
    return { type: 'dequeued', reason, waitedMs, ...(queue !== undefined && { queue }) };
  }

  #over(reason: DequeueReason, waitedMs?: number): Outcome {
    const { next } = this.#instruction;
    const result = this.#result(reason, waitedMs);
    return next ? { type: 'request', urls: [next], result } : { type: 'continue', result };
  }
}

export const enqueue = lasting<Enqueue>((input) => new Queuing(input));
