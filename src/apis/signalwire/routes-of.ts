/** What the routes of one kind of thing share: most have some of these five, and each does only what is its own. */
import { type Component, given, pageOf } from './gives.ts';
import { pageParameters } from './paging.ts';
import type { Route } from './route.ts';

/** A kind of thing that the API knows. */
export interface Thing {
  /** As its routes begin, and its list is called unless `key` says otherwise: `queues`. */
  id: string;
  /** Below the account: `/Queues`. */
  path: string;
  /** With its article: `a queue`. */
  one: string;
  permission: string;
  component: Component;
  key?: string;
  /** The name of its sid in the path; the last word of `one` unless given. */
  named?: string;
}

/** What a route does, and what it says of itself otherwise than its kind. */
type Own = Pick<Route, 'answer'> &
  Partial<Pick<Route, 'id' | 'summary' | 'parameters' | 'answers' | 'permission' | 'path'>>;

export function routesOf({ id, path, one, permission, component, key = id, named }: Thing) {
  const noun = one.replace(/^an? /, '');
  const all = `/Accounts/:account${path}`;
  const single = `${all}/:${named ?? noun}`;
  const shows = { answers: `The ${noun}.`, gives: given(component) };
  const route = (name: string, method: Route['method'], at: string) =>
    ({ id: `${id}.${name}`, method, path: at, permission: `${permission}.${name}` }) as const;
  return {
    create: (own: Own): Route => ({
      ...route('create', 'POST', all),
      summary: `Makes ${one}`,
      status: 201,
      ...shows,
      ...own,
    }),
    list: ({ parameters, ...own }: Own): Route => ({
      ...route('list', 'GET', all),
      summary: `Lists ${noun}s, the newest first`,
      parameters: { ...parameters, ...pageParameters },
      answers: `A page of \`${key}\`.`,
      gives: pageOf(key, component),
      ...own,
    }),
    get: (own: Own): Route => ({ ...route('get', 'GET', single), summary: `Shows ${one}`, ...shows, ...own }),
    update: (own: Own): Route => ({ ...route('update', 'POST', single), summary: `Changes ${one}`, ...shows, ...own }),
    remove: (own: Own): Route => ({
      ...route('delete', 'DELETE', single),
      summary: `Deletes ${one}`,
      status: 204,
      answers: 'Nothing.',
      ...own,
    }),
  };
}
