import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo, type Socket } from 'node:net';

export interface ProxyOrder {
  /** `name:password` that it asks for. */
  credentials?: string;
  /** Key and certificate, for a proxy that is spoken to by TLS. */
  pem?: string;
  /** Hosts to which it leads nobody. */
  refuses?: readonly string[];
  /** It takes connections, and says nothing. */
  silent?: boolean;
}

/** A web proxy on 127.0.0.1 for which every name is this machine. */
export async function webProxy({ credentials, pem, refuses = [], silent }: ProxyOrder = {}) {
  /** What it was asked, such as `CONNECT app.example:443`. */
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const wanted = credentials && `Basic ${Buffer.from(credentials).toString('base64')}`;
  const refusal = (headers: http.IncomingHttpHeaders, host: string): number | undefined => {
    if (wanted && headers['proxy-authorization'] !== wanted) return 407;
    return refuses.includes(host) ? 403 : undefined;
  };

  const forward: http.RequestListener = (request, response) => {
    const { method = '', url = '', headers } = request;
    asked.push(`${method} ${url}`);
    const { port, pathname, search, hostname } = new URL(url);
    const status = refusal(headers, hostname);
    if (status) return void response.writeHead(status).end('the proxy says no');
    const { 'proxy-authorization': _, ...rest } = headers;
    const path = pathname + search;
    const onwards = http.request({ host: '127.0.0.1', port, path, method, headers: rest }, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(response);
    });
    request.pipe(onwards);
  };
  const server = pem ? https.createServer({ key: pem, cert: pem }, forward) : http.createServer(forward);
  if (silent) server.removeAllListeners('request');
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).once('close', () => sockets.delete(socket));
  });
  server.on('connect', ({ url = '', headers }, socket, head) => {
    asked.push(`CONNECT ${url}`);
    if (silent) return void socket.on('end', () => socket.end()).resume();
    const { port, hostname } = new URL(`http://${url}`);
    const status = refusal(headers, hostname);
    if (status) return void socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 2\r\n\r\nno`);
    const onwards = net.connect(Number(port || 80), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onwards.write(head);
      socket.pipe(onwards).pipe(socket);
    });
    sockets.add(onwards);
    onwards.on('error', () => socket.destroy()).once('close', () => sockets.delete(onwards));
    socket.on('error', () => onwards.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    asked,
    open: () => sockets.size,
    close: async () => {
      const closed = new Promise((done) => server.close(done));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
