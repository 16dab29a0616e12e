import type { CallProductQuery, Page } from '../../store/store.ts';
import { listKey } from '../project-keys.ts';
import { callOf, unlessEmpty } from './calls.ts';
import { listed, type PageQuery } from './paging.ts';
import type { Asked } from './route.ts';

type Product = { id: string; createTime: number };

/** A page of what calls have left behind: of the call that the path names, or of all (`-`, or none in the path). */
export function answerProducts<R extends Product>(
  { context, project, id, query }: Asked<PageQuery & { view?: string }, object>,
  kind: string,
  find: (query: CallProductQuery) => readonly R[],
): { page: readonly R[] | undefined; nextPageToken?: string } {
  const named = id('call');
  const call = named === '' || named === '-' ? undefined : callOf(context, project, named).id;
  const { page, ...more } = listed({
    query,
    key: listKey(context, project),
    of: [kind, project, call ?? '-', query.view ?? ''],
    find: (piece: Page) => find({ project, call, ...piece }),
  });
  return { page: unlessEmpty(page), ...more };
}
