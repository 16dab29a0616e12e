/** What is set up for projects, changed by one request at a time and answered once it can no longer be lost. */
import { CallflowError } from '../errors.ts';
import type { Changed } from '../records/changed.ts';
import type { ResourceRecord } from '../records/resource.ts';
import type { Store } from '../store/store.ts';

export class Setup {
  readonly #store: Store;
  #last: Promise<unknown> = Promise.resolve();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Decides on what is committed, and commits what was decided before anything else is decided. */
  async change<T>(decide: () => { changes: readonly Changed[]; answer: T }): Promise<T> {
    ready(this.#store); // else it would wait for whatever cannot be kept
    const done = this.#last.then(() => this.#commit(decide));
    this.#last = done.catch(() => {});
    return done;
  }

  /** Keeps one resource. */
  keep(decide: () => ResourceRecord): Promise<ResourceRecord> {
    return this.change(() => {
      const record = decide();
      return { changes: [{ type: 'resource', record }], answer: record };
    });
  }

  #commit<T>(decide: () => { changes: readonly Changed[]; answer: T }): Promise<T> {
    ready(this.#store);
    const { changes, answer } = decide();
    const { promise, resolve } = Promise.withResolvers<T>();
    this.#store.commit(
      () => ({ entries: [], changes, deliveries: [] }),
      () => resolve(answer),
    );
    return promise;
  }
}

const setups = new WeakMap<Store, Setup>();

/** The one of a store: what two APIs set up of the same things is decided in one order. */
export function setupOf(store: Store): Setup {
  const known = setups.get(store) ?? new Setup(store);
  setups.set(store, known);
  return known;
}

/** Nothing is begun that could not be kept. */
export function ready(store: Store): void {
  if (!store.ready) throw new CallflowError('STORE_FAILED', 'nothing can be kept at the moment: try again later');
}
