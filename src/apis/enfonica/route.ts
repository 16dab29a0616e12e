/** One route of the API as data: what it is called, what it needs, what it reads, and what it does. */
import type { Static, TObject, TSchema } from '@sinclair/typebox';
import type { Principal } from '../service.ts';
import type { Context } from '../serving.ts';

export type { Context } from '../serving.ts';

export interface Asked<Q, B> {
  context: Context;
  /** Of whoever asks; the path names the same one. */
  project: string;
  principal: Principal;
  /** What the path names. */
  id(name: string): string;
  query: Q;
  body: B;
  header(name: string): string | undefined;
}

export interface RouteShape<Q extends TObject, B extends TObject> {
  /** Stable: the tests and the documentation name their rules by it. */
  id: string;
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below `/v1beta1`. */
  path: string;
  /** In the vendor's words; absent where being somebody is enough. */
  permission?: string;
  summary: string;
  query?: Q;
  /** What is read of the headers, for the documentation. */
  headers?: TObject;
  /** What the body is called in the names of its fields. */
  body?: { name: string; schema: B };
  /** What the answer is, for the documentation. */
  answers: string;
  /** What it looks like. */
  gives: TSchema;
  answer(asked: Asked<Static<Q>, Static<B>>): object | Promise<object>;
}

/** A route whose types are checked and forgotten. */
export type Route = Omit<RouteShape<TObject, TObject>, 'answer'> & {
  answer(asked: Asked<never, never>): object | Promise<object>;
};

export const route = <Q extends TObject = TObject, B extends TObject = TObject>(shape: RouteShape<Q, B>): Route =>
  shape as unknown as Route;
