/** What a client writes to its server, byte by byte, on the way there. */
import { connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** Something between a client and a server that keeps every request as it is written; one for each connection. */
export async function overheard(server: string): Promise<{ url: string; requests: () => string[] }> {
  const { port, hostname } = new URL(server);
  const heard: Buffer[][] = [];
  const sockets = new Set<Socket>();
  const between = createServer((client) => {
    const said: Buffer[] = [];
    heard.push(said);
    const onward = connect(Number(port), hostname);
    for (const socket of [client, onward]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
    }
    client.on('data', (bytes) => void said.push(bytes));
    client.pipe(onward).pipe(client);
  });
  await new Promise<void>((resolve) => between.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    between.close();
  });
  const address = between.address() as { port: number };
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests: () => heard.map((said) => Buffer.concat(said).toString()),
  };
}

export interface Written {
  /** Method and path. */
  line: string;
  headers: Record<string, string>;
  body: string;
}

export function readRequest(text: string): Written {
  const [head = '', body = ''] = text.split('\r\n\r\n');
  const [line = '', ...headers] = head.split('\r\n');
  return {
    line: line.replace(/ HTTP\/1\.1$/, ''),
    headers: Object.fromEntries(
      headers.map((header) => [header.slice(0, header.indexOf(':')).toLowerCase(), header.replace(/^[^:]*: */, '')]),
    ),
    body,
  };
}
