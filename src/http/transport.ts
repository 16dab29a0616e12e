import type { ErrorCode } from '../errors.ts';

export interface HttpRequest {
  method: 'GET' | 'POST';
  /** Absolute, http or https. */
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
  /** Reading stops once the body is longer: HANDLER_TOO_LARGE. */
  maxBytes: number;
  /** For the whole exchange. */
  timeoutMs: number;
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
