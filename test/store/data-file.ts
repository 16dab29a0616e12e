import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SqliteStoreOptions, sqliteStore } from '../../src/store/sqlite/sqlite-store.ts';
import type { Store } from '../../src/store/store.ts';

/** A folder for the data files of one test. */
export interface DataFolder extends Disposable {
  file(name?: string): string;
  /** Opened stores are closed with the folder, if not before. */
  open(options?: Partial<SqliteStoreOptions>): Store;
}

export function dataFolder(): DataFolder {
  const folder = mkdtempSync(join(tmpdir(), 'callflow-'));
  const stores: Store[] = [];
  const file = (name = 'callflow.db') => join(folder, name);
  return {
    file,
    open: (options) => {
      const store = sqliteStore({ file: file(), onFailure: unexpected, ...options });
      stores.push(store);
      return store;
    },
    [Symbol.dispose]: () => {
      for (const store of stores) store.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Seen by whoever commits. */
const unexpected = (error: Error) => {
  throw error;
};
