import type { HttpRequest } from '../http/transport.ts';

/** A request that was made in a flow, and what came of it. */
export interface FlowExchange {
  for: 'handler' | 'audio' | 'callback';
  /** Milliseconds after the beginning of the flow. */
  at: number;
  method: 'GET' | 'POST';
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  /** The body read as JSON; undefined when it is none. */
  readonly json: unknown;
  status?: number;
}

export function exchangeOf(
  who: FlowExchange['for'],
  at: number,
  { method, url, headers, body = '' }: HttpRequest,
): FlowExchange {
  return {
    for: who,
    at,
    method,
    url,
    headers,
    body,
    get json() {
      return readJson(body);
    },
  };
}

export function readJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
