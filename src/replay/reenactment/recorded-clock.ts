import type { Clock, Settled } from '../../clock.ts';

interface Timer {
  due: number;
  order: number;
  callback: () => void;
}

/** Time as a journal tells it: the timers of a call fire when the journal says so, any others when they are due. */
export class RecordedClock implements Clock {
  #now: number;
  #order = 0;
  readonly #own = new Map<string, Timer>();
  readonly #others = new Set<Timer>();

  constructor(begin: number) {
    this.#now = begin;
  }

  now = (): number => this.#now;

  setTimeout = (callback: () => void, ms: number, call?: string, nth?: number): object => {
    const timer = { due: this.#now + Math.max(0, ms || 0), order: this.#order++, callback };
    if (call === undefined || nth === undefined) this.#others.add(timer);
    else this.#own.set(`${call} ${nth}`, timer);
    return timer;
  };

  clearTimeout = (timer: unknown): void => {
    this.#others.delete(timer as Timer);
  };

  /** Nothing outside has any part in it. */
  outside<T>(_work: Promise<T>, _deadlineMs: number, _deliver: (settled: Settled<T>) => void): void {
    throw new Error('work outside while a journal is reenacted');
  }

  /** Time moves on to `at`; what is due until then, and is no call's, fires. */
  moveTo(at: number): void {
    for (let next = this.#next(at); next; next = this.#next(at)) {
      this.#others.delete(next);
      this.#now = Math.max(this.#now, next.due);
      next.callback();
    }
    this.#now = Math.max(this.#now, at);
  }

  /** The timer of a call fires; false when it has none of this number. */
  fire(call: string, nth: number): boolean {
    const timer = this.#own.get(`${call} ${nth}`);
    this.#own.delete(`${call} ${nth}`);
    timer?.callback();
    return timer !== undefined;
  }

  #next(at: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#others)
      if (
        timer.due <= at &&
        (!first || timer.due < first.due || (timer.due === first.due && timer.order < first.order))
      )
        first = timer;
    return first;
  }
}
