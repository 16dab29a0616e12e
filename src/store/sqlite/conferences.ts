import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { ConferenceRecord, ParticipantRecord } from '../../records/conference.ts';
import type { Between, ConferenceQuery, ParticipantQuery } from '../conferences.ts';
import { everyRecord, newestFirst, placeOf, recordOf, recordsOf } from './rows.ts';

/** Conferences and who was in them. */
export class ConferenceTables {
  readonly #database: DatabaseSync;
  readonly #keep: StatementSync;
  readonly #keepParticipant: StatementSync;
  readonly #get: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#keep = database.prepare(`
      INSERT INTO conferences (id, project, family, name, state, create_time, update_time, body)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET state = excluded.state, update_time = excluded.update_time, body = excluded.body`);
    this.#keepParticipant = database.prepare(`
      INSERT INTO participants (id, project, family, conference, call, state, create_time, body)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET state = excluded.state, body = excluded.body`);
    this.#get = database.prepare('SELECT body FROM conferences WHERE id = ?');
  }

  keep(record: ConferenceRecord): void {
    const { id, project, family, name, state, createTime, updateTime } = record;
    this.#keep.run(id, project, family, name, state, createTime, updateTime, JSON.stringify(record));
  }

  keepParticipant(record: ParticipantRecord): void {
    const { id, project, family, conference, call, state, createTime } = record;
    this.#keepParticipant.run(id, project, family, conference, call, state, createTime, JSON.stringify(record));
  }

  get(id: string): ConferenceRecord | undefined {
    return recordOf(this.#get, id);
  }

  unended(): Iterable<ConferenceRecord> {
    return everyRecord(this.#database, 'conferences', `state <> 'completed'`);
  }

  find({ project, name, state, created, updated, ...page }: ConferenceQuery): ConferenceRecord[] {
    const conditions = new Conditions();
    conditions.add('project = ?', project);
    conditions.add('name = ?', name);
    conditions.add('state = ?', state);
    conditions.between('create_time', created);
    conditions.between('update_time', updated);
    return conditions.select(this.#database, 'conferences', page);
  }

  findParticipants(query: ParticipantQuery): ParticipantRecord[] {
    const { project, conference, call, state, muted, held, coaching, label, ...page } = query;
    const conditions = new Conditions();
    conditions.add('project = ?', project);
    conditions.add('conference = ?', conference);
    conditions.add('call = ?', call);
    conditions.add('state = ?', state);
    conditions.add(`body ->> '$.muted' = ?`, toNumber(muted));
    conditions.add(`body ->> '$.held' = ?`, toNumber(held));
    conditions.add(`(body ->> '$.coach' IS NOT NULL) = ?`, toNumber(coaching));
    conditions.add(`body ->> '$.label' = ?`, label);
    return conditions.select(this.#database, 'participants', page);
  }
}

const toNumber = (value: boolean | undefined): number | undefined => (value === undefined ? undefined : Number(value));

/** What is asked of a table, as far as it is given. */
class Conditions {
  readonly #all: string[] = [];
  readonly #values: SQLInputValue[] = [];

  add(condition: string, value: SQLInputValue | undefined): void {
    if (value === undefined) return;
    this.#all.push(condition);
    this.#values.push(value);
  }

  between(column: string, { from, before }: Between = {}): void {
    this.add(`${column} >= ?`, from);
    this.add(`${column} < ?`, before);
  }

  select<R>(database: DatabaseSync, table: string, page: Parameters<typeof placeOf>[0]): R[] {
    const statement = database.prepare(`SELECT body FROM ${table} WHERE ${this.#all.join(' AND ')} ${newestFirst}`);
    return recordsOf(statement, ...this.#values, ...placeOf(page));
  }
}
