import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import net, { type AddressInfo, type Socket } from 'node:net';

export interface Heard {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

export interface FarSide {
  origin: string;
  port: number;
  heard: Heard[];
  /** How many connections are open at this moment. */
  open(): number;
  /** How many connections were ever made. */
  made(): number;
  /** Resolves once no connection is open. */
  quiet(): Promise<void>;
  close(): Promise<void>;
}

export type Page = (heard: Heard, response: ServerResponse) => void;

/** An HTTP application on 127.0.0.1 whose pages are functions; the query is not part of a page's name. */
export async function application(pages: Readonly<Record<string, Page>>, keepAliveMs = 5_000): Promise<FarSide> {
  const heard: Heard[] = [];
  const server = http.createServer({ keepAliveTimeout: keepAliveMs }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const one = { method, url, headers, body: Buffer.concat(chunks).toString() };
      heard.push(one);
      const page = pages[url.split('?')[0]!];
      if (page) page(one, response);
      else response.writeHead(404).end('no such page');
    });
  });
  return listening(server, heard);
}

/** A TCP server on 127.0.0.1 that does to a connection whatever it is told once the first bytes have come. */
export function wire(onBytes: (socket: Socket, bytes: Buffer) => void): Promise<FarSide> {
  const server = net.createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (bytes) => onBytes(socket, bytes));
  });
  return listening(server, []);
}

/** A port of 127.0.0.1 on which nothing listens. */
export async function deadPort(): Promise<number> {
  const { port, close } = await wire(() => {});
  await close();
  return port;
}

async function listening(server: net.Server, heard: Heard[]): Promise<FarSide> {
  const sockets = new Set<Socket>();
  let made = 0;
  let onQuiet: (() => void) | undefined;
  server.on('connection', (socket) => {
    made++;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => {
      sockets.delete(socket);
      if (sockets.size === 0) onQuiet?.();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    heard,
    open: () => sockets.size,
    made: () => made,
    quiet: () =>
      new Promise((done) => {
        if (sockets.size === 0) done();
        onQuiet = done;
      }),
    close: async () => {
      const closed = new Promise((done) => server.close(done));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
