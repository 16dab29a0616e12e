import { type Phase, toFailure } from '../http/failure.ts';
import type { HttpExchange, HttpRequest } from '../http/transport.ts';
import type { Reply } from './answers.ts';

/** What reaches whoever asked, and after how many milliseconds. */
export interface Arrival {
  ms: number;
  exchange: HttpExchange;
}

/** What of a reply arrives within the limits of a request: says what real sockets would have made of it. */
export function arrivalOf(reply: Reply, request: HttpRequest): Arrival {
  const { afterMs, dripMs, body, broken } = reply;
  const { timeoutMs, maxBytes } = request;
  const connectMs = Math.min(request.connectMs ?? timeoutMs, timeoutMs);
  if (reply.unreachable) return late('to connect', 0, connectMs);
  if (broken && afterMs <= connectMs) return failing(afterMs, broken, 'to connect', 0, request);
  if (broken) return late('to connect', 0, connectMs);
  const readMs = Math.min(request.readMs ?? timeoutMs, timeoutMs);
  if (reply.silent || afterMs > readMs) return late('for headers', 0, readMs);
  const whole = reply.cut ? body.length >> 1 : Math.min(body.length, maxBytes + 1);
  const ms = afterMs + dripMs * whole;
  const head = { status: reply.status, headers: reply.headers };
  if (whole > 0 && dripMs > readMs && afterMs + readMs < timeoutMs)
    return withHead(late('for the body', 0, afterMs + readMs, readMs), head);
  if (ms > timeoutMs)
    return withHead(late('for the body', Math.floor((timeoutMs - afterMs) / dripMs), timeoutMs), head);
  if (reply.cut && body.length === 0) return failing(ms, closed, 'for headers', 0, request);
  if (reply.cut) return withHead(failing(ms, closed, 'for the body', whole, request), head);
  if (body.length > maxBytes) return withHead(tooLarge(ms, body.length, maxBytes), head);
  return { ms, exchange: { ok: true, ...head, setCookies: reply.setCookies, body, ms: Math.round(ms) } };
}

type Failed = Extract<HttpExchange, { ok: false }>;

const closed = { code: 'UND_ERR_SOCKET', message: 'other side closed' };

const failed = (ms: number, exchange: Omit<Failed, 'ok' | 'ms'>): Arrival & { exchange: Failed } => ({
  ms,
  exchange: { ok: false, ...exchange, ms: Math.round(ms) },
});

const withHead = (
  { ms, exchange }: Arrival & { exchange: Failed },
  head: Pick<Reply, 'status' | 'headers'>,
): Arrival => ({
  ms,
  exchange: { ...exchange, ...head },
});

const failing = (ms: number, error: NonNullable<Reply['broken']>, phase: Phase, bytes: number, { url }: HttpRequest) =>
  failed(ms, { ...toFailure(error, { url: new URL(url), phase, bytes }), bytes });

function late(phase: Phase, bytes: number, ms: number, waitedMs = ms) {
  const soFar = phase === 'for the body' ? ` (${bytes} bytes so far)` : '';
  return failed(ms, {
    code: 'HANDLER_TIMEOUT',
    reason: `timed out after ${waitedMs} ms waiting ${phase}${soFar}`,
    bytes,
  });
}

const tooLarge = (ms: number, bytes: number, maxBytes: number) =>
  failed(ms, { code: 'HANDLER_TOO_LARGE', reason: `the answer is larger than ${maxBytes} bytes`, bytes });
