import type { Clock } from '../clock.ts';
import type { HttpExchange } from '../http/transport.ts';

type Received = Extract<HttpExchange, { ok: true }>;

interface Kept {
  exchange: Received;
  /** Until when it may be used without asking. */
  freshUntil: number;
  bytes: number;
}

/** How much is kept, of all projects. */
const most = { documents: 500, bytes: 4 * 1024 * 1024 };

/** Whose document it is: of nobody else, and under no other cookies. */
export interface DocumentKey {
  project: string;
  /** With its query, its name and its password. */
  url: string;
  cookie: string | undefined;
}

/** Documents that applications let us keep (RFC 9111), as far as GETs of the same URL are concerned. */
export class KeptDocuments {
  readonly #clock: Pick<Clock, 'now'>;
  /** The one that was not used for the longest time first. */
  readonly #kept = new Map<string, Kept>();
  #bytes = 0;

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  /** The document, when nobody needs to be asked for it. */
  fresh(key: DocumentKey): Received | undefined {
    const kept = this.#use(key);
    return kept && kept.freshUntil > this.#clock.now() ? kept.exchange : undefined;
  }

  /** What is to be asked: whether the document that is kept is still the one. */
  conditions(key: DocumentKey): Readonly<Record<string, string>> {
    const { etag, 'last-modified': modified } = this.#use(key)?.exchange.headers ?? {};
    return {
      ...(etag !== undefined && { 'if-none-match': etag }),
      ...(modified !== undefined && { 'if-modified-since': modified }),
    };
  }

  /** An answer: kept if it may be; or it says that the one that is kept is still right, which is given back. */
  heard(key: DocumentKey, exchange: Received): Received {
    const known = this.#use(key);
    if (exchange.status === 304 && known) {
      const renewed = { ...known.exchange, headers: { ...known.exchange.headers, ...exchange.headers } };
      this.#keep(key, { ...renewed, ms: exchange.ms });
      return { ...renewed, setCookies: exchange.setCookies, ms: exchange.ms };
    }
    if (exchange.status >= 200 && exchange.status < 300) this.#keep(key, exchange);
    return exchange;
  }

  #use(key: DocumentKey): Kept | undefined {
    const name = nameOf(key);
    const kept = this.#kept.get(name);
    if (!kept) return undefined;
    this.#kept.delete(name);
    this.#kept.set(name, kept);
    return kept;
  }

  #keep(key: DocumentKey, exchange: Received): void {
    const name = nameOf(key);
    this.#drop(name);
    const lifeMs = lifetimeMs(exchange);
    if (lifeMs === undefined) return;
    const bytes = exchange.body.byteLength + name.length;
    this.#kept.set(name, { exchange, freshUntil: this.#clock.now() + lifeMs, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= most.documents && this.#bytes <= most.bytes) return;
      this.#drop(oldest);
    }
  }

  #drop(name: string): void {
    this.#bytes -= this.#kept.get(name)?.bytes ?? 0;
    this.#kept.delete(name);
  }
}

const nameOf = ({ project, url, cookie = '' }: DocumentKey) => `${project}\n${url}\n${cookie}`;

/** For how long it may be used unasked; undefined when it must not be kept, or nothing would be gained. */
function lifetimeMs({ status, headers, setCookies }: Received): number | undefined {
  const control = (headers['cache-control'] ?? '').toLowerCase();
  if (status !== 200 || setCookies.length > 0 || /\bno-store\b/.test(control) || /\*|cookie/i.test(headers.vary ?? ''))
    return undefined;
  const seconds = /\bno-cache\b/.test(control) ? 0 : Number(/\bmax-age=(\d+)/.exec(control)?.[1] ?? 0);
  const validated = headers.etag !== undefined || headers['last-modified'] !== undefined;
  return seconds > 0 || validated ? seconds * 1000 : undefined;
}
