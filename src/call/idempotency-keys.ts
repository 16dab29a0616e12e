import { CallflowError } from '../errors.ts';
import { type IdempotencyKey, idempotencyMs, type Store } from '../store/store.ts';
import type { Ledger } from './ledger.ts';

/** A call that is asked for twice under one key is made once. */
export class IdempotencyKeys {
  readonly #store: Store;
  readonly #ledger: Ledger;
  /** Those that are not committed yet. */
  readonly #pending = new Map<string, IdempotencyKey>();

  constructor(store: Store, ledger: Ledger) {
    this.#store = store;
    this.#ledger = ledger;
  }

  once(project: string, idempotency: { key: string; hash: string } | undefined, make: () => string): string {
    if (!idempotency) return make();
    const { key, hash } = idempotency;
    const name = JSON.stringify([project, key]);
    const at = this.#ledger.now();
    const known = this.#pending.get(name) ?? this.#store.idempotencyKey(project, key, at);
    if (known && known.hash !== hash)
      throw new CallflowError(
        'IDEMPOTENCY_CONFLICT',
        `the key ${JSON.stringify(key)} was used within ${idempotencyMs / 3_600_000} hours to ask for another call`,
      );
    if (known) return known.call;
    const made: IdempotencyKey = { project, key, hash, call: make(), at };
    this.#pending.set(name, made);
    this.#ledger.know(made);
    this.#ledger.after(() => this.#pending.delete(name));
    return made.call;
  }
}
