import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { type IdempotencyKey, idempotencyMs } from '../store.ts';

/** `taken`: up to which number what was written into slots is in the tables. */
type Mark = 'heartbeat' | 'lastSeq' | 'taken';

/** What is kept of no family: keys, settings, and a few numbers. */
export class Marks {
  readonly #keepKey: StatementSync;
  readonly #dropKeys: StatementSync;
  readonly #getKey: StatementSync;
  readonly #set: StatementSync;
  readonly #setting: StatementSync;
  readonly #mark: StatementSync;
  readonly #marked: StatementSync;

  constructor(database: DatabaseSync) {
    this.#keepKey = database.prepare(
      'INSERT OR REPLACE INTO idempotency_keys (project, key, hash, call, at) VALUES (?, ?, ?, ?, ?)',
    );
    this.#dropKeys = database.prepare('DELETE FROM idempotency_keys WHERE at < ?');
    this.#getKey = database.prepare('SELECT * FROM idempotency_keys WHERE project = ? AND key = ? AND at >= ?');
    this.#set = database.prepare('INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)');
    this.#setting = database.prepare('SELECT value FROM settings WHERE key = ?');
    this.#mark = database.prepare('INSERT OR REPLACE INTO marks (name, value) VALUES (?, ?)');
    this.#marked = database.prepare('SELECT value FROM marks WHERE name = ?');
  }

  keepKey({ project, key, hash, call, at }: IdempotencyKey): void {
    this.#keepKey.run(project, key, hash, call, at);
    this.#dropKeys.run(at - idempotencyMs);
  }

  key(project: string, key: string, at: number): IdempotencyKey | undefined {
    const row = this.#getKey.get(project, key, at - idempotencyMs);
    return row && ({ ...row } as unknown as IdempotencyKey);
  }

  set(key: string, value: string): void {
    this.#set.run(key, value);
  }

  setting(key: string): string | undefined {
    return this.#setting.get(key)?.value as string | undefined;
  }

  mark(name: Mark, value: number): void {
    this.#mark.run(name, value);
  }

  marked(name: Mark): number | undefined {
    return this.#marked.get(name)?.value as number | undefined;
  }
}
