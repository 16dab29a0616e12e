import type { Instant } from '../../records/call.ts';
import { type IdempotencyKey, idempotencyMs } from '../store.ts';

/** The keys of the last day. */
export class Keys {
  /** The oldest first. */
  readonly #all = new Map<string, IdempotencyKey>();

  keep(key: IdempotencyKey): void {
    const place = `${key.project}\0${key.key}`;
    this.#all.delete(place);
    this.#all.set(place, key);
    for (const [old, { at }] of this.#all) {
      if (at >= key.at - idempotencyMs) break;
      this.#all.delete(old);
    }
  }

  get(project: string, key: string, at: Instant): IdempotencyKey | undefined {
    const found = this.#all.get(`${project}\0${key}`);
    return found && found.at >= at - idempotencyMs ? found : undefined;
  }
}
