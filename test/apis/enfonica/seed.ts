import type { Changed, ResourceRecord } from '../../../src/records.ts';
import type { Api } from './api.ts';

/** Puts records into the store as if they had come into being. */
export function put(api: Pick<Api, 'store'>, ...changes: readonly Changed[]): void {
  api.store.commit(
    () => ({ entries: [], changes, deliveries: [] }),
    () => {},
  );
}

export const putResources = (api: Pick<Api, 'store'>, ...records: readonly ResourceRecord[]): void =>
  put(api, ...records.map((record) => ({ type: 'resource', record }) as const));
