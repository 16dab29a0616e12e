import type { HttpRequest } from '../http/transport.ts';

/** A request that was made in a flow, and what came of it. */
export interface FlowExchange {
  for: 'handler' | 'audio' | 'callback';
  /** Milliseconds after the beginning of the flow. */
  at: number;
  method: 'GET' | 'POST' | 'PUT';
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  /** The body read as JSON; undefined when it is none. */
  readonly json: unknown;
  status?: number;
}

export const exchangeOf = (who: FlowExchange['for'], at: number, request: HttpRequest): FlowExchange =>
  new Exchanged(who, at, request);

/** A class, because V8 keeps whatever the getter of an object literal can see until the next full collection. */
class Exchanged implements FlowExchange {
  readonly for: FlowExchange['for'];
  readonly at: number;
  readonly method: FlowExchange['method'];
  readonly url: string;
  readonly headers: FlowExchange['headers'];
  readonly body: string;
  declare status?: number;

  constructor(who: FlowExchange['for'], at: number, { method, url, headers, body = '' }: HttpRequest) {
    this.for = who;
    this.at = at;
    this.method = method;
    this.url = url;
    this.headers = headers;
    this.body = body;
  }

  get json(): unknown {
    return readJson(this.body);
  }
}

export function readJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
