import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { ResourceRecord } from '../../records/resource.ts';
import type { ResourceQuery } from '../store.ts';
import { beginsWith, newestFirst, placeOf, recordOf, recordsOf } from './rows.ts';

export class ResourceTable {
  readonly #database: DatabaseSync;
  readonly #keep: StatementSync;
  readonly #delete: StatementSync;
  readonly #get: StatementSync;
  readonly #named: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#keep = database.prepare(`
      INSERT OR REPLACE INTO resources (kind, project, id, parent, name, create_time, delete_time, body)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
    this.#delete = database.prepare('DELETE FROM resources WHERE kind = ? AND project = ? AND id = ?');
    this.#get = database.prepare('SELECT body FROM resources WHERE kind = ? AND project = ? AND id = ?');
    // SQLite would rather read all of the kind.
    this.#named = database.prepare(
      'SELECT body FROM resources INDEXED BY resources_named WHERE kind = ? AND name = ? AND delete_time IS NULL',
    );
  }

  keep(record: ResourceRecord, deleted: boolean): void {
    const { kind, project, id, parent = null, name = null, createTime, deleteTime = null } = record;
    if (deleted) this.#delete.run(kind, project, id);
    else this.#keep.run(kind, project, id, parent, name, createTime, deleteTime, JSON.stringify(record));
  }

  get(kind: string, project: string, id: string): ResourceRecord | undefined {
    return recordOf(this.#get, kind, project, id);
  }

  named(kind: string, name: string): ResourceRecord | undefined {
    return recordOf(this.#named, kind, name);
  }

  find({ kind, project, parent, prefix, deleted, ...page }: ResourceQuery): ResourceRecord[] {
    const conditions = ['kind = ?', 'project = ?'];
    const values: SQLInputValue[] = [kind, project];
    if (!deleted) conditions.push('delete_time IS NULL');
    if (parent !== undefined) {
      conditions.push('parent = ?');
      values.push(parent);
    }
    if (prefix !== undefined) {
      conditions.push(beginsWith('name'));
      values.push(prefix, prefix);
    }
    const where = conditions.join(' AND ');
    const statement = this.#database.prepare(`SELECT body FROM resources WHERE ${where} ${newestFirst}`);
    return recordsOf(statement, ...values, ...placeOf(page));
  }
}
