import type { Changed } from '../../../src/records/changed.ts';
import type { Api } from './api.ts';

/** Puts records into the store as if they had come into being. */
export function put(api: Pick<Api, 'store'>, ...changes: readonly Changed[]): void {
  api.store.commit(
    () => ({ entries: [], changes, deliveries: [] }),
    () => {},
  );
}
