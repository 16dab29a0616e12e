import type { JournalEntry } from '../journal.ts';

/** Where a file of ours can be fetched, when the engine has a public URL; `name` is the vendor's, of what it belongs to. */
export type LinkTo = (file: string, name: string) => string;

/** What the application is to be told, spelled as it will be sent. */
export interface Owed {
  /** The vendor's name of the event. */
  event: string;
  project: string;
  /** Tried in this order. */
  urls: readonly string[];
  contentType: string;
  body: string;
}

/** How one vendor tells an application what happened. */
export interface Vendor {
  /** What a journal entry obliges us to tell, if anything. */
  callbackOf(entry: JournalEntry, linkTo?: LinkTo): Owed | undefined;
  /** The headers of a request to `url`, signed for it. */
  headers(owed: Pick<Owed, 'event' | 'contentType' | 'body'>, key: Uint8Array, url: string): Record<string, string>;
  /** How long to wait before each further attempt, once every URL has been tried. */
  retryDelaysMs: readonly number[];
  attemptTimeoutMs: number;
  maxRedirects: number;
  /** Statuses that repeat the request at the new place; other redirects are failures. */
  redirectStatuses: readonly number[];
}
