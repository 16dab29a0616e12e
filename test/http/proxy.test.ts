import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { VirtualClock } from '../../src/clock.ts';
import { createGuard } from '../../src/http/guard.ts';
import { createProxy, type ProxyOptions } from '../../src/http/proxy.ts';
import type { HttpExchange, HttpRequest } from '../../src/http/transport.ts';
import { undiciTransport } from '../../src/http/undici.ts';
import { application, deadPort } from './far-side.ts';
import { type ProxyOrder, webProxy } from './web-proxy.ts';

const fixture = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');
const authority = fixture('authority.pem');
const pem = fixture('app.example.pem');

const kept = <T extends { close(): Promise<unknown> }>(thing: T): T => {
  onTestFinished(() => void thing.close());
  return thing;
};

function client(proxy: ProxyOptions, { allow = [], ca }: { allow?: readonly string[]; ca?: string } = {}) {
  const clock = new VirtualClock({ patienceMs: 300 });
  const guard = createGuard({ allow });
  const transport = kept(undiciTransport({ clock, guard, proxy, connections: 2, ...(ca && { ca }) }));
  return {
    clock,
    transport,
    ask: async (url: string, request: Partial<HttpRequest> = {}) => {
      const exchanges: HttpExchange[] = [];
      const whole = { method: 'POST', url, headers: {}, body: 'hello', maxBytes: 1_000, timeoutMs: 10_000 } as const;
      transport.send({ ...whole, ...request }, (exchange) => exchanges.push(exchange));
      await clock.run();
      expect(exchanges).toHaveLength(1);
      return exchanges[0]!;
    },
  };
}

const proxied = async (order: ProxyOrder = {}) => kept(await webProxy(order));

const app = async () =>
  kept(await application({ '/menu': (_heard, response) => response.writeHead(200, { 'x-app': 'yes' }).end('Menu') }));

/** An application by TLS, for app.example and localhost, of the authority in the fixture. */
async function secureApp() {
  const names: unknown[] = [];
  const sockets = new Set<Duplex>();
  const server = createServer({ key: pem, cert: pem }, (request, response) => {
    names.push(`${request.method} ${request.headers.host} ${request.url}`);
    response.end('secret');
  });
  server.on('connection', (socket) => sockets.add(socket.on('error', () => {})));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return kept({
    port: (server.address() as AddressInfo).port,
    names,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  });
}

const textOf = (exchange: HttpExchange) => (exchange.ok ? Buffer.from(exchange.body).toString() : exchange.reason);

test('http goes to the proxy with the whole URL, and the application sees what it would see without one', async () => {
  const [proxy, far] = [await proxied(), await app()];
  const { ask } = client({ url: `http://127.0.0.1:${proxy.port}` });
  const exchange = await ask(`http://app.example:${far.port}/menu?lang=en#part`, { headers: { 'x-mine': 'yes' } });
  expect(exchange).toMatchObject({ ok: true, status: 200, headers: { 'x-app': 'yes' } });
  expect(proxy.asked).toEqual([`POST http://app.example:${far.port}/menu?lang=en`]);
  expect(far.heard).toMatchObject([
    {
      method: 'POST',
      url: '/menu?lang=en',
      body: 'hello',
      headers: { host: `app.example:${far.port}`, 'x-mine': 'yes' },
    },
  ]);
  expect(far.heard[0]?.headers).not.toHaveProperty('proxy-authorization');
});

test('https goes through a tunnel: the certificate is that of the application, by the authorities that are trusted', async () => {
  const [proxy, far] = [await proxied(), await secureApp()];
  const url = `http://127.0.0.1:${proxy.port}`;
  const trusting = client({ url }, { ca: authority });
  expect(textOf(await trusting.ask(`https://app.example:${far.port}/menu`))).toBe('secret');
  expect(proxy.asked).toEqual([`CONNECT app.example:${far.port}`]);
  expect(far.names).toEqual([`POST app.example:${far.port} /menu`]);
  expect(await client({ url }).ask(`https://app.example:${far.port}/`)).toMatchObject({ code: 'HANDLER_TLS' });
  expect(await trusting.ask(`https://other.example:${far.port}/`)).toMatchObject({ code: 'HANDLER_TLS' });
  expect(far.names).toHaveLength(1);
});

test('a tunnel is kept and used again', async () => {
  const [proxy, far] = [await proxied(), await secureApp()];
  const { ask } = client({ url: `http://127.0.0.1:${proxy.port}` }, { ca: authority });
  for (let count = 0; count < 3; count++) await ask(`https://app.example:${far.port}/`);
  expect([far.names.length, proxy.asked.length]).toEqual([3, 1]);
});

test('a proxy can be spoken to by TLS, for both', async () => {
  const [proxy, plain, secure] = [await proxied({ pem }), await app(), await secureApp()];
  const { ask } = client({ url: `https://localhost:${proxy.port}` }, { ca: authority });
  expect(textOf(await ask(`http://app.example:${plain.port}/menu`))).toBe('Menu');
  expect(textOf(await ask(`https://app.example:${secure.port}/`))).toBe('secret');
  expect(proxy.asked).toHaveLength(2);
});

