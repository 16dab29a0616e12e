import type { SQLInputValue } from 'node:sqlite';
import { type CallFilter, isOfTime } from '../filter.ts';
import { beginsWith } from './rows.ts';

/** A filter as a condition on the table of calls; the values are added to those given. */
export function toSql(filter: CallFilter, values: SQLInputValue[]): string {
  if ('all' in filter) return joined(filter.all, 'AND', values) ?? 'TRUE';
  if ('any' in filter) return joined(filter.any, 'OR', values) ?? 'FALSE';
  if (isOfTime(filter)) {
    values.push(filter.value);
    const time = filter.field === 'createTime' ? 'create_time' : `json_extract(body, '$.${filter.field}')`;
    return `${time} ${filter.op} ?`;
  }
  const column = filter.field === 'originatingCall' ? `json_extract(body, '$.originatingCall')` : `"${filter.field}"`;
  if (!filter.prefix) {
    values.push(filter.value);
    return `${column} ${filter.op} ?`;
  }
  values.push(filter.value, filter.value);
  return filter.op === '=' ? `(${beginsWith(column)})` : `NOT (${beginsWith(column)})`;
}

/** In halves of halves: SQLite takes expressions a thousand deep at most, and `a AND b AND c …` is as deep as long. */
function joined(parts: readonly CallFilter[], word: 'AND' | 'OR', values: SQLInputValue[]): string | undefined {
  if (parts.length < 2) return parts[0] && toSql(parts[0], values);
  const middle = parts.length >> 1;
  const [first, second] = [parts.slice(0, middle), parts.slice(middle)];
  return `(${joined(first, word, values)} ${word} ${joined(second, word, values)})`;
}
