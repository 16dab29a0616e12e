import type { Problem } from '../journal.ts';
import type { CallRecord } from '../records.ts';
import type { HandlerUrl, Program, Result } from '../verbs/verb.ts';

/** A document as it came: bytes, where from, and what was said about them. */
export interface Source {
  body: Uint8Array;
  contentType?: string;
  /** The URL that gave the document: what relative URLs are resolved against, and "the current URL". */
  url: string;
}

/** A document read: a program when there is no error among the problems. */
export interface Parsed {
  program?: Program;
  problems: Problem[];
}

/** How the application is asked: what goes over the wire for one request. */
export interface SpelledRequest {
  headers: Readonly<Record<string, string>>;
  body?: string;
}

/** A language of call flows, and how its vendor asks the application. */
export interface Dialect {
  name: string;
  /** Documents larger than this are refused. */
  maxBytes: number;
  parse(source: Source): Parsed;
  /** One attempt with all its redirects. */
  attemptTimeoutMs: number;
  maxRedirects: number;
  /** Statuses that repeat the request at the new place; other redirects count as failures. */
  redirectStatuses: readonly number[];
  /** The request to `url`, signed for it. */
  spell(request: { call: CallRecord; result: Result; target: HandlerUrl; signingKey: Uint8Array }): SpelledRequest;
  /** The program that stands for a handler URL which is no http URL (`tel:`, `sip:`), if the dialect knows it. */
  programFor?(url: string, otherwise: readonly HandlerUrl[], call: CallRecord): Program | undefined;
  toXsd(): string;
}
