import type { ErrorCode } from '../errors.ts';
import type { Problem } from '../journal/journal.ts';
import type { CallRecord } from '../records/call.ts';
import type { HandlerUrl, Program, Purpose, Result } from '../verbs/verb.ts';

/** A document as it came: bytes, where from, and what was said about them. */
export interface Source {
  body: Uint8Array;
  contentType?: string | undefined;
  /** The URL that gave the document: what relative URLs are resolved against, and "the current URL". */
  url: string;
  /** What it is asked for; `main` unless given. */
  purpose?: Purpose | undefined;
}

/** A document read: a program when there is no error among the problems. Whoever reads the same may be given the same. */
export interface Parsed {
  readonly program?: Program;
  readonly problems: readonly Problem[];
}

/** How the application is asked: what goes over the wire for one request. */
export interface SpelledRequest {
  /** The URL to ask when it is another one than the target's: with parameters in its query. */
  url?: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
}

/** What a request is made of. */
export interface ToSpell {
  call: CallRecord;
  result: Result;
  target: HandlerUrl;
  signingKey: Uint8Array;
  /** The target as it is configured: with the name and password of its URL, where it has them. */
  configured?: string;
  /** The URL before this one in the list, and why it gave no document. */
  failed?: { url: string; code: ErrorCode };
  /** Where the engine can be reached from outside, as far as that is known. */
  publicUrl?: string;
}

/** A language of call flows, and how its vendor asks the application. */
export interface Dialect {
  name: string;
  /** Documents larger than this are refused. */
  maxBytes: number;
  parse(source: Source): Parsed;
  /** An answer of this content type means the same whatever is in it: however long it is, it is not read. */
  needsNoBody?(contentType: string): boolean;
  /** One attempt with all its redirects. */
  attemptTimeoutMs: number;
  /** Narrower limits of one URL, in milliseconds. */
  timeoutsOf?(url: string): { connectMs?: number; readMs?: number; totalMs?: number };
  maxRedirects: number;
  /** Statuses that repeat the request at the new place; other redirects count as failures. */
  redirectStatuses: readonly number[];
  /** Statuses that ask the new place by GET; a redirected request of such a dialect does not tell the result again. */
  redirectStatusesToGet?: readonly number[];
  /** An answer with a cookie that is none counts as a failure; otherwise nobody takes notice of the cookie. */
  refusesWrongCookies?: true;
  /** The request to the target, signed for it. */
  spell(request: ToSpell): SpelledRequest;
  /** The program that stands for a handler URL which is no http URL (`tel:`, `sip:`), if the dialect knows it. */
  programFor?(url: string, otherwise: readonly HandlerUrl[], call: CallRecord): Program | undefined;
  /** What goes along with each call to a SIP address. */
  invitationHeaders?(call: CallRecord): Readonly<Record<string, string>>;
  /** The beginning of a document as the journal may keep it. */
  withoutSecrets?(document: string): string;
  toXsd(): string;
}
