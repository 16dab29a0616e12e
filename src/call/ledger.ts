import type { Clock } from '../clock.ts';
import { seenUrl } from '../http/seen-url.ts';
import type { Input, JournalEntry, Output } from '../journal/journal.ts';
import type { Changed } from '../records/changed.ts';
import type { Batch, Delivery, IdempotencyKey, Store } from '../store/store.ts';
import { apart } from './apart.ts';

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
  #seq: number;
  #depth = 0;
  #at = 0;
  #entries: JournalEntry[] = [];
  #changes: Changed[] = [];
  #deliveries: Delivery[] = [];
  #keys: IdempotencyKey[] = [];
  #effects: (() => void)[] = [];
  readonly #mail: (() => void)[] = [];
  /** What follows from batches that are committed. */
  readonly #due: (() => void)[] = [];
  #following = false;

  constructor(options: LedgerOptions) {
    this.#options = options;
    this.#seq = options.store.lastSeq() + 1;
  }

  /** Within a turn time stands still: what comes of an input happens when the input does. */
  now(): number {
    return this.#depth > 0 ? this.#at : this.#options.clock.now();
  }

  /** Runs one input and all that follows from it; the outermost turn delivers the mail and commits. */
  turn(act: () => void): void {
    if (this.#depth === 0) this.#at = this.#options.clock.now();
    this.#depth++;
    try {
      act();
    } finally {
      if (this.#depth === 1) for (let mail = this.#mail.shift(); mail; mail = this.#mail.shift()) this.#apart(mail);
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

  /** Under this key a call has been asked for. */
  know(key: IdempotencyKey): void {
    this.#keys.push(key);
  }

  /** Something that leaves the process, once its cause is committed. */
  after(effect: () => void): void {
    this.#effects.push(effect);
  }

  #write(entry: JournalEntry): void {
    this.#entries.push(entry);
    const { output } = entry;
    if (!output || output.type === 'commanded') return;
    for (const delivery of this.#owedBy(entry)) {
      this.#deliveries.push(delivery);
      const { id, event, urls, body } = delivery;
      this.output(entry.subject, entry.family, {
        type: 'callback.owed',
        delivery: id,
        event,
        url: seenUrl(urls[0] ?? ''),
        body,
      });
    }
  }

  /** A callback that cannot be spelled is told in the journal; the call goes on. */
  #owedBy(entry: JournalEntry): readonly Delivery[] {
    try {
      return this.#options.owedBy(entry);
    } catch (error) {
      const message = `a callback could not be made: ${String(error)}`;
      this.output(entry.subject, entry.family, { type: 'problem', code: 'CALL_INTERNAL', message });
      return [];
    }
  }

  #flush(): void {
    if (this.#entries.length + this.#effects.length + this.#changes.length + this.#deliveries.length === 0) return;
    let batch: Batch;
    let effects: (() => void)[];
    this.#options.store.commit(
      () => {
        batch = { entries: this.#entries, changes: this.#changes, deliveries: this.#deliveries, keys: this.#keys };
        effects = this.#effects;
        this.#entries = [];
        this.#changes = [];
        this.#deliveries = [];
        this.#effects = [];
        this.#keys = [];
        return batch;
      },
      () => {
        this.#due.push(() => this.#options.committed(batch), ...effects);
        this.#follow();
      },
    );
  }

  /** Whoever hears of a batch may begin a turn: what follows from that one comes after all that follows from this one. */
  #follow(): void {
    if (this.#following) return;
    this.#following = true;
    for (let one = this.#due.shift(); one; one = this.#due.shift()) this.#apart(one);
    this.#following = false;
  }

  #apart(act: () => void): void {
    apart(this.#options.clock, act, undefined);
  }
}
