/** A caller who asks for privacy is not shown, and so cannot be found out by asking for calls that are or are not theirs. */
import type { CallRecord } from '../../records/call.ts';
import { isWanted } from '../../store/filter.ts';
import type { CallFilter, CallQuery, Store } from '../../store/store.ts';
import { toCall } from '../../vendors/enfonica/call.ts';

/** What the store finds, as if it knew of each call only what is shown of it. */
export function findShownCalls(store: Pick<Store, 'findCalls'>, query: CallQuery): readonly CallRecord[] {
  const { filter, limit } = query;
  if (!filter || !asksForCaller(filter)) return store.findCalls(query);
  const found: CallRecord[] = [];
  let { after } = query;
  for (let piece: readonly CallRecord[] = [], isFirst = true; isFirst || piece.length === limit; isFirst = false) {
    piece = store.findCalls({ ...query, filter: wider(filter), after });
    after = piece.at(-1);
    found.push(...piece.filter((call) => isWanted({ ...call, from: toCall(call).from ?? '' }, filter)));
    if (found.length >= limit) break;
  }
  return found.slice(0, limit);
}

function asksForCaller(filter: CallFilter): boolean {
  if ('all' in filter) return filter.all.some(asksForCaller);
  if ('any' in filter) return filter.any.some(asksForCaller);
  return filter.field === 'from';
}

/** Lets everything through that the filter does, and whoever it turns away for who they are. */
function wider(filter: CallFilter): CallFilter {
  if ('all' in filter) return { all: filter.all.map(wider) };
  if ('any' in filter) return { any: filter.any.map(wider) };
  const isAnybody = filter.field === 'from' && (filter.op === '!=' || filter.value === '');
  return isAnybody ? { all: [] } : filter;
}
