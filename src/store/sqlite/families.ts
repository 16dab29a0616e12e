import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Forgotten } from '../store.ts';

const productTables = ['recordings', 'transcriptions', 'faxes', 'messages'] as const;
const tables = ['journal', 'calls', 'conferences', 'participants', ...productTables, 'deliveries'] as const;

/** Something is still going on in the family `families.id`. */
const goingOn = [
  `EXISTS (SELECT 1 FROM calls WHERE family = families.id AND state IN ('queued', 'starting', 'ringing', 'inProgress'))`,
  `EXISTS (SELECT 1 FROM conferences WHERE family = families.id AND state <> 'completed')`,
  `EXISTS (SELECT 1 FROM deliveries WHERE family = families.id AND state = 'owed')`,
  ...productTables.map((table) => `EXISTS (SELECT 1 FROM ${table} WHERE family = families.id AND state = 'pending')`),
].join(' OR ');

/** When something happened last in each family, and what becomes of it after that. */
export class Families {
  readonly #touch: StatementSync;
  readonly #silent: StatementSync;
  readonly #ended: StatementSync;
  readonly #familyOf: StatementSync;
  readonly #calls: StatementSync;
  readonly #files: StatementSync;
  readonly #forget: StatementSync[];

  constructor(database: DatabaseSync) {
    this.#touch = database.prepare(`
      INSERT INTO families (id, at) VALUES (?, ?)
      ON CONFLICT (id) DO UPDATE SET at = excluded.at WHERE excluded.at > at`);
    this.#silent = database.prepare(`SELECT id FROM families WHERE at < ? AND NOT (${goingOn}) ORDER BY at LIMIT ?`);
    this.#ended = database.prepare(`SELECT NOT (${goingOn}) AS ended FROM families WHERE id = ?`);
    this.#familyOf = database.prepare('SELECT family FROM calls WHERE id = ?');
    this.#calls = database.prepare('SELECT count(*) AS count FROM calls WHERE family = ?');
    this.#files = database.prepare(`
      SELECT file FROM (
        SELECT body ->> '$.file' AS file FROM recordings WHERE family = :family
        UNION ALL SELECT body ->> '$.file' FROM faxes WHERE family = :family
      ) WHERE file IS NOT NULL`);
    this.#forget = [
      ...tables.map((table) => database.prepare(`DELETE FROM ${table} WHERE family = ?`)),
      database.prepare('DELETE FROM families WHERE id = ?'),
    ];
  }

  touch(family: string, at: number): void {
    this.#touch.run(family, at);
  }

  forget(before: number, limit: number): Forgotten {
    const silent = this.#silent.all(before, limit) as unknown as { id: string }[];
    const gone = silent.map(({ id }) => this.#drop(id));
    return {
      families: gone.length,
      calls: gone.reduce((sum, { calls }) => sum + calls, 0),
      files: gone.flatMap(({ files }) => files),
    };
  }

  erase(call: string): Forgotten {
    const family = String(this.#familyOf.get(call)?.family ?? call);
    const ended = this.#ended.get(family)?.ended;
    if (ended === 0) return { families: 0, calls: 0, files: [] };
    return { families: ended === undefined ? 0 : 1, ...this.#drop(family) };
  }

  #drop(family: string): Omit<Forgotten, 'families'> {
    const calls = Number(this.#calls.get(family)?.count);
    const files = this.#files.all({ family }).map(({ file }) => String(file));
    for (const statement of this.#forget) statement.run(family);
    return { calls, files };
  }
}
