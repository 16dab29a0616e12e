import type { Clock } from '../clock.ts';
import type { ErrorCode } from '../errors.ts';
import { type ConnectOptions, createConnect } from './connect.ts';
import { Exchange } from './exchange.ts';
import type { Guard } from './guard.ts';
import { type KnownUrl, knownUrl } from './known-url.ts';
import { Pool } from './pool.ts';
import { createProxy, type ProxyOptions } from './proxy.ts';
import type { HttpExchange, Transport } from './transport.ts';
import { createTunnel } from './tunnel.ts';

export interface UndiciTransportOptions extends ConnectOptions {
  clock: Clock;
  /** How many connections one host gets at most; further requests to it wait their turn. */
  connections?: number;
  /** Through whom requests go. What it does with a host name, the guard does not see. */
  proxy?: ProxyOptions;
}

export interface UndiciTransport extends Transport {
  /** Closes every connection; what is under way fails. */
  close(): Promise<void>;
}

/** HTTP over real sockets, with connections that are kept, deadlines by the clock, and the guard on every address. */
export function undiciTransport(options: UndiciTransportOptions): UndiciTransport {
  const { clock, guard, connections = 128 } = options;
  const directly = createConnect(options);
  const proxy = options.proxy && createProxy(options.proxy);
  const throughProxy = proxy && createTunnel(proxy, options);
  const pools = new Map<string, Pool>();

  const open = ({ origin, url: { hostname, protocol } }: KnownUrl): Pool => {
    const proxied = proxy?.covers(hostname);
    const pool = new Pool(origin, {
      connect: (proxied && throughProxy) || directly,
      most: connections,
      forwarder: proxied && protocol === 'http:' ? proxy : undefined,
      onEmpty: () => pools.delete(origin),
    });
    pools.set(origin, pool);
    return pool;
  };

  return {
    send: (request, done) => {
      const url = knownUrl(request.url);
      const pool = url && pools.get(url.origin);
      // The guard has let the origin pass for which there is a pool.
      const refused = pool ? undefined : refusal(url?.url, request.url, guard);
      if (url && !refused) {
        const exchange = new Exchange(url, request, clock, pool ?? open(url));
        exchange.begin(done);
        return exchange;
      }
      let aborted = false;
      clock.outside(Promise.resolve(refused), request.timeoutMs, () => {
        if (!aborted && refused) done(refused);
      });
      return {
        abort: () => {
          aborted = true;
        },
      };
    },
    close: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.destroy()));
    },
  };
}

function refusal(url: URL | undefined, written: string, guard: Guard): HttpExchange | undefined {
  if (!url) return unsent('URL_NOT_VALID', `"${written}" is not a URL`);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return unsent('URL_SCHEME', `${url.protocol} is not http: or https:`);
  const reason = guard.refusal(url.hostname);
  return reason === undefined ? undefined : unsent('URL_NOT_ALLOWED', reason);
}

const unsent = (code: ErrorCode, reason: string): HttpExchange => ({ ok: false, code, reason, bytes: 0, ms: 0 });
