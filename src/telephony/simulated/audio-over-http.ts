import type { Clock } from '../../clock.ts';
import type { HttpExchange, Transport } from '../../http/transport.ts';
import { audioMs } from './audio-header.ts';
import type { AudioLength, AudioLengths } from './audio-lengths.ts';

const mostRedirects = 5;
const rememberedMs = 60_000;
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

export interface AudioOverHttpOptions {
  transport: Transport;
  /** Of one file. */
  maxBytes?: number;
  /** Of one exchange. */
  timeoutMs?: number;
  /** How many lengths are remembered. */
  maxFiles?: number;
  /** With a clock a length is remembered for a minute: somebody may be working on the file. */
  clock?: Clock;
}

interface Known {
  ms: number;
  since: number;
}

interface Fetch {
  waiting: Set<(length: AudioLength) => void>;
  exchange: { abort(): void };
}

/** Lengths of audio files by their own header, fetched with GET. Each URL is fetched once, until it is forgotten. */
export function audioOverHttp(options: AudioOverHttpOptions): AudioLengths {
  const { maxFiles = 1_000, clock } = options;
  const known = new Map<string, Known>();
  const fetches = new Map<string, Fetch>();

  const settle = (url: string, length: AudioLength) => {
    const waiting = fetches.get(url)?.waiting ?? [];
    fetches.delete(url);
    if ('ms' in length) remember(known, url, { ...length, since: clock?.now() ?? 0 }, maxFiles);
    for (const done of waiting) done(length);
  };

  const begin = (url: string): Fetch => {
    const fetch: Fetch = { waiting: new Set(), exchange: { abort: () => {} } };
    fetches.set(url, fetch);
    follow(options, url, mostRedirects, fetch, (length) => settle(url, length));
    return fetch;
  };

  return {
    lengthOf: (url, done) => {
      const length = known.get(url);
      if (length && (clock?.now() ?? 0) - length.since < rememberedMs) {
        remember(known, url, length, maxFiles);
        done({ ms: length.ms });
        return { abort: () => {} };
      }
      const fetch = fetches.get(url) ?? begin(url);
      const waiter = (length: AudioLength) => done(length);
      fetch.waiting.add(waiter);
      return {
        abort: () => {
          if (!fetch.waiting.delete(waiter) || fetch.waiting.size > 0 || fetches.get(url) !== fetch) return;
          fetches.delete(url);
          fetch.exchange.abort();
        },
      };
    },
  };
}

/** What was asked for last is forgotten last. */
function remember(known: Map<string, Known>, url: string, length: Known, most: number): void {
  known.delete(url);
  known.set(url, length);
  if (known.size > most) known.delete(known.keys().next().value ?? '');
}

function follow(
  options: AudioOverHttpOptions,
  url: string,
  hops: number,
  fetch: Fetch,
  done: (length: AudioLength) => void,
): void {
  const { transport, maxBytes = 32_000_000, timeoutMs = 10_000 } = options;
  const headers = { accept: 'audio/wav, audio/x-wav, audio/mpeg, audio/*;q=0.5' };
  fetch.exchange = transport.send({ method: 'GET', url, headers, maxBytes, timeoutMs }, (exchange) => {
    const location = exchange.ok && redirects.has(exchange.status) ? exchange.headers.location : undefined;
    if (location === undefined) return done(lengthIn(exchange));
    const next = URL.parse(location, url);
    if (!next || hops === 0)
      return done(unavailable(next ? `more than ${mostRedirects} redirects` : `a redirect to ${location}`));
    return follow(options, next.href, hops - 1, fetch, done);
  });
}

const unavailable = (reason: string): AudioLength => ({ code: 'AUDIO_NOT_AVAILABLE', reason });

function lengthIn(exchange: HttpExchange): AudioLength {
  if (!exchange.ok) {
    const { code, reason } = exchange;
    return code === 'URL_NOT_ALLOWED' ? { code, reason } : unavailable(`${code}: ${reason}`);
  }
  if (exchange.status < 200 || exchange.status > 299) return unavailable(`the status was ${exchange.status}`);
  const length = audioMs(exchange.body, exchange.headers['content-type']);
  return 'ms' in length ? length : { code: 'AUDIO_NOT_UNDERSTOOD', reason: length.problem };
}
