import type { Clock } from '../../clock.ts';

/** `setTimeout` fires at once when told to wait longer. */
const longestTimer = 2 ** 31 - 1;

/** How many deliveries are made before other timers of the same instant get their turn. */
const deliveriesPerTurn = 1_000;

interface Delivery {
  listener: (event: never) => void;
  event: unknown;
}

/** Delivers what is told in its order, and never from within whatever told it: at the end of a timer, or in one of its own. */
export class Post {
  readonly #clock: Clock;
  #queue: Delivery[] = [];
  #next = 0;
  #timer: unknown;
  /** A timer of ours is running and will deliver when it is done. */
  #awake = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now();
  }

  tell<Event>(listener: (event: Event) => void, event: Event): void {
    this.#queue.push({ listener, event });
    this.#wake();
  }

  later(ms: number, act: () => void): unknown {
    return this.#clock.setTimeout(() => this.#run(act), Math.min(ms, longestTimer));
  }

  cancel(timer: unknown): void {
    if (timer !== undefined) this.#clock.clearTimeout(timer);
  }

  #wake(): void {
    if (this.#awake || this.#timer !== undefined) return;
    this.#timer = this.#clock.setTimeout(() => {
      this.#timer = undefined;
      this.#run(undefined);
    }, 0);
  }

  #run(act: (() => void) | undefined): void {
    this.#awake = true;
    try {
      act?.();
      this.#deliver();
    } finally {
      this.#awake = false;
      if (this.#queue.length > 0) this.#wake();
    }
  }

  #deliver(): void {
    if (this.#timer !== undefined) this.cancel(this.#timer);
    this.#timer = undefined;
    try {
      for (let made = 0; made < deliveriesPerTurn && this.#next < this.#queue.length; made++) {
        const { listener, event } = this.#queue[this.#next++]!;
        listener(event as never);
      }
    } finally {
      if (this.#next > 0) this.#queue = this.#next < this.#queue.length ? this.#queue.slice(this.#next) : [];
      this.#next = 0;
    }
  }
}
