import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { CallRecord } from '../../records/call.ts';
import { type CallQuery, openStates } from '../store.ts';
import { toSql } from './filter-sql.ts';
import { everyRecord, newestFirst, placeOf, recordOf, recordsOf } from './rows.ts';

const unended = `state IN (${openStates.map((state) => `'${state}'`).join(', ')})`;

export class Calls {
  readonly #database: DatabaseSync;
  readonly #keep: StatementSync;
  readonly #get: StatementSync;
  readonly #delete: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    // What an index is made of does not change in the life of a call, and is not written again.
    this.#keep = database.prepare(`
      INSERT INTO calls (id, project, family, create_time, "to", "from", direction, transport, state, body)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET "to" = excluded."to", "from" = excluded."from", direction = excluded.direction,
        transport = excluded.transport, state = excluded.state, body = excluded.body`);
    this.#get = database.prepare('SELECT body FROM calls WHERE id = ?');
    this.#delete = database.prepare('DELETE FROM calls WHERE id = ?');
  }

  keep(call: CallRecord): void {
    const { id, project, family, createTime, to, from, direction, transport, state } = call;
    this.#keep.run(id, project, family, createTime, to, from, direction, transport, state, JSON.stringify(call));
  }

  delete(id: string): void {
    this.#delete.run(id);
  }

  get(id: string): CallRecord | undefined {
    return recordOf(this.#get, id);
  }

  all(): Iterable<CallRecord> {
    return everyRecord(this.#database, 'calls');
  }

  unended(): Iterable<CallRecord> {
    return everyRecord(this.#database, 'calls', unended);
  }

  find({ project, filter, ...page }: CallQuery): CallRecord[] {
    const values: SQLInputValue[] = [project];
    const condition = filter ? toSql(filter, values) : 'TRUE';
    const statement = this.#database.prepare(
      `SELECT body FROM calls WHERE project = ? AND ${condition} ${newestFirst}`,
    );
    return recordsOf(statement, ...values, ...placeOf(page));
  }
}
