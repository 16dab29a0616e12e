import type { Clock } from '../clock.ts';
import type { Input, JournalEntry, Output } from '../journal.ts';
import type { Changed } from '../records.ts';
import type { Batch, Delivery, Store } from '../store/store.ts';

export interface LedgerOptions {
  clock: Clock;
  store: Store;
  /** The callbacks that an entry makes us owe. */
  owedBy(entry: JournalEntry): readonly Delivery[];
  /** Hears of everything once it is committed. */
  committed(batch: Batch): void;
}

/**
 * Where facts are written before anything follows from them outside. A turn is one input and everything that comes
 * of it inside; it is committed as one, and what leaves the process (a request, a placed call) waits for that.
 */
export class Ledger {
  readonly #options: LedgerOptions;
  #seq = 0;
  #depth = 0;
  #entries: JournalEntry[] = [];
  #changes: Changed[] = [];
  #deliveries: Delivery[] = [];
  #effects: (() => void)[] = [];
  readonly #mail: (() => void)[] = [];

  constructor(options: LedgerOptions) {
    this.#options = options;
  }

  now(): number {
    return this.#options.clock.now();
  }

  /** Runs one input and all that follows from it; the outermost turn delivers the mail and commits. */
  turn(act: () => void): void {
    this.#depth++;
    try {
      act();
      if (this.#depth === 1) for (let mail = this.#mail.shift(); mail; mail = this.#mail.shift()) mail();
    } finally {
      this.#depth--;
      if (this.#depth === 0) this.#flush();
    }
  }

  /** What one call says to another: delivered in this turn, once whoever speaks has done what it is doing. */
  post(mail: () => void): void {
    this.#mail.push(mail);
  }

  input(subject: string, family: string, input: Input): void {
    this.#write({ seq: this.#seq++, at: this.now(), subject, family, input });
  }

  output(subject: string, family: string, output: Output): void {
    this.#write({ seq: this.#seq++, at: this.now(), subject, family, output });
  }

  change(changed: Changed): void {
    this.#changes.push(changed);
  }

  /** How a delivery is now. */
  keep(delivery: Delivery): void {
    this.#deliveries.push(delivery);
  }

  /** Something that leaves the process, once its cause is committed. */
  after(effect: () => void): void {
    this.#effects.push(effect);
  }

  #write(entry: JournalEntry): void {
    this.#entries.push(entry);
    const { output } = entry;
    if (!output || output.type === 'commanded') return;
    for (const delivery of this.#options.owedBy(entry)) {
      this.#deliveries.push(delivery);
      const { id, event, urls, body } = delivery;
      this.output(entry.subject, entry.family, {
        type: 'callback.owed',
        delivery: id,
        event,
        url: urls[0] ?? '',
        body,
      });
    }
  }

  #flush(): void {
    if (this.#entries.length + this.#effects.length + this.#changes.length + this.#deliveries.length === 0) return;
    let batch: Batch;
    let effects: (() => void)[];
    this.#options.store.commit(
      () => {
        batch = { entries: this.#entries, changes: this.#changes, deliveries: this.#deliveries };
        effects = this.#effects;
        this.#entries = [];
        this.#changes = [];
        this.#deliveries = [];
        this.#effects = [];
        return batch;
      },
      () => {
        this.#options.committed(batch);
        for (const effect of effects) effect();
      },
    );
  }
}
