import type { JournalEntry } from '../journal/journal.ts';
import type { AudioStream, StreamWire } from '../telephony/streams.ts';
import type { PayStep } from '../verbs/pay-steps.ts';
import type { PayOrder } from '../verbs/till.ts';

/**
 * Where a file of ours can be fetched, when the engine has a public URL; `name` is the vendor's, of what it belongs to.
 * A recording can be had in another form than the one in which it is kept.
 */
export type LinkTo = (file: string, name: string, form?: 'mp3') => string;

/** What the application is to be told, spelled as it will be sent. */
export interface Owed {
  /** The vendor's name of the event. */
  event: string;
  project: string;
  /** Tried in this order; as they are configured, fragments included. */
  urls: readonly string[];
  /** POST unless given. */
  method?: 'GET';
  contentType: string;
  /** Empty for a GET: what it says stands in the URL. */
  body: string;
}

/** A request, or a callback, as a transcript shows it. */
export interface Read {
  /** Without what was put into its query. */
  url: string;
  /** What it tells that has just been found out or happened. */
  parameters: readonly [name: string, value: string][];
  /** How it stands with the call. */
  call: ReadonlyMap<string, string>;
  /** The state that a callback tells. */
  state?: string;
}

/** What a connector for payments is posted, and answers: an id, or why not; undefined when it is not understood. */
export interface Connectors {
  spell(order: PayOrder, details: Readonly<Partial<Record<PayStep, string>>>, transaction: string): string;
  read(body: string): { id: string } | { declined: { code: string; message: string } } | undefined;
}

/** How one vendor tells an application what happened. */
export interface Vendor {
  /**
   * What a journal entry obliges us to tell, if anything.
   *
   * @param publicUrl where the engine can be reached from outside, as far as that is known
   */
  callbackOf(entry: JournalEntry, linkTo?: LinkTo, publicUrl?: string): Owed | readonly Owed[] | undefined;
  /** The headers of a request to `url`, signed for it. */
  headers(owed: Pick<Owed, 'event' | 'contentType' | 'body'>, key: Uint8Array, url: string): Record<string, string>;
  /** How long to wait before each further attempt, once every URL has been tried. */
  retryDelaysMs: readonly number[];
  attemptTimeoutMs: number;
  maxRedirects: number;
  /** Statuses that repeat the request at the new place; other redirects are failures. */
  redirectStatuses: readonly number[];
  /** Statuses that ask the new place by GET, without a body. */
  redirectStatusesToGet?: readonly number[];
  /** Narrower limits of one URL, in milliseconds. */
  timeoutsOf?(url: string): { connectMs?: number; readMs?: number; totalMs?: number };
  /** Reads a request to an application, or a callback, when it is not JSON of our own shape. */
  read?(request: { url: string; body: string }): Read | undefined;
  /** How connectors for payments are spoken to. */
  connectors?: Connectors;
  /** How what goes over a stream is spelled. */
  streamWire?(stream: AudioStream): StreamWire;
  /** The id of ours in a word of this vendor's spelling. */
  idIn?(word: string): string | undefined;
}
