/** A WebSocket server for tests: RFC 6455 as far as text frames need it. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

export interface Visitor {
  headers: IncomingMessage['headers'];
  url: string;
  /** What it has sent, parsed. */
  messages: Message[];
  send(message: object | string): void;
  close(): void;
  /** Cuts the connection. */
  cut(): void;
}

export type Message = Record<string, unknown> & { event: string };

export interface WebSocketServer {
  url: string;
  visitors: Visitor[];
  close(): Promise<void>;
}

/** @param on hears of each message of each visitor, and of its coming (no message) */
export async function webSocketServer(on: (visitor: Visitor, message?: Message) => void): Promise<WebSocketServer> {
  const visitors: Visitor[] = [];
  const sockets = new Set<Duplex>();
  const server = createServer((_request, response) => response.writeHead(404).end());
  server.on('upgrade', (request, socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    const accept = createHash('sha1')
      .update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      .digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    const visitor: Visitor = {
      headers: request.headers,
      url: request.url ?? '',
      messages: [],
      send: (message) => socket.write(frame(1, typeof message === 'string' ? message : JSON.stringify(message))),
      close: () => socket.end(frame(8, '\u0003\u00e8', 'latin1')),
      cut: () => socket.destroy(),
    };
    visitors.push(visitor);
    let buffered = Buffer.alloc(0);
    socket.on('data', (bytes: Buffer) => {
      buffered = Buffer.concat([buffered, bytes]);
      for (let read = unframe(buffered); read; read = unframe(buffered)) {
        buffered = buffered.subarray(read.length);
        if (read.opcode === 8) socket.end(frame(8, '\u0003\u00e8', 'latin1'));
        if (read.opcode !== 1) continue;
        const message = JSON.parse(read.text) as Message;
        visitor.messages.push(message);
        on(visitor, message);
      }
    });
    on(visitor);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/stream`,
    visitors,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}

function frame(opcode: number, text: string, encoding: BufferEncoding = 'utf8'): Buffer {
  const payload = Buffer.from(text, encoding);
  const head =
    payload.length < 126
      ? Buffer.from([0x80 | opcode, payload.length])
      : Buffer.from([0x80 | opcode, 126, payload.length >> 8, payload.length & 0xff]);
  return Buffer.concat([head, payload]);
}

function unframe(bytes: Buffer): { opcode: number; text: string; length: number } | undefined {
  if (bytes.length < 2) return undefined;
  const short = bytes[1]! & 0x7f;
  const headBytes = short === 126 ? 4 : 2;
  if (bytes.length < headBytes + 4) return undefined;
  const size = short === 126 ? bytes.readUInt16BE(2) : short;
  const length = headBytes + 4 + size;
  if (bytes.length < length) return undefined;
  const mask = bytes.subarray(headBytes, headBytes + 4);
  const payload = Buffer.from(bytes.subarray(headBytes + 4, length)).map((byte, n) => byte ^ mask[n % 4]!);
  return { opcode: bytes[0]! & 0x0f, text: Buffer.from(payload).toString(), length };
}
