/** What all the resources have in common that are set up for a project: numbers, SIP domains, aliases, users. */
import type { ResourceRecord } from '../../records/resource.ts';
import type { ResourceQuery } from '../../store/store.ts';
import { listKey } from '../project-keys.ts';
import { unlessEmpty } from './calls.ts';
import { listed, type PageQuery } from './paging.ts';
import { notFound, Refusal } from './refusal.ts';
import type { Asked, Context } from './route.ts';

export const kinds = {
  sipDomain: 'sipDomain',
  alias: 'sipAlias',
  user: 'sipUser',
  number: 'phoneNumberInstance',
  /** A number of a range, beside its first one; its parent is the instance of the range. */
  rangeNumber: 'phoneNumberOfRange',
} as const;

export type Kind = (typeof kinds)[keyof typeof kinds];

export interface Place {
  kind: Kind;
  project: string;
  id: string;
  /** In the vendor's words. */
  name: string;
}

/** Also when it is deleted: it is shown still. */
export function shown({ store }: Context, { kind, project, id, name }: Place): ResourceRecord {
  const record = store.resource(kind, project, id);
  if (!record) throw notFound(name);
  return record;
}

/** One that is there to be changed, and to have others below it. */
export function existing(context: Context, place: Place): ResourceRecord {
  const record = shown(context, place);
  if (record.deleteTime !== undefined) throw notFound(place.name);
  return record;
}

/** Refuses a name or an id that somebody has. */
export function mustBeFree(context: Context, { kind, project, id, name }: Place, global?: string): void {
  const known = context.store.resource(kind, project, id);
  const taken = global !== undefined && context.store.resourceNamed(kind, global) !== undefined;
  if (taken || (known && known.deleteTime === undefined)) throw new Refusal('ALREADY_EXISTS', `${name} exists already`);
}

/** A page of resources. */
export function answerResources(
  { context, project, query }: Asked<PageQuery, object>,
  which: Pick<ResourceQuery, 'parent' | 'prefix' | 'deleted'> & { kind: Kind },
): { page: readonly ResourceRecord[] | undefined; nextPageToken?: string } {
  const { page, ...more } = listed({
    query,
    key: listKey(context, project),
    of: [which.kind, project, which.parent ?? '', which.prefix ?? '', which.deleted === true],
    find: (piece) => context.store.findResources({ project, ...which, ...piece }),
  });
  return { page: unlessEmpty(page), ...more };
}
