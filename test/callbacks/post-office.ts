/** Deliveries on a virtual clock, with a store, and an application at the far side that answers by the clock. */

import { createDeliveries, type Deliveries } from '../../src/callbacks/delivery.ts';
import { VirtualClock } from '../../src/clock.ts';
import type { HttpExchange, HttpRequest, Transport } from '../../src/http/transport.ts';
import { createIds, seededRandom } from '../../src/ids.ts';
import type { JournalEntry } from '../../src/journal/journal.ts';
import { memoryStore } from '../../src/store/memory/memory-store.ts';
import type { Delivery, Store } from '../../src/store/store.ts';
import { deliveryOf } from '../ports/store-batches.ts';

/** How the application answers a request; nothing at all when `silent`. */
export interface Answer {
  status?: number;
  location?: string;
  afterMs?: number;
  silent?: boolean;
  /** The connection breaks after the status. */
  broken?: boolean;
}

export interface Request {
  /** Milliseconds since the beginning. */
  at: number;
  url: string;
  delivery: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}

export interface PostOffice {
  clock: VirtualClock;
  store: Store;
  deliveries: Deliveries;
  /** What has reached the application. */
  requests: Request[];
  /** Commits deliveries and hands them over. */
  post(...delivery: Delivery[]): void;
  journal(): JournalEntry[];
}

export const signingKey = Uint8Array.from({ length: 64 }, (_, index) => index);

/** `answer` is asked with the request and how many there were to its URL before. */
export function openPostOffice(
  answer: (request: Request, before: number) => Answer,
  given: { perHost?: number; store?: Store; transport?: (clock: VirtualClock) => Transport; patienceMs?: number } = {},
): PostOffice {
  const clock = new VirtualClock(given.patienceMs === undefined ? {} : { patienceMs: given.patienceMs });
  const start = clock.now();
  const store = given.store ?? memoryStore();
  const requests: Request[] = [];
  let seq = 0;
  const commit = (entries: JournalEntry[], owed: Delivery[]) =>
    store.commit(
      () => ({ entries, changes: [], deliveries: owed }),
      () => deliveries.owe(owed),
    );
  const deliveries = createDeliveries({
    clock,
    store,
    transport: given.transport?.(clock) ?? transportTo(answer, clock, start, requests),
    signingKey: () => signingKey,
    write: ({ subject, family, input, output, delivery }) => {
      const at = clock.now() - start;
      const entries: JournalEntry[] = [];
      if (input) entries.push({ seq: seq++, at, subject, family, input });
      if (output) entries.push({ seq: seq++, at, subject, family, output });
      commit(entries, delivery ? [delivery] : []);
    },
    ...(given.perHost !== undefined && { perHost: given.perHost }),
  });
  return {
    clock,
    store,
    deliveries,
    requests,
    post: (...owed) => commit([], owed),
    journal: () => [...store.journal()],
  };
}

function transportTo(
  answer: (request: Request, before: number) => Answer,
  clock: VirtualClock,
  start: number,
  requests: Request[],
): Transport {
  return {
    send: (sent, done) => {
      const at = clock.now() - start;
      const delivery = sent.headers['x-callflow-delivery'] ?? '';
      const request = { at, url: sent.url, delivery, headers: sent.headers, body: sent.body ?? '' };
      const before = requests.filter(({ url }) => url === sent.url).length;
      requests.push(request);
      const { exchange, afterMs } = exchangeOf(answer(request, before), sent);
      const timer = clock.setTimeout(() => done(exchange), afterMs);
      return { abort: () => clock.clearTimeout(timer) };
    },
  };
}

function exchangeOf(
  { status = 200, location, afterMs = 0, silent, broken }: Answer,
  { timeoutMs }: HttpRequest,
): { exchange: HttpExchange; afterMs: number } {
  const headers: Record<string, string> = location === undefined ? {} : { location };
  if (silent || afterMs > timeoutMs)
    return {
      exchange: { ok: false, code: 'HANDLER_TIMEOUT', reason: 'no headers came', bytes: 0, ms: timeoutMs },
      afterMs: timeoutMs,
    };
  const ms = afterMs;
  if (broken)
    return { exchange: { ok: false, code: 'HANDLER_BROKEN', reason: 'cut', status, headers, bytes: 0, ms }, afterMs };
  return { exchange: { ok: true, status, headers, setCookies: [], body: new Uint8Array(), ms }, afterMs };
}

const ids = createIds(() => 0, seededRandom(1));

/** A callback that is owed; its family and subject are `f1` unless given. */
export const letter = (differing: Partial<Delivery> = {}): Delivery => ({ ...deliveryOf(ids.next()), ...differing });
