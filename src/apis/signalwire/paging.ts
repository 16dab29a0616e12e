/** Lists come in pages (LaML 6.2); a token fixes its place, whatever comes into being meanwhile. */
import { type PageTokens, type Place, pageTokens } from '../page-tokens.ts';
import { listKey } from '../project-keys.ts';
import type { Form } from './form.ts';
import { Refusal } from './refusal.ts';
import type { Asked } from './route.ts';

export interface Listing<R extends Place> {
  /** The key of the list in the answer. */
  key: string;
  /** In their order, those after a place. */
  find(piece: { after: Place | undefined; limit: number }): readonly R[];
  show(record: R): object;
  /** Where the list is; absent: where it was asked for. */
  at?: string;
}

export const pageParameters = {
  PageSize: 'How many at most, from 1 to 1000; 50 unless given.',
  Page: 'Which page, from 0; any but the first needs its PageToken.',
  PageToken: 'As a link of another page has it.',
};

/** One page with its links, and nothing else beside the list: the client of the vendor refuses it otherwise. */
export function listed<R extends Place>(asked: Asked, { key, find, show, at: list }: Listing<R>): object {
  const { form, path, sids } = asked;
  const page = form.integer('Page', [0, 1_000_000], 54453) ?? 0;
  const size = form.integer('PageSize', [1, 1000], 54454) ?? 50;
  const token = form.text('PageToken', 21481);
  if (page > 0 && token === undefined) throw new Refusal(54453, 'Page is not the first one, and there is no PageToken');
  const tokens = tokensOf(asked);
  const from = token === undefined ? undefined : tokens.read(token, [onward, back]);
  if (token !== undefined && !from)
    throw new Refusal(21481, 'PageToken is not one that this list gave for the same parameters');
  const records = from?.mark === back ? before(from.place, size, find) : find({ after: from?.place, limit: size });
  const first = records[0];
  const last = records.at(-1);
  const isLast = last === undefined || find({ after: last, limit: 1 }).length === 0;
  const link = (to: number, at?: string) => {
    const query = filtersOf(form);
    query.set('Page', String(to));
    query.set('PageSize', String(size));
    if (at !== undefined) query.set('PageToken', at);
    return `${list ?? sids.uri(path)}?${query}`;
  };
  return {
    uri: link(page, token),
    first_page_uri: link(0),
    next_page_uri: isLast ? null : link(page + 1, tokens.write(last, onward)),
    previous_page_uri: page === 0 || !first ? null : link(page - 1, page === 1 ? undefined : tokens.write(first, back)),
    page,
    page_size: size,
    [key]: records.map(show),
  };
}

/** Those that come right before a place, which may be gone: then, before what comes after it. */
function before<R extends Place>(place: Place, size: number, find: Listing<R>['find']): readonly R[] {
  const next = find({ after: place, limit: 1 })[0];
  let found: R[] = [];
  for (let after: Place | undefined; ; ) {
    const piece = find({ after, limit: 1000 });
    const at = piece.findIndex(({ id }) => id === place.id || id === next?.id);
    found = [...found, ...(at < 0 ? piece : piece.slice(0, at))].slice(-size);
    after = piece.at(-1);
    if (at >= 0 || piece.length < 1000) return found;
  }
}

function filtersOf(form: Form): URLSearchParams {
  const query = new URLSearchParams(form.entries());
  for (const name of ['Page', 'PageSize', 'PageToken']) query.delete(name);
  return query;
}

/** With what tokens begin (LaML 6.2). */
const [onward, back] = ['PA', 'PB'];

/** Tokens are good for the list that gave them, asked in the same way, and for nothing else. */
const tokensOf = ({ context, project, form, path }: Asked): PageTokens =>
  pageTokens(listKey(context, project), [
    'laml',
    project,
    path.replace(/^\/Accounts\/[^/]*/, ''),
    String(filtersOf(form)),
  ]);

/** A list that is there whole, in its order: that of `createTime`, the latest first. */
export const fromList =
  <R extends Place>(all: readonly R[]): Listing<R>['find'] =>
  ({ after, limit }) => {
    const from = after === undefined ? 0 : behind(after, all);
    return all.slice(from, from + limit);
  };

/** Where a list goes on behind a place, which may be gone. */
function behind({ id, createTime }: Place, all: readonly Place[]): number {
  const at = all.findIndex((one) => one.id === id);
  if (at >= 0) return at + 1;
  const next = all.findIndex((one) => one.createTime < createTime || (one.createTime === createTime && one.id < id));
  return next < 0 ? all.length : next;
}

/** Walks a list until enough of those it shows are what is wanted. */
export function sieved<R extends Place>(find: Listing<R>['find'], wanted: (record: R) => boolean): Listing<R>['find'] {
  return ({ after, limit }) => {
    const found: R[] = [];
    for (let from = after; ; ) {
      const piece = find({ after: from, limit: 1000 });
      for (const record of piece) if (found.length < limit && wanted(record)) found.push(record);
      from = piece.at(-1);
      if (found.length >= limit || piece.length < 1000) return found;
    }
  };
}
