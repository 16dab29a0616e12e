import { Client, type Dispatcher } from 'undici';
import type { Connect, Connecting } from './connect.ts';
import type { WebProxy } from './proxy.ts';

/** A request that travels on connections, and hears what becomes of it. */
export interface Traveller extends Dispatcher.DispatchOptions, Dispatcher.DispatchHandler {
  /** A connection is there: begin. */
  board(connection: Connection): void;
  /** There will be none. */
  turnAway(): void;
}

/** One connection to a host: carries one request at a time, again and again. */
export class Connection {
  /** It has carried somebody before: the far side may be about to close it. */
  used = false;
  readonly #client: Client;
  #connecting: Connecting | undefined;

  constructor(origin: string, connect: Connect, onClosed: (connection: Connection) => void) {
    this.#client = new Client(origin, {
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: (options, done) => {
        this.#connecting = connect(options, done);
      },
    });
    this.#client.on('connect', () => {
      this.#connecting = undefined;
      this.used = false;
    });
    this.#client.on('disconnect', () => onClosed(this));
  }

  carry(traveller: Traveller): void {
    this.#client.dispatch(traveller, traveller);
  }

  /** undici leaves alone a socket that is still connecting when it is told to close. */
  async destroy(): Promise<void> {
    this.#connecting?.destroy();
    await this.#client.destroy();
  }
}

export interface PoolOptions {
  connect: Connect;
  /** How many connections at once. */
  most: number;
  forwarder: WebProxy | undefined;
  onEmpty(): void;
}

/**
 * The connections to one host, at most so many; who finds none waits in turn. We do not use undici's pool: it never
 * again uses a connection whose request it could not spell, opens another one for a request that follows at once, and
 * cannot let a waiting request go.
 */
export class Pool {
  /** Who reads the requests and hands them on; undefined when nobody does, also where a tunnel leads through one. */
  readonly forwarder: WebProxy | undefined;
  readonly #make: () => Connection;
  readonly #most: number;
  readonly #onEmpty: () => void;
  readonly #connections = new Set<Connection>();
  readonly #idle: Connection[] = [];
  readonly #waiting = new Set<Traveller>();

  constructor(origin: string, { connect, most, forwarder, onEmpty }: PoolOptions) {
    this.forwarder = forwarder;
    this.#make = () => new Connection(origin, connect, (connection) => this.#closed(connection));
    this.#most = most;
    this.#onEmpty = onEmpty;
  }

  /** Takes a traveller on board, at once or when a connection is free. */
  take(traveller: Traveller): void {
    const connection = this.#idle.pop() ?? (this.#connections.size < this.#most ? this.#open() : undefined);
    if (connection) traveller.board(connection);
    else this.#waiting.add(traveller);
  }

  /** A traveller does not want to wait any longer. */
  leave(traveller: Traveller): void {
    this.#waiting.delete(traveller);
  }

  /** The traveller has arrived. */
  free(connection: Connection): void {
    if (!this.#serveNext(connection)) this.#idle.push(connection);
  }

  /** The connection is of no more use. */
  discard(connection: Connection): void {
    if (this.#waiting.size > 0) this.#serveNext(this.#open());
    this.#remove(connection);
  }

  /** Instead of a connection that broke, one that nobody has used. */
  replace(broken: Connection): Connection {
    const connection = this.#open();
    this.#remove(broken);
    return connection;
  }

  async destroy(): Promise<void> {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const traveller of waiting) traveller.turnAway();
    await Promise.all([...this.#connections].map((connection) => connection.destroy()));
  }

  #open(): Connection {
    const connection = this.#make();
    this.#connections.add(connection);
    return connection;
  }

  #remove(connection: Connection): void {
    if (!this.#connections.delete(connection)) return;
    void connection.destroy();
    if (this.#connections.size === 0) this.#onEmpty();
  }

  #serveNext(connection: Connection): boolean {
    for (const traveller of this.#waiting) {
      this.#waiting.delete(traveller);
      traveller.board(connection);
      return true;
    }
    return false;
  }

  /** Whoever travels hears of it himself; an idle connection only takes up room. */
  #closed(connection: Connection): void {
    const at = this.#idle.indexOf(connection);
    if (at === -1) return;
    this.#idle.splice(at, 1);
    this.#remove(connection);
  }
}
