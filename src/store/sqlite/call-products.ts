import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { CallProductQuery } from '../store.ts';
import { everyRecord, newestFirst, placeOf, recordOf, recordsOf } from './rows.ts';

interface CallProduct {
  id: string;
  project: string;
  /** Absent: it is its own family. */
  call?: string;
  createTime: number;
  state?: string;
}

/** One of the tables of what calls leave behind. */
export class CallProducts<R extends CallProduct> {
  readonly #database: DatabaseSync;
  readonly #table: string;
  readonly #keep: StatementSync;
  readonly #touch: StatementSync;
  readonly #delete: StatementSync;
  readonly #get: StatementSync;
  readonly #findInProject: StatementSync;
  readonly #findOfCall: StatementSync;

  constructor(database: DatabaseSync, table: 'recordings' | 'transcriptions' | 'faxes' | 'messages') {
    const family = 'coalesce((SELECT family FROM calls WHERE id = :call), :call)';
    this.#database = database;
    this.#table = table;
    this.#keep = database.prepare(`
      INSERT INTO ${table} (id, project, family, call, state, create_time, body)
      VALUES (:id, :project, ${family}, :call, :state, :createTime, :body)
      ON CONFLICT (id) DO UPDATE SET state = excluded.state, body = excluded.body`);
    this.#touch = database.prepare(`
      INSERT INTO families (id, at) VALUES (${family}, :at)
      ON CONFLICT (id) DO UPDATE SET at = excluded.at WHERE excluded.at > at`);
    this.#delete = database.prepare(`DELETE FROM ${table} WHERE id = ?`);
    this.#get = database.prepare(`SELECT body FROM ${table} WHERE id = ?`);
    this.#findInProject = database.prepare(`SELECT body FROM ${table} WHERE project = ? ${newestFirst}`);
    this.#findOfCall = database.prepare(
      `SELECT body FROM ${table} INDEXED BY ${table}_of_call WHERE project = ? AND call = ? ${newestFirst}`,
    );
  }

  keep(record: R, deleted: boolean): void {
    const { id, project, call = id, createTime, state } = record;
    if (deleted) {
      this.#delete.run(id);
      return;
    }
    this.#keep.run({ id, project, call, createTime, state: state ?? null, body: JSON.stringify(record) });
    this.#touch.run({ call, at: createTime });
  }

  get(id: string): R | undefined {
    return recordOf(this.#get, id);
  }

  all(state?: NonNullable<R['state']>): Iterable<R> {
    return everyRecord(this.#database, this.#table, state && `state = '${state}'`);
  }

  find({ project, call, ...page }: CallProductQuery): R[] {
    if (call === undefined) return recordsOf(this.#findInProject, project, ...placeOf(page));
    return recordsOf(this.#findOfCall, project, call, ...placeOf(page));
  }
}
