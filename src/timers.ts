/** A timer that has been set. It loses its callback when it fires or is cleared. */
export interface Timer {
  readonly due: number;
  readonly order: number;
  callback: (() => void) | undefined;
}

/** So many cleared timers are not worth sweeping out. */
const fewTimers = 100;

/**
 * Timers by when they are due, those of one instant as they were set. They are in a binary heap: many flows hold few, a
 * server holds many. Nearly all are cleared; one that is stays in its place until it comes up, or is swept out.
 */
export class Timers {
  #heap: Timer[] = [];
  #order = 0;
  #waiting = 0;

  /** How many are set that have neither fired nor been cleared. */
  get waiting(): number {
    return this.#waiting;
  }

  /** When the first is due; undefined when none waits. */
  get next(): number | undefined {
    for (let first = this.#heap[0]; first; first = this.#heap[0]) {
      if (first.callback) return first.due;
      pop(this.#heap);
    }
    return undefined;
  }

  add(due: number, callback: () => void): Timer {
    const timer = { due, order: this.#order++, callback };
    push(this.#heap, timer);
    this.#waiting++;
    return timer;
  }

  clear(timer: Timer): void {
    if (!timer.callback) return;
    timer.callback = undefined;
    this.#waiting--;
    const cleared = this.#heap.length - this.#waiting;
    if (cleared > fewTimers && cleared > this.#waiting) this.#sweep();
  }

  /** Fires the first. */
  fire(): void {
    if (this.next === undefined) return;
    const timer = this.#heap[0]!;
    const { callback } = timer;
    pop(this.#heap);
    timer.callback = undefined;
    this.#waiting--;
    callback?.();
  }

  /** How many are due by then, cleared ones among them. */
  dueBy(instant: number, at = 0): number {
    const timer = this.#heap[at];
    if (!timer || timer.due > instant) return 0;
    return 1 + this.dueBy(instant, 2 * at + 1) + this.dueBy(instant, 2 * at + 2);
  }

  /** A call that has ended leaves limits of hours behind: they need not stay until they would have been due. */
  #sweep(): void {
    const heap = this.#heap.filter(({ callback }) => callback);
    for (let at = (heap.length >> 1) - 1; at >= 0; at--) sink(heap, at, heap[at]!);
    this.#heap = heap;
  }
}

const before = (a: Timer, b: Timer) => a.due < b.due || (a.due === b.due && a.order < b.order);

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
  if (heap.length > 0) sink(heap, 0, last);
}

/** Puts a timer at a place below which there are others, or below those that come before it. */
function sink(heap: Timer[], place: number, timer: Timer): void {
  let at = place;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++;
    if (!before(heap[child]!, timer)) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = timer;
}
