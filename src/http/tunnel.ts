import type { Socket } from 'node:net';
import { buildConnector, Client } from 'undici';
import { CallflowError } from '../errors.ts';
import type { Connect, Connecting, ConnectOptions } from './connect.ts';
import { proxyName, type WebProxy } from './proxy.ts';

type Connector = (options: buildConnector.Options, done: buildConnector.Callback) => Socket;

/**
 * Makes connections that lead to a proxy: for https to a tunnel through it (RFC 9110 9.3.6), for http to itself. The
 * guard is not asked about its address: whoever configures a proxy wants to go there.
 */
export function createTunnel(proxy: WebProxy, { ca }: Pick<ConnectOptions, 'ca'>): Connect {
  const trust = { timeout: 0, ...(ca !== undefined && { ca: typeof ca === 'string' ? ca : [...ca] }) };
  // undici's type hides that its connector gives back the socket
  const toProxy = buildConnector(trust) as unknown as Connector;
  const toApplication = buildConnector(trust) as unknown as Connector;
  const { protocol, hostname, host, port } = proxy.url;
  const address = { protocol, hostname: hostname.replace(/^\[(.*)\]$/, '$1'), host, port };

  const tunnel = (options: buildConnector.Options, done: buildConnector.Callback): Connecting => {
    let socket: Socket | undefined;
    const client = new Client(proxy.url.origin, {
      headersTimeout: 0,
      connect: (_options, connected) => {
        socket = toProxy(address, connected);
      },
    });
    const authority = `${options.hostname.includes(':') ? `[${options.hostname}]` : options.hostname}:${options.port || 443}`;
    const headers = { host: authority, ...authorizationOf(proxy) };
    client.connect({ path: authority, headers }, (error, answer) => {
      void client.destroy();
      if (error) return done(unreached(proxy, error), null);
      const { statusCode } = answer;
      if (statusCode >= 200 && statusCode < 300)
        return toApplication({ ...options, httpSocket: answer.socket as Socket }, done);
      answer.socket.on('error', () => {}).destroy();
      return done(refusedBy(proxy, statusCode, `a connection to ${authority}`), null);
    });
    return {
      destroy: () => {
        socket?.destroy();
        void client.destroy();
      },
    };
  };

  return (options, done) =>
    options.protocol === 'https:'
      ? tunnel(options, done)
      : toProxy(address, (...[error, socket]) => (error ? done(unreached(proxy, error), null) : done(null, socket)));
}

/** What a proxy asks for, as a header. */
export const authorizationOf = ({ authorization }: WebProxy): Record<string, string> =>
  authorization === undefined ? {} : { 'proxy-authorization': authorization };

/** The proxy is there, and does not do what it is asked for. */
export function refusedBy(proxy: WebProxy, status: number, what: string): CallflowError {
  const why =
    status === 407
      ? proxy.authorization === undefined
        ? ': it asks for a name and a password'
        : ': it does not take the name and password of the configuration'
      : '';
  return new CallflowError('HANDLER_PROXY', `${proxyName(proxy)} refused ${what} with status ${status}${why}`);
}

function unreached(proxy: WebProxy, error: NodeJS.ErrnoException): CallflowError {
  const reason = error.code ?? error.message;
  return new CallflowError('HANDLER_PROXY', `${proxyName(proxy)} cannot be reached, or breaks off (${reason})`, {
    cause: error,
  });
}
