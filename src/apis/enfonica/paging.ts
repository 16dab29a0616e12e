/** Lists come in pages; a token fixes its place, whatever comes into being meanwhile (VoiceML 4.5). */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Instant } from '../../records.ts';
import { integer, optional, text } from './kinds.ts';
import { wrong } from './refusal.ts';

export const pageFields = {
  pageSize: optional(integer('How many at most: 10 unless given; more than 100 are cut to 100.', { minimum: 1 })),
  pageToken: optional(text('`nextPageToken` of the page before. Everything else must be asked as it was then.')),
};

export interface PageQuery {
  pageSize?: number;
  pageToken?: string;
}

const usualSize = 10;
const largestSize = 100;

interface Dated {
  createTime: Instant;
  id: string;
}

export interface Listing<R extends Dated> {
  query: PageQuery;
  /** With which tokens of the project are signed. */
  key: Uint8Array;
  /** What is listed and how: a token is good for nothing else. */
  of: readonly unknown[];
  find(page: { after: Dated | undefined; limit: number }): readonly R[];
}

/** One page, and the token of the next one if there is one. */
export function listed<R extends Dated>({ query, key, of, find }: Listing<R>): { page: R[]; nextPageToken?: string } {
  const size = Math.min(query.pageSize ?? usualSize, largestSize);
  const after = query.pageToken === undefined ? undefined : placeOf(query.pageToken, key, of);
  const found = find({ after, limit: size + 1 });
  const page = found.slice(0, size);
  const last = page.at(-1);
  return found.length > size && last ? { page, nextPageToken: tokenOf(last, key, of) } : { page };
}

function tokenOf({ createTime, id }: Dated, key: Uint8Array, of: readonly unknown[]): string {
  const place = Buffer.from(JSON.stringify([createTime, id])).toString('base64url');
  return `${place}.${seal(place, key, of).toString('base64url')}`;
}

function placeOf(token: string, key: Uint8Array, of: readonly unknown[]): Dated {
  const [place = '', sealed = '', ...more] = token.split('.');
  const right = seal(place, key, of);
  const has = Buffer.from(sealed, 'base64url');
  if (more.length > 0 || has.length !== right.length || !timingSafeEqual(has, right))
    throw wrong('pageToken', 'is not one that this list gave for the same parameters');
  const [createTime, id] = JSON.parse(Buffer.from(place, 'base64url').toString()) as [number, string];
  return { createTime, id };
}

const seal = (place: string, key: Uint8Array, of: readonly unknown[]): Buffer =>
  createHmac('sha256', key)
    .update(JSON.stringify(['page', place, of]))
    .digest()
    .subarray(0, 18);
