import type { Clock } from '../clock.ts';
import { type Failure, type Phase, toFailure } from './failure.ts';
import type { KnownUrl } from './known-url.ts';
import type { Connection, Pool, Traveller } from './pool.ts';
import type { HttpExchange, HttpRequest } from './transport.ts';
import { authorizationOf, refusedBy } from './tunnel.ts';

/**
 * One request on its way: what undici is told to send, and what it tells back. undici keeps no time for it; the clock
 * does.
 */
export class Exchange implements Traveller {
  readonly path: string;
  readonly method: HttpRequest['method'];
  readonly headers: HttpRequest['headers'];
  readonly body: string | Uint8Array | null;

  readonly #url: KnownUrl;
  readonly #request: HttpRequest;
  readonly #clock: Clock;
  readonly #pool: Pool;
  readonly #work = Promise.withResolvers<HttpExchange | undefined>();
  readonly #started: number;
  #timer: unknown;
  /** For what is being waited for now: a connection, or more of the answer. */
  #patience: unknown;
  #connection: Connection | undefined;
  #phase: Phase = 'for a free connection';
  #status: number | undefined;
  #headers: Readonly<Record<string, string>> = noHeaders;
  #setCookies: readonly string[] = [];
  #chunks: Uint8Array[] = [];
  #bytes = 0;
  #onUsedConnection = false;
  #answering = false;
  #repeated = false;
  #over = false;
  #aborted = false;

  constructor(url: KnownUrl, request: HttpRequest, clock: Clock, pool: Pool) {
    this.#url = url;
    this.#request = request;
    this.#clock = clock;
    this.#pool = pool;
    this.#started = clock.now();
    const { forwarder } = pool;
    // RFC 9112 3.2.2: who hands it on has to know where to
    this.path = forwarder ? url.origin + url.path : url.path;
    this.method = request.method;
    this.headers = forwarder ? { ...headersOf(url, request), ...authorizationOf(forwarder) } : headersOf(url, request);
    this.body = request.bytes ?? request.body ?? null;
  }

  begin(done: (exchange: HttpExchange) => void): void {
    const { timeoutMs } = this.#request;
    this.#clock.outside(this.#work.promise, timeoutMs, (settled) => {
      if (!this.#aborted && 'value' in settled && settled.value) done(settled.value);
    });
    this.#timer = this.#clock.setTimeout(() => this.#timeOut(timeoutMs), timeoutMs);
    this.#pool.take(this);
  }

  abort(): void {
    this.#aborted = true;
    this.#end(undefined);
  }

  board(connection: Connection): void {
    this.#connection = connection;
    this.#phase = 'to connect';
    connection.carry(this);
    // On a connection that is there already the request has begun.
    if (this.#phase === 'to connect') this.#waitAtMost(this.#request.connectMs);
  }

  turnAway(): void {
    this.#fail({ code: 'HANDLER_BROKEN', reason: 'callflow is closing its connections' });
  }

  onRequestStart(): void {
    this.#phase = 'for headers';
    this.#waitAtMost(this.#request.readMs);
    this.#onUsedConnection = this.#connection?.used ?? false;
    if (this.#connection) this.#connection.used = true;
  }

  onResponseStarted(): void {
    this.#answering = true;
  }

  onResponseStart(_controller: unknown, status: number, headers: object): void {
    if (status < 200) return;
    const { forwarder } = this.#pool;
    if (forwarder && status === 407) {
      this.#fail(toFailure(refusedBy(forwarder, status, 'the request'), this.#situation));
      return;
    }
    this.#phase = 'for the body';
    this.#waitAtMost(this.#request.readMs);
    this.#status = status;
    this.#keepHeaders(headers as Record<string, string | string[]>);
  }

  onResponseData(_controller: unknown, chunk: Uint8Array): void {
    if (this.#over) return;
    this.#waitAtMost(this.#request.readMs);
    this.#bytes += chunk.byteLength;
    this.#chunks.push(chunk);
    const { maxBytes } = this.#request;
    if (this.#bytes > maxBytes)
      this.#fail({ code: 'HANDLER_TOO_LARGE', reason: `the answer is larger than ${maxBytes} bytes` });
  }

  onResponseEnd(): void {
    const connection = this.#connection;
    this.#connection = undefined;
    const [first] = this.#chunks;
    this.#end({
      ok: true,
      status: this.#status ?? 0,
      headers: this.#headers,
      setCookies: this.#setCookies,
      body: this.#chunks.length === 1 ? first! : Buffer.concat(this.#chunks),
      ms: this.#clock.now() - this.#started,
    });
    if (connection) this.#pool.free(connection);
  }

  onResponseError(_controller: unknown, error: Error): void {
    if (this.#over) return;
    if (this.#connection && this.#mayRepeat(error)) this.#repeat(this.#connection);
    else this.#fail(toFailure(error, this.#situation));
  }

  get #situation() {
    return { url: this.#url.url, phase: this.#phase, bytes: this.#bytes };
  }

  /**
   * A kept connection that breaks before a single byte of the answer has most likely been closed by the far side before
   * the request reached it (RFC 9112 9.3.1). Once, and on a connection of its own, so that it cannot happen twice.
   */
  #mayRepeat(error: NodeJS.ErrnoException): boolean {
    const closed = error.code === 'UND_ERR_SOCKET' || error.code === 'ECONNRESET' || error.code === 'EPIPE';
    return closed && this.#onUsedConnection && !this.#answering && !this.#repeated;
  }

  #repeat(broken: Connection): void {
    this.#repeated = true;
    this.board(this.#pool.replace(broken));
  }

  #waitAtMost(ms: number | undefined): void {
    if (this.#patience !== undefined) this.#clock.clearTimeout(this.#patience);
    this.#patience = ms === undefined || this.#over ? undefined : this.#clock.setTimeout(() => this.#timeOut(ms), ms);
  }

  #timeOut(ms: number): void {
    const soFar = this.#phase === 'for the body' ? ` (${this.#bytes} bytes so far)` : '';
    const reason = `timed out after ${ms} ms waiting ${this.#phase}${soFar}`;
    this.#fail({ code: 'HANDLER_TIMEOUT', reason });
  }

  #fail({ code, reason }: Failure): void {
    this.#end({
      ok: false,
      code,
      reason,
      ...(this.#status !== undefined && { status: this.#status, headers: this.#headers }),
      bytes: this.#bytes,
      ms: this.#clock.now() - this.#started,
    });
  }

  #end(exchange: HttpExchange | undefined): void {
    if (this.#over) return;
    this.#over = true;
    this.#clock.clearTimeout(this.#timer);
    this.#clock.clearTimeout(this.#patience);
    this.#chunks = [];
    if (this.#connection) this.#pool.discard(this.#connection);
    else this.#pool.leave(this);
    this.#work.resolve(exchange);
  }

  #keepHeaders(headers: Readonly<Record<string, string | string[]>>): void {
    const kept: Record<string, string> = {};
    for (const name in headers) {
      const value = headers[name]!;
      if (name === 'set-cookie') this.#setCookies = typeof value === 'string' ? [value] : value;
      else kept[name] = typeof value === 'string' ? value : value.join(', ');
    }
    this.#headers = kept;
  }
}

const noHeaders: Readonly<Record<string, string>> = {};

function headersOf({ authorization }: KnownUrl, { headers }: HttpRequest): HttpRequest['headers'] {
  return authorization === undefined ? headers : { authorization, ...headers };
}
