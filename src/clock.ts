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

export const realClock: Clock = {
  now: () => Date.now(),
  setTimeout: (callback, ms) => setTimeout(callback, Math.min(Math.max(ms, 0), longestTimer)),
  clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
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

interface Timer {
  due: number;
  order: number;
  callback: (() => void) | undefined;
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

/** So many cleared timers are not worth sweeping out. */
const fewTimers = 100;

/** How many timers fire before other work of the process gets its turn. */
const timersPerTurn = 2_000;

/** A clock that moves only when told, one timer at a time, and never while work outside is under way. */
export class VirtualClock implements Clock {
  #now: number;
  #order = 0;
  #timers: Timer[] = [];
  /** How many of them have been cleared. */
  #cleared = 0;
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

  setTimeout = (callback: () => void, ms: number): Timer => {
    const timer = { due: this.#now + Math.max(0, ms || 0), order: this.#order++, callback };
    push(this.#timers, timer);
    return timer;
  };

  clearTimeout = (timer: unknown): void => {
    if (!timer || !(timer as Timer).callback) return;
    (timer as Timer).callback = undefined;
    this.#cleared++;
    if (this.#cleared > fewTimers && this.#cleared * 2 > this.#timers.length) this.#sweep();
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
    return this.#timers.length - this.#cleared + this.#tickets.length;
  }

  /** When the next timer is due; undefined when none waits. */
  get next(): number | undefined {
    return this.#peek()?.due;
  }

  /** Runs everything that is due until `until` (milliseconds since 1970), or until nothing is left to do. */
  async run(until: number = Number.POSITIVE_INFINITY): Promise<void> {
    for (let fired = 1; ; fired++) {
      if (fired % timersPerTurn === 0) await new Promise((done) => setImmediate(done));
      const limit = this.#tickets.length > 0 ? await this.#awaitTickets(until) : until;
      if (limit === undefined) continue;
      const timer = this.#peek();
      if (!timer || timer.due > limit) break;
      pop(this.#timers);
      this.#now = timer.due;
      const { callback } = timer;
      timer.callback = undefined;
      callback?.();
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
    const next = this.#peek();
    if ((next && next.due <= limit) || limit === until) return limit;
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

  #peek(): Timer | undefined {
    for (let first = this.#timers[0]; first; first = this.#timers[0]) {
      if (first.callback) return first;
      pop(this.#timers);
      this.#cleared--;
    }
    return undefined;
  }

  /** A call that has ended leaves limits of hours behind: they need not stay until they would have been due. */
  #sweep(): void {
    this.#timers = this.#timers.filter((timer) => timer.callback).sort((a, b) => (before(a, b) ? -1 : 1));
    this.#cleared = 0;
  }
}

const before = (a: Timer, b: Timer) => a.due < b.due || (a.due === b.due && a.order < b.order);

/** A binary heap: many flows hold few timers, a load test holds many. */
function push(heap: Timer[], timer: Timer): void {
  let at = heap.push(timer) - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!before(timer, heap[parent]!)) break;
    heap[at] = heap[parent]!;
    at = parent;
  }
  heap[at] = timer;
}

function pop(heap: Timer[]): void {
  const last = heap.pop()!;
  if (heap.length === 0) return;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++;
    if (!before(heap[child]!, last)) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = last;
}
