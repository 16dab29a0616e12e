import type { Clock } from '../../clock.ts';
import type { Engine } from '../../engine/engine.ts';
import type { JournalEntry } from '../../journal/journal.ts';
import type { Store } from '../../store/store.ts';
import { Progress } from './progress.ts';

type Listener = (entry: JournalEntry) => void;

/** What happens in families, for whoever follows one of them. */
export class Families {
  readonly #clock: Clock;
  readonly #store: Store;
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #farewells = new Set<() => void>();
  readonly #stop: () => void;

  constructor({ clock, engine, store }: { clock: Clock; engine: Engine; store: Store }) {
    this.#clock = clock;
    this.#store = store;
    this.#stop = engine.onEntry((entry) => {
      for (const listener of this.#listeners.get(entry.family) ?? []) listener(entry);
    });
  }

  /** Gives everything that has happened, then what happens; the value given back ends that. */
  follow(family: string, listener: Listener): () => void {
    let last = -1;
    const inOrder: Listener = (entry) => {
      if (entry.seq <= last) return;
      last = entry.seq;
      listener(entry);
    };
    for (const entry of this.#store.journal(family)) inOrder(entry);
    const listeners = this.#listeners.get(family) ?? new Set();
    this.#listeners.set(family, listeners.add(inOrder));
    return () => {
      listeners.delete(inOrder);
      if (listeners.size === 0) this.#listeners.delete(family);
    };
  }

  /** Does this once the family has come so far, at once if it has; the value given back takes it back. */
  when(family: string, isSo: (progress: Progress) => boolean, act: () => void): () => void {
    const progress = new Progress();
    let isFollowed = true;
    const stop = () => {
      isFollowed = false;
      leave();
    };
    const look = () => {
      if (!isFollowed || !isSo(progress)) return;
      stop();
      act();
    };
    const leave = this.follow(family, (entry) => {
      progress.take(entry);
      // Looked at when the whole batch has been heard: a call ends before what it makes us owe.
      queueMicrotask(look);
    });
    return stop;
  }

  /** Resolves once nothing of the family goes on, or after so many milliseconds. */
  untilOver(family: string, ms: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        stop();
        farewell();
        this.#clock.clearTimeout(timer);
        resolve();
      };
      const timer = this.#clock.setTimeout(end, ms);
      const farewell = this.onClose(end);
      const stop = this.when(family, ({ isOver }) => isOver, end);
    });
  }

  /** Does this when the server closes; the value given back takes it back. */
  onClose(farewell: () => void): () => void {
    this.#farewells.add(farewell);
    return () => this.#farewells.delete(farewell);
  }

  close(): void {
    this.#stop();
    for (const farewell of this.#farewells) farewell();
  }
}
