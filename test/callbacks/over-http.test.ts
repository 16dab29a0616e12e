import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import page from '../../docs/callbacks.md?raw';
import { createGuard } from '../../src/http/guard.ts';
import { type UndiciTransport, undiciTransport } from '../../src/http/undici.ts';
import { letter, openPostOffice, signingKey } from './post-office.ts';

type Check = (key: string, origin: string, request: IncomingMessage, body: Buffer) => boolean;

const example = /```js\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
const { isFromCallflow }: { isFromCallflow: Check } = await import(
  /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(example)}`
);

const key = Buffer.from(signingKey).toString('base64');

/** An application with the check of the documentation. It fails at first, then redirects, then is content. */
let server: Server;
let origin: string;
let seen: string[];
let transport: UndiciTransport | undefined;

beforeEach(async () => {
  seen = [];
  server = createServer(async (request, response) => {
    const genuine = isFromCallflow(key, origin, request, await buffer(request));
    seen.push(`${request.method} ${request.url} ${request.headers['x-callflow-delivery']} ${genuine}`);
    if (seen.length === 1) response.writeHead(503);
    else if (request.url === '/state?a=b') response.writeHead(308, { location: '/moved?c=ü' });
    response.end('thank you');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  await transport?.close();
  server.close();
});

test('an application that checks signatures as documented hears of everything, in the end', async () => {
  const office = openPostOffice(() => ({}), {
    transport: (clock) => {
      transport = undiciTransport({ clock, guard: createGuard({ allow: ['loopback'] }) });
      return transport;
    },
  });
  const began = office.clock.now();
  const owed = letter({ urls: [`${origin}/state?a=b`], body: '{"state":"Schön"}' });
  office.post(owed);
  await office.clock.run();
  expect(seen).toEqual([
    `POST /state?a=b ${owed.id} true`,
    `POST /state?a=b ${owed.id} true`,
    `POST /moved?c=%C3%BC ${owed.id} true`,
  ]);
  expect(office.store.delivery(owed.id)).toMatchObject({ state: 'delivered', attempts: 2 });
  expect(office.clock.now() - began).toBe(1000);
});

test('the check of the documentation refuses what somebody else has sent', () => {
  const request = { url: '/state', headers: { 'x-enfonica-event': 'CALL', 'x-enfonica-signature': 'AAAA' } };
  expect(isFromCallflow(key, origin, request as unknown as IncomingMessage, Buffer.from('{}'))).toBe(false);
});
