/** Lists come in pages; a token fixes its place, whatever comes into being meanwhile (VoiceML 4.5). */
import { type Place, pageTokens } from '../page-tokens.ts';
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

export interface Listing<R extends Place> {
  query: PageQuery;
  /** With which tokens of the project are signed. */
  key: Uint8Array;
  /** What is listed and how: a token is good for nothing else. */
  of: readonly unknown[];
  find(page: { after: Place | undefined; limit: number }): readonly R[];
}

/** One page, and the token of the next one if there is one. */
export function listed<R extends Place>({ query, key, of, find }: Listing<R>): { page: R[]; nextPageToken?: string } {
  const size = Math.min(query.pageSize ?? usualSize, largestSize);
  const tokens = pageTokens(key, of);
  const from = query.pageToken === undefined ? undefined : tokens.read(query.pageToken);
  if (query.pageToken !== undefined && !from)
    throw wrong('pageToken', 'is not one that this list gave for the same parameters');
  const found = find({ after: from?.place, limit: size + 1 });
  const page = found.slice(0, size);
  const last = page.at(-1);
  return found.length > size && last ? { page, nextPageToken: tokens.write(last) } : { page };
}