test('name and password go to the proxy and no further', async () => {
  const [proxy, plain, secure] = [await proxied({ credentials: 'ann:p@ss%' }), await app(), await secureApp()];
  const { ask } = client({ url: `http://ann:p%40ss%25@127.0.0.1:${proxy.port}` }, { ca: authority });
  expect(textOf(await ask(`http://bob:own@app.example:${plain.port}/menu`))).toBe('Menu');
  expect(textOf(await ask(`https://app.example:${secure.port}/`))).toBe('secret');
  expect(plain.heard[0]?.headers).toMatchObject({
    authorization: `Basic ${Buffer.from('bob:own').toString('base64')}`,
  });
  expect(plain.heard[0]?.headers).not.toHaveProperty('proxy-authorization');
});

test.for([
  ['asks for a name', { credentials: 'ann:secret' }, '', 'status 407: it asks for a name and a password'],
  [
    'does not take the password',
    { credentials: 'ann:secret' },
    'ann:wrong@',
    'status 407: it does not take the name and password of the configuration',
  ],
] as const)('a proxy that %s is named, without its secret', async ([, order, credentials, reason]) => {
  const proxy = await proxied(order);
  const { ask } = client({ url: `http://${credentials}127.0.0.1:${proxy.port}` });
  for (const [url, what] of [
    ['http://app.example/', 'the request'],
    ['https://app.example/', 'a connection to app.example:443'],
  ] as const)
    expect(await ask(url)).toMatchObject({
      ok: false,
      code: 'HANDLER_PROXY',
      reason: `the proxy 127.0.0.1:${proxy.port} refused ${what} with ${reason}`,
    });
});

test('a host to which the proxy leads nobody: by http that is its answer, by https there is no tunnel', async () => {
  const proxy = await proxied({ refuses: ['app.example'] });
  const { ask } = client({ url: `http://127.0.0.1:${proxy.port}` });
  expect(await ask('http://app.example/')).toMatchObject({ ok: true, status: 403 });
  expect(await ask('https://app.example/')).toMatchObject({
    code: 'HANDLER_PROXY',
    reason: `the proxy 127.0.0.1:${proxy.port} refused a connection to app.example:443 with status 403`,
  });
});

test('a proxy that is not there is named', async () => {
  const port = await deadPort();
  const { ask } = client({ url: `http://ann:secret@127.0.0.1:${port}` });
  for (const url of ['http://app.example/', 'https://app.example/'])
    expect(await ask(url)).toMatchObject({
      code: 'HANDLER_PROXY',
      reason: `the proxy 127.0.0.1:${port} cannot be reached, or breaks off (ECONNREFUSED)`,
    });
});

test('a proxy that says nothing is waited for by the clock, and nothing stays open', async () => {
  const proxy = await proxied({ silent: true });
  const { ask, clock } = client({ url: `http://127.0.0.1:${proxy.port}` });
  const begin = clock.now();
  expect(await ask('https://app.example/', { timeoutMs: 7_000 })).toMatchObject({
    code: 'HANDLER_TIMEOUT',
    reason: 'timed out after 7000 ms waiting to connect',
  });
  expect(clock.now() - begin).toBe(7_000);
  while (proxy.open() > 0) await new Promise(setImmediate);
  expect(clock.pending).toBe(0);
});

test('closing lets go of a tunnel that is being made', async () => {
  const proxy = await proxied({ silent: true });
  const { clock, transport } = client({ url: `http://127.0.0.1:${proxy.port}` });
  const exchanges: HttpExchange[] = [];
  const request = { method: 'GET', headers: {}, maxBytes: 100, timeoutMs: 10_000 } as const;
  transport.send({ ...request, url: 'https://app.example/' }, (exchange) => exchanges.push(exchange));
  while (proxy.asked.length === 0) await new Promise(setImmediate);
  await transport.close();
  await clock.run();
  expect(exchanges).toMatchObject([{ ok: false }]);
  while (proxy.open() > 0) await new Promise(setImmediate);
});

test('what can be judged here is judged here: addresses that are written, and names of this machine', async () => {
  const proxy = await proxied();
  const { ask } = client({ url: `http://127.0.0.1:${proxy.port}` });
  for (const url of ['http://10.0.0.1/', 'https://169.254.169.254/', 'http://2130706433/', 'http://localhost/'])
    expect(await ask(url), url).toMatchObject({ code: 'URL_NOT_ALLOWED' });
  expect(proxy.asked).toEqual([]);
});

test('this machine is never asked through a proxy', async () => {
  const [proxy, far] = [await proxied(), await app()];
  const { ask } = client({ url: `http://127.0.0.1:${proxy.port}` }, { allow: ['loopback'] });
  expect(textOf(await ask(`${far.origin}/menu`))).toBe('Menu');
  expect(proxy.asked).toEqual([]);
});

test.for([
  ['app.example', true],
  ['APP.example.', true],
  ['a.b.app.example', true],
  ['myapp.example', false],
  ['example', false],
  ['below.other.example', true],
  ['10.20.3.4', true],
  ['[::ffff:10.20.3.4]', true],
  ['10.21.3.4', false],
  ['192.0.2.7', true],
  ['[2001:db8::7]', true],
  ['127.0.0.1', true],
  ['[::1]', true],
  ['localhost', true],
  ['shop.localhost', true],
] as const)('%s is asked directly: %s', ([host, directly]) => {
  const noProxy = ['app.example', '.other.example', '10.20.0.0/16', '192.0.2.7', '2001:db8::/32'];
  expect(createProxy({ url: 'http://proxy.example:3128', noProxy }).covers(host)).toBe(!directly);
});
