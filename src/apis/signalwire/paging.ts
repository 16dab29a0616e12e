/** Lists come in pages (LaML 6.2); a token fixes its place, whatever comes into being meanwhile. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { listKey } from '../project-keys.ts';
import type { Form } from './form.ts';
import { Refusal } from './refusal.ts';
import type { Asked } from './route.ts';

export interface Placed {
  createTime: number;
  id: string;
}

export interface Listing<R extends Placed> {
  /** The key of the list in the answer. */
  key: string;
  /** In their order, those after a place. */
  find(piece: { after: Placed | undefined; limit: number }): readonly R[];
  show(record: R): object;
}

export const pageParameters = {
  PageSize: 'How many at most, from 1 to 1000; 50 unless given.',
  Page: 'Which page, from 0; any but the first needs its PageToken.',
  PageToken: 'As a link of another page has it.',
};

/** One page with its links, and nothing else beside the list: the client of the vendor refuses it otherwise. */
export function listed<R extends Placed>(asked: Asked, { key, find, show }: Listing<R>): object {
  const { form, path, sids } = asked;
  const page = form.integer('Page', [0, 1_000_000], 54453) ?? 0;
  const size = form.integer('PageSize', [1, 1000], 54454) ?? 50;
  const token = form.text('PageToken');
  if (page > 0 && token === undefined) throw new Refusal(54453, 'Page is not the first one, and there is no PageToken');
  const tokens = new Tokens(asked);
  const from = token === undefined ? undefined : tokens.read(token);
  const records = from?.back ? before(from.place, size, find) : find({ after: from?.place, limit: size });
  const first = records[0];
  const last = records.at(-1);
  const isLast = last === undefined || find({ after: last, limit: 1 }).length === 0;
  const link = (to: number, at?: string) => {
    const query = filtersOf(form);
    query.set('Page', String(to));
    query.set('PageSize', String(size));
    if (at !== undefined) query.set('PageToken', at);
    return `${sids.uri(path)}?${query}`;
  };
  return {
    uri: link(page, token),
    first_page_uri: link(0),
    next_page_uri: isLast ? null : link(page + 1, tokens.write(last, false)),
    previous_page_uri: page === 0 || !first ? null : link(page - 1, page === 1 ? undefined : tokens.write(first, true)),
    page,
    page_size: size,
    [key]: records.map(show),
  };
}

/** Those that come right before a place. */
function before<R extends Placed>(place: Placed, size: number, find: Listing<R>['find']): readonly R[] {
  let found: R[] = [];
  for (let after: Placed | undefined; ; ) {
    const piece = find({ after, limit: 1000 });
    const at = piece.findIndex(
      ({ createTime, id }) => createTime < place.createTime || (createTime === place.createTime && id <= place.id),
    );
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

/** Tokens are good for the list that gave them, asked in the same way, and for nothing else. */
class Tokens {
  readonly #key: Uint8Array;
  readonly #of: string;

  constructor({ context, project, form, path }: Asked) {
    this.#key = listKey(context, project);
    this.#of = `${project}\n${path.replace(/^\/Accounts\/[^/]*/, '')}\n${filtersOf(form)}`;
  }

  write({ createTime, id }: Placed, back: boolean): string {
    const place = Buffer.from(JSON.stringify([createTime, id])).toString('base64url');
    const letters = back ? 'PB' : 'PA';
    return `${letters}${place}.${this.#seal(letters + place).toString('base64url')}`;
  }

  read(token: string): { back: boolean; place: Placed } {
    const [, letters = '', place = '', sealed = ''] = /^(PA|PB)([\w-]+)\.([\w-]+)$/.exec(token) ?? [];
    const right = this.#seal(letters + place);
    const has = Buffer.from(sealed, 'base64url');
    if (has.length !== right.length || !timingSafeEqual(has, right))
      throw new Refusal(21481, 'PageToken is not one that this list gave for the same parameters');
    const [createTime, id] = JSON.parse(Buffer.from(place, 'base64url').toString()) as [number, string];
    return { back: letters === 'PB', place: { createTime, id } };
  }

  #seal(place: string): Buffer {
    return createHmac('sha256', this.#key).update(`laml page\n${place}\n${this.#of}`).digest().subarray(0, 18);
  }
}

/** A list that is there whole, in its order. */
export const fromList =
  <R extends Placed>(all: readonly R[]): Listing<R>['find'] =>
  ({ after, limit }) => {
    const at = after ? all.findIndex(({ id }) => id === after.id) : -1;
    return all.slice(at + 1, at + 1 + limit);
  };

/** Walks a list until enough of those it shows are what is wanted. */
export function sieved<R extends Placed>(find: Listing<R>['find'], wanted: (record: R) => boolean): Listing<R>['find'] {
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
