import type { ErrorCode } from '../errors.ts';

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT';
  /** Absolute, http or https. */
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
  /** A body that is no text. */
  bytes?: Uint8Array;
  /** Reading stops once the body is longer: HANDLER_TOO_LARGE. */
  maxBytes: number;
  /** For the whole exchange. */
  timeoutMs: number;
  /** Until there is a connection, once one is being made; no narrower limit unless given. */
  connectMs?: number;
  /** Until the first byte of the answer, and between one piece of it and the next; no narrower limit unless given. */
  readMs?: number;
}

export type HttpExchange =
  | {
      ok: true;
      status: number;
      headers: Readonly<Record<string, string>>;
      setCookies: readonly string[];
      body: Uint8Array;
      ms: number;
    }
  | {
      ok: false;
      code: ErrorCode;
      reason: string;
      status?: number;
      headers?: Readonly<Record<string, string>>;
      bytes: number;
      ms: number;
    };

/**
 * One HTTP exchange, redirects not followed. Laws: `done` is called exactly once, unless aborted, never from within
 * `send`, and within `timeoutMs` of the clock; what failed is an exchange that says so, never an exception.
 */
export interface Transport {
  send(request: HttpRequest, done: (exchange: HttpExchange) => void): { abort(): void };
}
