import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { CallflowError } from '../errors.ts';

export interface TlsOptions {
  host: string;
  port: number;
  /** In PEM. */
  cert: string;
  key: string;
}

/** The same server behind TLS, at a port of its own. */
export interface Secure {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves over HTTPS what a server serves over HTTP. */
export async function listenTls(web: FastifyInstance, { host, port, cert, key }: TlsOptions): Promise<Secure> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  try {
    const server = createServer({ cert, key, requestTimeout: 60_000 }, (request, response) =>
      web.routing(request, response),
    );
    server.once('error', reject);
    server.listen(port, host, resolve);
    await promise;
    const { address, port: found } = server.address() as AddressInfo;
    return {
      url: `https://${address.includes(':') ? `[${address}]` : address}:${found}`,
      close: () =>
        new Promise((done) => {
          server.close(() => done());
          server.closeIdleConnections();
        }),
    };
  } catch (cause) {
    const message = `cannot listen with TLS at ${host}:${port}: ${(cause as Error).message}`;
    throw new CallflowError('SERVER_PORT', message, { cause });
  }
}
