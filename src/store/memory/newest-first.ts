import type { Page } from '../store.ts';

interface Dated {
  createTime: number;
  id: string;
}

/** One page of what is wanted. */
export function newestFirst<R extends Dated>(
  records: Iterable<R>,
  { after, limit }: Page,
  wanted: (record: R) => boolean,
): R[] {
  const found: R[] = [];
  for (const record of records) if ((!after || isNewer(after, record)) && wanted(record)) found.push(record);
  return found.sort((one, other) => (isNewer(one, other) ? -1 : 1)).slice(0, limit);
}

const isNewer = (one: Dated, other: Dated): boolean =>
  one.createTime === other.createTime ? one.id > other.id : one.createTime > other.createTime;
