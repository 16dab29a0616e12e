import type { Clock } from '../clock.ts';
import type { ErrorCode } from '../errors.ts';
import { beginningOf } from '../http/beginning.ts';
import { seenUrl } from '../http/seen-url.ts';
import type { HttpExchange, HttpRequest, Transport } from '../http/transport.ts';
import { userAgent } from '../http/user-agent.ts';
import type { Attempt } from '../journal/journal.ts';
import type { Delivery } from '../store/store.ts';
import type { Vendor } from '../vendors/index.ts';

export interface AttemptOptions {
  clock: Clock;
  transport: Transport;
  delivery: Delivery;
  vendor: Vendor;
  signingKey: Uint8Array;
  url: string;
  /** An exchange is over: the last one, unless it says where it redirected us. */
  exchanged(attempt: Attempt): void;
}

/** What an exchange means for the callback. */
type Verdict =
  | { type: 'delivered' }
  | { type: 'redirected'; to: string; toGet: boolean }
  | { type: 'failed'; code: ErrorCode; reason: string };

/** The body of an answer is ignored: no more of it is read than somebody may want to see. */
const maxBytes = 64 * 1024;
const shownBytes = 1024;

/** Tries once to deliver a callback: sends it, and again wherever a redirect leads, signed for each place. */
export function attemptDelivery(options: AttemptOptions): { abort(): void } {
  const { clock, transport, delivery, vendor, signingKey } = options;
  const { connectMs, readMs, totalMs = vendor.attemptTimeoutMs } = vendor.timeoutsOf?.(options.url) ?? noLimits;
  const deadline = clock.now() + totalMs;
  let hops = 0;
  let aborted = false;
  let sending: { abort(): void };

  const send = (configured: string, method: HttpRequest['method']) => {
    const url = withoutFragment(configured);
    const body = method === 'GET' ? '' : delivery.body;
    const { event, contentType } = delivery;
    const headers = vendor.headers({ event, contentType, body }, signingKey, url);
    headers['user-agent'] = userAgent;
    headers['x-callflow-delivery'] = delivery.id;
    const request: HttpRequest = { method, url, headers, maxBytes, timeoutMs: Math.max(deadline - clock.now(), 1) };
    if (method === 'POST') request.body = body;
    if (connectMs !== undefined) request.connectMs = connectMs;
    if (readMs !== undefined) request.readMs = readMs;
    sending = transport.send(request, (exchange) => {
      const verdict = judge(exchange, url, hops, vendor);
      options.exchanged(toAttempt(request, exchange, verdict));
      if (verdict.type !== 'redirected' || aborted) return;
      hops++;
      if (verdict.toGet && method === 'POST') send(withForm(verdict.to, delivery), 'GET');
      else send(verdict.to, method);
    });
  };
  send(options.url, delivery.method ?? 'POST');
  return {
    abort: () => {
      aborted = true;
      sending.abort();
    },
  };
}

const noLimits: ReturnType<NonNullable<Vendor['timeoutsOf']>> = {};

function withoutFragment(url: string): string {
  const at = url.indexOf('#');
  return at === -1 ? url : url.slice(0, at);
}

/** What a POST said as a form goes along when the new place is to be asked by GET. */
function withForm(to: string, { contentType, body }: Delivery): string {
  if (!contentType.startsWith('application/x-www-form-urlencoded')) return to;
  const url = new URL(to);
  url.search += `${url.search === '' ? '?' : '&'}${body}`;
  return url.href;
}

/** Once there is a status, nothing that went wrong later matters: the body is ignored. */
function judge(exchange: HttpExchange, url: string, hops: number, vendor: Vendor): Verdict {
  const { status } = exchange;
  if (status === undefined)
    return exchange.ok ? { type: 'delivered' } : { type: 'failed', code: exchange.code, reason: exchange.reason };
  if (status >= 200 && status < 300) return { type: 'delivered' };
  if (status < 300 || status > 399) return { type: 'failed', code: 'HANDLER_STATUS', reason: `status ${status}` };
  const toGet = vendor.redirectStatusesToGet?.includes(status) ?? false;
  if (!toGet && !vendor.redirectStatuses.includes(status))
    return notFollowed(`status ${status} cannot repeat the request`);
  const location = exchange.headers?.location;
  const to = location === undefined ? undefined : URL.parse(location, url)?.href;
  if (to === undefined) return notFollowed(`status ${status} without a Location that is a URL`);
  return hops < vendor.maxRedirects ? { type: 'redirected', to, toGet } : notFollowed(`more than ${hops} redirects`);
}

const notFollowed = (reason: string): Verdict => ({ type: 'failed', code: 'HANDLER_REDIRECTS', reason });

function toAttempt(request: HttpRequest, exchange: HttpExchange, verdict: Verdict): Attempt {
  const attempt: Attempt = {
    url: seenUrl(request.url),
    method: request.method,
    bytes: exchange.ok ? exchange.body.length : exchange.bytes,
    ms: exchange.ms,
    requestHeaders: request.headers,
    requestBody: request.body ?? '',
    responseHeaders: exchange.headers ?? noHeaders,
    responseBody: exchange.ok ? beginningOf(exchange.body, shownBytes) : '',
  };
  if (exchange.status !== undefined) attempt.status = exchange.status;
  if (verdict.type === 'redirected') attempt.redirectedTo = seenUrl(verdict.to);
  if (verdict.type === 'failed') {
    attempt.code = verdict.code;
    attempt.reason = verdict.reason;
  }
  return attempt;
}

const noHeaders: Readonly<Record<string, string>> = {};
