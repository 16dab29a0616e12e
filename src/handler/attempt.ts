import type { SpelledRequest } from '../dialects/dialect.ts';
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
  return {
    url,
    method,
    ...(status !== undefined && { status }),
    bytes: exchange.ok ? exchange.body.byteLength : exchange.bytes,
    ms,
    ...(verdict.type === 'failed' && { code: verdict.code, reason: verdict.reason }),
    ...(verdict.type === 'redirected' && { redirectedTo: withoutCredentials(verdict.to) }),
    requestHeaders: withoutAuthorization(headers),
    requestBody: body,
    responseHeaders: responseHeadersOf(exchange),
    responseBody: meant.ok ? beginningOf(meant.body) : '',
  };
}

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
export function withCredentialsOf({ username, password }: URL, url: string): string {
  if (!username && !password) return url;
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

const beginningOf = ({ buffer, byteOffset, byteLength }: Uint8Array) =>
  Buffer.from(buffer, byteOffset, Math.min(byteLength, keptBytes)).toString();
