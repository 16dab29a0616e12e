/** The customer's application: gives documents, and takes callbacks, the first time not all of them. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Documents } from './telephones.ts';

export interface Application extends AsyncDisposable {
  origin: string;
  /** Ids of the callbacks that have come, in the order in which they came first, and how many times each. */
  came: Map<string, number>;
  /** Ids of those that were taken. */
  taken: Set<string>;
  /** Hears of every request. */
  onRequest: () => void;
}

/** One in ten, always the same. */
const isRefusedAtFirst = (id: string) => Number.parseInt(id.slice(-2), 16) % 10 === 0;

export async function openApplication(documents: Documents): Promise<Application> {
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      application.onRequest();
      const document = documents[request.url ?? ''];
      if (document === undefined) response.writeHead(take(request.headers['x-callflow-delivery'])).end();
      else response.writeHead(200, { 'content-type': 'text/xml' }).end(document);
    });
  });
  const take = (id: string | string[] | undefined): number => {
    if (typeof id !== 'string') return 404;
    const before = application.came.get(id) ?? 0;
    application.came.set(id, before + 1);
    if (before === 0 && isRefusedAtFirst(id)) return 500;
    application.taken.add(id);
    return 200;
  };
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const application: Application = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    came: new Map(),
    taken: new Set(),
    onRequest: () => {},
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return application;
}
