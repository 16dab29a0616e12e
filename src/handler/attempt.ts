import type { SpelledRequest } from '../dialects/dialect.ts';
import { beginningOf } from '../http/beginning.ts';
import type { KnownUrl } from '../http/known-url.ts';
import { withoutCredentials } from '../http/seen-url.ts';
import type { HttpExchange } from '../http/transport.ts';
import type { Attempt } from '../journal/journal.ts';
import type { HandlerUrl } from '../verbs/verb.ts';
import type { Failure, Verdict } from './verdict.ts';

/** How much of an answer's body the journal keeps. */
const keptBytes = 16 * 1024;

/** One exchange as the journal keeps it: with everything a developer wants to see, without credentials. */
export function toAttempt(
  { url: target, method }: HandlerUrl,
  { url = target, headers, body = '' }: SpelledRequest,
  exchange: HttpExchange,
  verdict: Verdict,
  /** What it comes to: the document that is kept, when the answer is that it is still right. */
  meant: HttpExchange = exchange,
): Attempt {
  const { status, ms } = exchange;
  // Filled in the order in which it is shown: copying parts of it costs more than all the rest.
  const attempt = { url, method } as Attempt;
  if (status !== undefined) attempt.status = status;
  attempt.bytes = exchange.ok ? exchange.body.byteLength : exchange.bytes;
  attempt.ms = ms;
  if (verdict.type !== 'program') Object.assign(attempt, failureOf(verdict));
  attempt.requestHeaders = withoutAuthorization(headers);
  attempt.requestBody = body;
  attempt.responseHeaders = responseHeadersOf(exchange);
  attempt.responseBody = meant.ok ? beginningOf(meant.body, keptBytes) : '';
  return attempt;
}

const failureOf = (verdict: Exclude<Verdict, { type: 'program' }>): Partial<Attempt> =>
  verdict.type === 'failed'
    ? { code: verdict.code, reason: verdict.reason }
    : { redirectedTo: withoutCredentials(verdict.to) };

/** A URL that was not even tried. */
export const toSkipped = ({ url, method }: HandlerUrl, { code, reason }: Failure): Attempt => ({
  url,
  method,
  bytes: 0,
  ms: 0,
  code,
  reason,
  requestHeaders: {},
  requestBody: '',
  responseHeaders: {},
  responseBody: '',
});

/** Another URL with the name and password of this one. */
export function withCredentialsOf({ authorization, url: { username, password } }: KnownUrl, url: string): string {
  if (authorization === undefined) return url;
  const told = new URL(url);
  told.username = username;
  told.password = password;
  return told.href;
}

function withoutAuthorization(headers: SpelledRequest['headers']): SpelledRequest['headers'] {
  if (!('authorization' in headers)) return headers;
  const { authorization: _, ...rest } = headers;
  return rest;
}

function responseHeadersOf(exchange: HttpExchange): Attempt['responseHeaders'] {
  if (!exchange.ok) return exchange.headers ?? {};
  if (exchange.setCookies.length === 0) return exchange.headers;
  return { ...exchange.headers, 'set-cookie': exchange.setCookies.join(', ') };
}
