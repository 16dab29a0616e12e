import { type Timer, Timers } from './timers.ts';

/** Time as the engine sees it: what XState's timers need, the hour, and a way to wait for work done outside. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** @param call whose timer it is, and @param nth which of that call's: a journal names it so when it fires */
  setTimeout(callback: () => void, ms: number, call?: string, nth?: number): unknown;
  clearTimeout(timer: unknown): void;
  /**
   * Waits for work that no timer of this clock drives (a request on a socket, a file). `deliver` is called once.
   * Under a virtual clock this is a ticket: time stands still until the work has settled, and tickets of one instant
   * are delivered in the order they were taken.
   *
   * @param deadlineMs after how many milliseconds of this clock whoever asked gives up and makes the work settle
   */
  outside<T>(work: Promise<T>, deadlineMs: number, deliver: (settled: Settled<T>) => void): void;
}

export type Settled<T> = { value: T } | { error: unknown };

/** Told to wait longer, `setTimeout` fires at once. */
const longestTimer = 2 ** 31 - 1;

/**
 * Timers in real time. One of Node's waits for the first of ours: each of its own is dear, and nearly all of ours are
 * cleared.
 */
class RealTimers {
  readonly #timers = new Timers();
  #alarm: NodeJS.Timeout | undefined;
  /** When it rings. That may be too early, never too late. */
  #rings = Number.POSITIVE_INFINITY;
  /** What it was set with: a test may put another one in the place of Node's for a while, and what that sets is lost. */
  #setWith: typeof setTimeout | undefined;
  #firing = 0;

