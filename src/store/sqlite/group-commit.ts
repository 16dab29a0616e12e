import { type Clock, realClock } from '../../clock.ts';
import type { Batch } from '../store.ts';

export interface GroupCommitOptions {
  clock: Pick<Clock, 'setTimeout' | 'clearTimeout' | 'outside'>;
  /** Keeps all of them in one transaction, or throws and keeps none. */
  write(batches: readonly Batch[]): void;
  /** Hears of each time in which that has failed. */
  failed(error: unknown): void;
  /** From the beginning of a commit to that of the next one, in real time: what comes meanwhile is committed together. */
  pauseMs: number;
  /** The disk's time, whatever `clock` says. */
  real?: Pick<Clock, 'now' | 'setTimeout' | 'clearTimeout'>;
}

interface Commit {
  take(): Batch;
  committed(): void;
}

const firstDelayMs = 10;
const longestDelayMs = 2_000;

/** So many need not wait for others. */
const many = 16;

/**
 * Collects what is to be committed. The first batch after a pause is written at once; what comes in the few
 * milliseconds after that is written together when they are over, or at the end of a turn of the event loop in which
 * there is enough of it: what a commit costs is waking up the disk, whatever it holds.
 */
export class GroupCommit {
  readonly #options: GroupCommitOptions;
  readonly #real: NonNullable<GroupCommitOptions['real']>;
  /** Not taken yet. */
  #waiting: Commit[] = [];
  /** Taken, and not yet written: tried again until they are. */
  #taken: { batch: Batch; committed(): void }[] = [];
  #isWriting = false;
  /** When the pause after the last commit is over, in real time. */
  #pauseEnd = 0;
  /** Ends it at once. */
  #endPause = () => {};
  #failures = 0;
  #retry: unknown;
  #closed = false;

  constructor(options: GroupCommitOptions) {
    this.#options = options;
    this.#real = options.real ?? realClock;
  }

  get ready(): boolean {
    return this.#failures === 0;
  }

  commit(take: () => Batch, committed: () => void): void {
    if (this.#closed) return;
    this.#waiting.push({ take, committed });
    if (!this.ready) return;
    if (this.#waiting.length === 1) this.#begin();
    else if (this.#waiting.length === many) setImmediate(this.#endPause);
  }

  close(): void {
    // Whoever hears of his batch may commit another one.
    while (this.#waiting.length + this.#taken.length > 0) {
      this.#write();
      if (!this.ready) break;
    }
    this.#closed = true;
    this.#waiting = [];
    this.#endPause();
    this.#options.clock.clearTimeout(this.#retry);
  }

  #begin(): void {
    const left = Math.min(this.#pauseEnd - this.#real.now(), this.#options.pauseMs);
    if (left <= 0 && !this.#isWriting) this.#write();
    else this.#pause(left);
  }

  /** Work outside, so that virtual time does not run ahead of what is committed. */
  #pause(ms: number): void {
    const { promise: over, resolve } = Promise.withResolvers<void>();
    if (ms > 0) {
      const timer = this.#real.setTimeout(resolve, ms);
      this.#endPause = () => {
        this.#real.clearTimeout(timer);
        resolve();
      };
    } else {
      this.#endPause = resolve;
      setImmediate(resolve);
    }
    this.#options.clock.outside(over, longestDelayMs, () => {
      if (this.#waiting.length > 0) this.#write();
    });
  }

  #write(): void {
    this.#isWriting = true;
    this.#pauseEnd = this.#real.now() + this.#options.pauseMs;
    this.#options.clock.clearTimeout(this.#retry);
    for (const { take, committed } of this.#waiting.splice(0)) this.#taken.push({ batch: take(), committed });
    try {
      this.#options.write(this.#taken.map(({ batch }) => batch));
      this.#failures = 0;
      for (const { committed } of this.#taken.splice(0)) this.#apart(committed);
    } catch (error) {
      this.#tryAgain(error);
    }
    this.#isWriting = false;
  }

  #tryAgain(error: unknown): void {
    const delay = Math.min(firstDelayMs * 2 ** this.#failures, longestDelayMs);
    this.#failures++;
    this.#retry = this.#options.clock.setTimeout(() => this.#write(), delay);
    this.#options.failed(error);
  }

  /** If one throws, the others hear of it all the same. */
  #apart(committed: () => void): void {
    try {
      committed();
    } catch (error) {
      this.#options.clock.setTimeout(() => {
        throw error;
      }, 0);
    }
  }
}
