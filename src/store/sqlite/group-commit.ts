import type { Clock } from '../../clock.ts';
import type { Batch } from '../store.ts';

export interface GroupCommitOptions {
  clock: Pick<Clock, 'setTimeout' | 'clearTimeout' | 'outside'>;
  /** Keeps all of them in one transaction, or throws and keeps none. */
  write(batches: readonly Batch[]): void;
  /** Hears of each time in which that has failed. */
  failed(error: unknown): void;
}

interface Commit {
  take(): Batch;
  committed(): void;
}

const firstDelayMs = 10;
const longestDelayMs = 2_000;

/**
 * Collects what is to be committed. The first batch after a pause is written at once; what comes while the process is
 * still in the same turn of its event loop, and then in each following one, is written together at the turn's end.
 */
export class GroupCommit {
  readonly #options: GroupCommitOptions;
  /** Not taken yet. */
  #waiting: Commit[] = [];
  /** Taken, and not yet written: tried again until they are. */
  #taken: { batch: Batch; committed(): void }[] = [];
  #collecting = false;
  #failures = 0;
  #retry: unknown;
  #closed = false;

  constructor(options: GroupCommitOptions) {
    this.#options = options;
  }

  get ready(): boolean {
    return this.#failures === 0;
  }

  commit(take: () => Batch, committed: () => void): void {
    if (this.#closed) return;
    this.#waiting.push({ take, committed });
    if (!this.#collecting) this.#write();
  }

  close(): void {
    if (this.#waiting.length + this.#taken.length > 0) this.#write();
    this.#closed = true;
    this.#options.clock.clearTimeout(this.#retry);
  }

  #write(): void {
    this.#collecting = true;
    this.#options.clock.clearTimeout(this.#retry);
    for (const { take, committed } of this.#waiting.splice(0)) this.#taken.push({ batch: take(), committed });
    try {
      this.#options.write(this.#taken.map(({ batch }) => batch));
    } catch (error) {
      this.#tryAgain(error);
      return;
    }
    this.#failures = 0;
    this.#collect();
    for (const { committed } of this.#taken.splice(0)) this.#apart(committed);
  }

  /** Work outside, so that virtual time does not run ahead of what is committed. */
  #collect(): void {
    const { promise: turnEnd, resolve } = Promise.withResolvers<void>();
    setImmediate(resolve);
    this.#options.clock.outside(turnEnd, longestDelayMs, () => {
      if (this.#waiting.length > 0) this.#write();
      else this.#collecting = false;
    });
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