  set(callback: () => void, ms: number): Timer {
    const now = performance.now();
    const due = now + Math.max(ms || 0, 0);
    const timer = this.#timers.add(due, callback);
    if (this.#setWith !== setTimeout) this.#armAgain();
    else if (due < this.#rings) this.#arm(due, now);
    else if (this.#timers.waiting === 1) this.#alarm?.ref();
    return timer;
  }

  /** A process need not stay for timers that have been cleared. */
  clear(timer: Timer): void {
    this.#timers.clear(timer);
    if (this.#timers.waiting === 0) this.#alarm?.unref();
  }

  /** Node counts whole milliseconds from the last whole one: without one more it would ring too early. */
  #arm(due: number, now: number): void {
    clearTimeout(this.#alarm);
    this.#rings = due;
    const ms = Math.max(Math.trunc(due - now + 1.001), 1);
    this.#setWith = setTimeout;
    this.#alarm = setTimeout(this.#ring, Math.min(ms, longestTimer));
  }

  /** Each fires in a callback of its own: what one throws stops no other, and promises it settles are heard before. */
  readonly #ring = (): void => {
    this.#alarm = undefined;
    this.#rings = Number.NEGATIVE_INFINITY; // what is set meanwhile need not arm it
    this.#firing = Math.max(this.#timers.dueBy(performance.now()), 1);
    for (let others = this.#firing - 1; others > 0; others--) setImmediate(this.#fire);
    this.#fire();
  };

  readonly #fire = (): void => {
    try {
      const { next } = this.#timers;
      if (next !== undefined && next <= performance.now()) this.#timers.fire();
    } finally {
      if (--this.#firing === 0) this.#armAgain();
    }
  };

  #armAgain(): void {
    const { next } = this.#timers;
    if (next === undefined) this.#rings = Number.POSITIVE_INFINITY;
    else this.#arm(next, performance.now());
  }
}

const timers = new RealTimers();

export const realClock: Clock = {
  now: () => Date.now(),
  setTimeout: (callback, ms) => timers.set(callback, ms),
  clearTimeout: (timer) => {
    if (timer) timers.clear(timer as Timer);
  },
  outside: (work, _deadlineMs, deliver) => {
    work.then(
      (value) => deliver({ value }),
      (error) => deliver({ error }),
    );
  },
};

/** Rings once after each time it is set; setting it again forgets the time before. */
export class Alarm {
  readonly #clock: Pick<Clock, 'setTimeout' | 'clearTimeout'>;
  readonly #ring: () => void;
  #timer: unknown;

  constructor(clock: Pick<Clock, 'setTimeout' | 'clearTimeout'>, ring: () => void) {
    this.#clock = clock;
    this.#ring = ring;
  }

  set(ms: number): void {
    this.clear();
    this.#timer = this.#clock.setTimeout(() => {
      this.#timer = undefined;
      this.#ring();
    }, ms);
  }

  clear(): void {
    if (this.#timer !== undefined) this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

interface Ticket {
  deadline: number;
  /** Set once the work has settled. */
  deliver: (() => void) | undefined;
  /** The work has used up our patience: timers may fire while it goes on. */
  late: boolean;
}

export interface VirtualClockOptions {
  start?: number;
  /** How long (in real time) work outside may hold virtual time still before time may move to that work's own deadline. */
  patienceMs?: number;
}

/** How many timers fire before other work of the process gets its turn. */
const timersPerTurn = 2_000;

/** A clock that moves only when told, one timer at a time, and never while work outside is under way. */
export class VirtualClock implements Clock {
  #now: number;
  readonly #timers = new Timers();
  #tickets: Ticket[] = [];
  #settled: (() => void) | undefined;
  readonly #patienceMs: number;

  constructor(options: number | VirtualClockOptions = {}) {
    const { start = Date.UTC(2026, 0, 1), patienceMs = 5_000 } =
      typeof options === 'number' ? { start: options } : options;
    this.#now = start;
    this.#patienceMs = patienceMs;
  }

  now = (): number => this.#now;

  setTimeout = (callback: () => void, ms: number): Timer =>
    this.#timers.add(this.#now + Math.max(0, ms || 0), callback);

  clearTimeout = (timer: unknown): void => {
    if (timer) this.#timers.clear(timer as Timer);
  };

  outside = <T>(work: Promise<T>, deadlineMs: number, deliver: (settled: Settled<T>) => void): void => {
    const ticket: Ticket = { deadline: this.#now + deadlineMs, deliver: undefined, late: false };
    this.#tickets.push(ticket);
    const settle = (settled: Settled<T>) => {
      const delivery = () => deliver(settled);
      ticket.deliver = delivery;
      this.#settled?.();
    };
    work.then(
      (value) => settle({ value }),
      (error) => settle({ error }),
    );
  };

  /** How many timers are waiting: nothing of a call may be left once it has ended. */
  get pending(): number {
    return this.#timers.waiting + this.#tickets.length;
  }

  /** When the next timer is due; undefined when none waits. */
  get next(): number | undefined {
    return this.#timers.next;
  }

  /** Runs everything that is due until `until` (milliseconds since 1970), or until nothing is left to do. */
  async run(until: number = Number.POSITIVE_INFINITY): Promise<void> {
    for (let fired = 1; ; fired++) {
      if (fired % timersPerTurn === 0) await new Promise((done) => setImmediate(done));
      const limit = this.#tickets.length > 0 ? await this.#awaitTickets(until) : until;
      if (limit === undefined) continue;
      const { next } = this;
      if (next === undefined || next > limit) break;
      this.#now = next;
      this.#timers.fire();
    }
    if (Number.isFinite(until) && until > this.#now) this.#now = until;
  }

  /** Runs everything due in the next `ms`. */
  advance(ms: number): Promise<void> {
    return this.run(this.#now + ms);
  }

  /**
   * Waits for the tickets that are out and delivers them (and says nothing); when the work takes too long in real
   * time, says up to which instant timers may fire meanwhile.
   */
  async #awaitTickets(until: number): Promise<number | undefined> {
    const awaited = this.#tickets.filter((ticket) => !ticket.late);
    if (!(await this.#settle(() => awaited.every((ticket) => ticket.deliver), this.#patienceMs)))
      for (const ticket of awaited) ticket.late = !ticket.deliver;
    if (this.#deliver()) return undefined;
    const limit = Math.min(until, ...this.#tickets.map((ticket) => ticket.deadline));
    const { next } = this;
    if ((next !== undefined && next <= limit) || limit === until) return limit;
    await this.#settle(() => this.#tickets.some((ticket) => ticket.deliver));
    return undefined;
  }

  #deliver(): boolean {
    const ready = this.#tickets.filter((ticket) => ticket.deliver);
    if (ready.length > 0) this.#tickets = this.#tickets.filter((ticket) => !ticket.deliver);
    for (const ticket of ready) ticket.deliver?.();
    return ready.length > 0;
  }

  async #settle(enough: () => boolean, patience?: number): Promise<boolean> {
    if (enough()) return true;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const heard = () => {
      if (enough()) resolve(true);
    };
    this.#settled = heard;
    const timer = patience === undefined ? undefined : setTimeout(resolve, patience, false);
    const settled = await promise;
    clearTimeout(timer);
    this.#settled = undefined;
    return settled;
  }
}
