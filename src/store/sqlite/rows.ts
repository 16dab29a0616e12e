import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { Page } from '../store.ts';

export interface Row {
  id: string;
  body: string;
}

const rowsAtOnce = 500;

/** The record that the statement finds. */
export const recordOf = <R>(statement: StatementSync, ...values: SQLInputValue[]): R | undefined => {
  const row = statement.get(...values) as Row | undefined;
  return row && (JSON.parse(row.body) as R);
};

export const recordsOf = <R>(statement: StatementSync, ...values: SQLInputValue[]): R[] =>
  (statement.all(...values) as unknown as Row[]).map(({ body }) => JSON.parse(body) as R);

/** All that the condition allows, by id; in pieces, so that something can be written while somebody reads. */
export function* everyRecord<R>(database: DatabaseSync, table: string, condition = 'TRUE'): Generator<R> {
  const piece = database.prepare(
    `SELECT id, body FROM ${table} WHERE ${condition} AND id > ? ORDER BY id LIMIT ${rowsAtOnce}`,
  );
  for (let after: string | undefined = ''; after !== undefined; ) {
    const rows = piece.all(after) as unknown as Row[];
    for (const { body } of rows) yield JSON.parse(body) as R;
    after = rows[rowsAtOnce - 1]?.id;
  }
}

/** The end of a statement that reads a page, the newest first; `placeOf` has its values. */
export const newestFirst = 'AND (create_time, id) < (?, ?) ORDER BY create_time DESC, id DESC LIMIT ?';

export const placeOf = ({ after, limit }: Page): SQLInputValue[] => [
  after?.createTime ?? Number.MAX_SAFE_INTEGER,
  after?.id ?? '',
  limit,
];

/** Whether a column begins with a value, given twice. Nothing that begins with it comes after it and this byte. */
export const beginsWith = (column: string) => `${column} >= ? AND ${column} < ? || CAST(x'ff' AS TEXT)`;
