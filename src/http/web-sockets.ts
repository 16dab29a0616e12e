import type { Socket } from 'node:net';
import { Client, type ErrorEvent, type MessageEvent, WebSocket } from 'undici';
import type { Clock } from '../clock.ts';
import { CallflowError, type ErrorCode } from '../errors.ts';
import { rangeOf } from './address.ts';
import { type Connect, type Connecting, type ConnectOptions, createConnect } from './connect.ts';
import { type Failure, toFailure } from './failure.ts';
import { createProxy, type ProxyOptions } from './proxy.ts';
import { createTunnel } from './tunnel.ts';

export interface WebSocketRequest {
  url: string;
  headers: Readonly<Record<string, string>>;
}

export interface WebSocketListener {
  opened(): void;
  text(frame: string): void;
  /** Once, and nothing after it. Without a failure the server has closed it. */
  closed(failure?: { code: ErrorCode; reason: string }): void;
}

export interface OpenWebSocket {
  /** Bytes that wait to be sent. */
  readonly waiting: number;
  send(frame: string): void;
  /** The listener hears nothing any more. */
  close(): void;
}

export interface WebSockets {
  /** A listener is never called from within `open`, `send` or `close`. */
  open(request: WebSocketRequest, listener: WebSocketListener): OpenWebSocket;
  /** Breaks off whatever is open. */
  close(): Promise<void>;
}

export interface WebSocketOptions extends ConnectOptions {
  clock: Clock;
  proxy?: ProxyOptions;
  /** Until a WebSocket is open. */
  timeoutMs?: number;
  /** Of one message. */
  maxBytes?: number;
}

/** How long a server may take to close what we have closed. */
const closingMs = 2_000;

/** WebSockets over real sockets: the guard judges every address, deadlines are the clock's. */
export function createWebSockets(options: WebSocketOptions): WebSockets {
  const { clock, guard, timeoutMs = 10_000, maxBytes = 1024 * 1024 } = options;
  const directly = createConnect(options);
  const proxy = options.proxy && createProxy(options.proxy);
  const throughProxy = proxy && createTunnel(proxy, options);
  const open = new Set<Conversation>();

  return {
    open: (request, listener) => {
      const url = URL.parse(request.url);
      const refused = refusalOf(url, request.url, (host) => guard.refusal(host));
      const isProxied = url && proxy?.covers(url.hostname);
      const connect = (isProxied && throughProxy) || (url?.protocol === 'ws:' ? onlyNearby(directly) : directly);
      const parts = { clock, connect, timeoutMs, maxBytes, over: (one: Conversation) => open.delete(one) };
      const conversation = new Conversation(parts, listener);
      open.add(conversation);
      if (url && !refused) conversation.begin(url, request);
      else conversation.refuse(refused ?? { code: 'URL_NOT_VALID', reason: request.url });
      return conversation;
    },
    close: async () => {
      await Promise.all([...open].map((conversation) => conversation.destroy()));
    },
  };
}

function refusalOf(
  url: URL | null,
  written: string,
  refusal: (host: string) => string | undefined,
): Failure | undefined {
  if (!url) return { code: 'URL_NOT_VALID', reason: `"${written}" is not a URL` };
  if (url.protocol !== 'wss:' && url.protocol !== 'ws:')
    return { code: 'URL_SCHEME', reason: `${url.protocol} is not wss:` };
  const reason = refusal(url.hostname);
  return reason === undefined ? undefined : { code: 'URL_NOT_ALLOWED', reason };
}

/** Without encryption only to what the guard allows beside public addresses: nobody else is on the way there. */
function onlyNearby(connect: Connect): Connect {
  return (options, done) =>
    connect(options, (...[error, socket]) => {
      if (error) return done(error, null);
      if (rangeOf((socket as Socket).remoteAddress ?? '').range !== 'public') return done(null, socket);
      socket.destroy();
      return done(
        new CallflowError('URL_SCHEME', `ws: is not taken to the public internet: use wss: for ${options.hostname}`),
        null,
      );
    });
}

interface Parts {
  clock: Clock;
  connect: Connect;
  timeoutMs: number;
  maxBytes: number;
  over(conversation: Conversation): void;
}

/** One WebSocket on a connection of its own. */
class Conversation implements OpenWebSocket {
  readonly #parts: Parts;
  #listener: WebSocketListener | undefined;
  #client: Client | undefined;
  #connecting: Connecting | undefined;
  #socket: WebSocket | undefined;
  #timer: unknown;
  #isOpen = false;
  /** Why no connection came about. */
  #failure: Failure | undefined;

  constructor(parts: Parts, listener: WebSocketListener) {
    this.#parts = parts;
    this.#listener = listener;
  }

  get waiting(): number {
    return this.#socket?.bufferedAmount ?? 0;
  }

  refuse(failure: Failure): void {
    this.#timer = this.#parts.clock.setTimeout(() => this.#over(failure), 0);
  }

  begin(url: URL, { headers }: WebSocketRequest): void {
    const { clock, connect, timeoutMs, maxBytes } = this.#parts;
    const http = new URL(url.href.replace(/^ws/, 'http'));
    this.#client = new Client(http.origin, {
      headersTimeout: 0,
      bodyTimeout: 0,
      webSocket: { maxPayloadSize: maxBytes },
      connect: (options, done) => {
        this.#connecting = connect(options, (...[error, socket]) => {
          if (error) this.#failure = toFailure(error, { url: http, phase: 'to connect', bytes: 0 });
          // undici's type has one form for each outcome
          done(...([error, socket] as Parameters<typeof done>));
        });
      },
    });
    this.#timer = clock.setTimeout(
      () => this.#over({ code: 'HANDLER_TIMEOUT', reason: `no WebSocket within ${timeoutMs / 1000} s` }),
      timeoutMs,
    );
    const socket = new WebSocket(url, { headers, dispatcher: this.#client });
    this.#socket = socket;
    socket.onopen = () => {
      this.#isOpen = true;
      clock.clearTimeout(this.#timer);
      this.#listener?.opened();
    };
    socket.onmessage = ({ data }: MessageEvent) => {
      if (typeof data === 'string') this.#listener?.text(data);
    };
    socket.onerror = ({ message }: ErrorEvent) => this.#over(this.#failureOf(message));
    socket.onclose = ({ code, wasClean }) =>
      this.#over(wasClean || code === 1000 ? undefined : this.#failureOf(`it ended with code ${code}`));
  }

  send(frame: string): void {
    if (this.#isOpen && this.#listener) this.#socket?.send(frame);
  }

  close(): void {
    this.#listener = undefined;
    const { clock } = this.#parts;
    clock.clearTimeout(this.#timer);
    if (!this.#isOpen) return void this.destroy();
    this.#socket?.close(1000);
    this.#timer = clock.setTimeout(() => void this.destroy(), closingMs);
  }

  async destroy(): Promise<void> {
    this.#parts.clock.clearTimeout(this.#timer);
    this.#parts.over(this);
    this.#listener = undefined;
    this.#connecting?.destroy();
    await this.#client?.destroy();
  }

  #over(failure?: Failure): void {
    const listener = this.#listener;
    void this.destroy();
    if (listener) listener.closed(...(failure ? [failure] : []));
  }

  #failureOf(message: string): Failure {
    if (this.#failure) return this.#failure;
    if (this.#isOpen) return { code: 'STREAM_BROKEN', reason: `the connection broke: ${message}` };
    return { code: 'STREAM_REFUSED', reason: `no WebSocket there: ${message}` };
  }
}
