import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, LookupFunction } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { realClock, VirtualClock } from '../../src/clock.ts';
import { createGuard } from '../../src/http/guard.ts';
import type { HttpExchange, HttpRequest } from '../../src/http/transport.ts';
import { type UndiciTransportOptions, undiciTransport } from '../../src/http/undici.ts';
import { application, deadPort, wire } from './far-side.ts';

const pem = readFileSync(new URL('localhost.pem', import.meta.url), 'utf8');

const open: { close(): Promise<unknown> }[] = [];
const kept = <T extends { close(): Promise<unknown> }>(thing: T): T => {
  open.push(thing);
  return thing;
};
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close();
});

function client(more: Partial<UndiciTransportOptions> & { patienceMs?: number } = {}) {
  const clock = new VirtualClock(more.patienceMs === undefined ? {} : { patienceMs: more.patienceMs });
  const transport = kept(undiciTransport({ clock, guard: createGuard({ allow: ['loopback'] }), ...more }));
  const send = (url: string, request: Partial<HttpRequest> = {}) => {
    const exchanges: HttpExchange[] = [];
    transport.send(
      { method: 'POST', url, headers: {}, body: 'hello', maxBytes: 100_000, timeoutMs: 10_000, ...request },
      (exchange) => exchanges.push(exchange),
    );
    return exchanges;
  };
  const ask = async (url: string, request: Partial<HttpRequest> = {}) => {
    const exchanges = send(url, request);
    await clock.run();
    expect(exchanges).toHaveLength(1);
    return exchanges[0]!;
  };
  return { clock, transport, send, ask };
}

/** Every name leads to these addresses. */
const names =
  (...addresses: string[]): LookupFunction =>
  (_name, _options, done) =>
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );

test('a request goes out as it is: no header is added that was not asked for', async () => {
  const app = kept(await application({ '/menu': (_heard, response) => response.end('<Response/>') }));
  const { ask } = client();
  await ask(`${app.origin}/menu?lang=en#part`, {
    headers: { 'content-type': 'text/plain', 'x-mine': 'yes' },
    body: 'grüße',
  });
  expect(app.heard).toEqual([
    {
      method: 'POST',
      url: '/menu?lang=en',
      headers: {
        host: `127.0.0.1:${app.port}`,
        connection: 'keep-alive',
        'content-type': 'text/plain',
        'x-mine': 'yes',
        'content-length': '7',
      },
      body: 'grüße',
    },
  ]);
});

test('a name and password in the URL become Basic authorization', async () => {
  const app = kept(await application({ '/': (_heard, response) => response.end('') }));
  const { ask } = client();
  await ask(`http://ann:p%40ss%zz@127.0.0.1:${app.port}/`);
  expect(app.heard[0]?.headers.authorization).toBe(`Basic ${Buffer.from('ann:p@ss%zz').toString('base64')}`);
});

test('connections are kept and used again', async () => {
  const app = kept(await application({ '/': (_heard, response) => response.end('') }));
  const { ask } = client();
  for (let count = 0; count < 5; count++) await ask(`${app.origin}/`);
  expect([app.heard.length, app.made()]).toEqual([5, 1]);
});

test('a host gets no more connections than allowed; who comes later waits, and nobody is forgotten', async () => {
  const held: ServerResponse[] = [];
  const app = kept(
    await application({
      '/': (_heard, response) => {
        if (held.push(response) === 3) for (const one of held.splice(0)) one.end('');
      },
    }),
  );
  const { send, clock } = client({ connections: 3 });
  const all = Array.from({ length: 39 }, () => send(`${app.origin}/`));
  await clock.run();
  expect(all.flat().map(({ ok }) => ok)).toEqual(Array(39).fill(true));
  expect(app.made()).toBe(3);
});

const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

test('a kept connection that the far side closes without a word is no failure: the request goes out once more', async () => {
  let requests = 0;
  const far = kept(await wire((socket) => (++requests === 2 ? socket.destroy() : socket.write(answer))));
  const { ask } = client();
  expect(await ask(`${far.origin}/`)).toMatchObject({ ok: true });
  expect(await ask(`${far.origin}/`)).toMatchObject({ ok: true });
  expect([requests, far.made()]).toEqual([3, 2]);
});

test('it goes out once more, not twice', async () => {
  let requests = 0;
  const far = kept(await wire((socket) => (++requests === 1 ? socket.write(answer) : socket.destroy())));
  const { ask } = client();
  await ask(`${far.origin}/`);
  expect(await ask(`${far.origin}/`)).toMatchObject({
    ok: false,
    code: 'HANDLER_BROKEN',
    reason: 'the connection was closed before an answer came',
  });
  expect([requests, far.made()]).toEqual([3, 2]);
});

test.for([
  ['a connection that is new', 1, ''],
  ['a kept connection on which the answer had begun', 2, 'HTTP/1.1 2'],
] as const)('%s is not tried again', async ([, breaking, beginning]) => {
  let requests = 0;
  const far = kept(
    await wire((socket) => {
      if (++requests === breaking) socket.end(beginning);
      else socket.write(answer);
    }),
  );
  const { ask } = client();
  for (let count = 1; count < breaking; count++) await ask(`${far.origin}/`);
  expect(await ask(`${far.origin}/`)).toMatchObject({ ok: false, code: 'HANDLER_BROKEN' });
  expect(requests).toBe(breaking);
});

test.for([
  [
    'that is cut off',
    'HANDLER_BROKEN',
    'HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n12 bytes.....',
    /in the middle of the answer, after 13 bytes/,
  ],
  ['that is not HTTP', 'HANDLER_NOT_HTTP', 'SSH-2.0-OpenSSH_9.6\r\n', /the answer is not HTTP: .*/],
  ['of another version', 'HANDLER_HTTP_VERSION', 'HTTP/3.0 200 OK\r\n\r\n', /the answer is not HTTP: .*version/],
] as const)('an answer %s is %s', async ([, code, text, reason]) => {
  const far = kept(await wire((socket) => socket.end(text)));
  const { ask } = client();
  expect(await ask(`${far.origin}/`)).toMatchObject({
    ok: false,
    code,
    reason: expect.stringMatching(reason),
  });
  await far.quiet();
});

test('headers without end are refused', async () => {
  const far = kept(await wire((socket) => socket.write(`HTTP/1.1 200 OK\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`)));
  const { ask } = client();
  expect(await ask(`${far.origin}/`)).toMatchObject({ ok: false, code: 'HANDLER_TOO_LARGE' });
});

test('an interim answer is not the answer', async () => {
  const far = kept(await wire((socket) => socket.write(`HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n${answer}`)));
  const { ask } = client();
  expect(await ask(`${far.origin}/`)).toMatchObject({ ok: true, status: 200, headers: { 'content-length': '2' } });
});

test('an answer that came compressed although nobody asked is handed on as it came', async () => {
  const zipped = gzipSync('<Response/>');
  const app = kept(
    await application({ '/': (_heard, response) => response.setHeader('content-encoding', 'gzip').end(zipped) }),
  );
  const { ask } = client();
  expect(await ask(`${app.origin}/`)).toMatchObject({ ok: true, headers: { 'content-encoding': 'gzip' } });
});

test.for([
  ['to connect', () => {}, 'https:', 'waiting to connect'],
  ['for headers', () => {}, 'http:', 'waiting for headers'],
  [
    'for the body',
    (socket: { write(text: string): void }) =>
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nonly so much'),
    'http:',
    'waiting for the body (12 bytes so far)',
  ],
] as const)('waiting %s ends at the deadline, and the connection is closed', async ([, onBytes, protocol, waiting]) => {
  const far = kept(await wire(onBytes));
  const { ask, clock } = client({ patienceMs: 150 });
  expect(await ask(`${protocol}//localhost:${far.port}/`)).toMatchObject({
    ok: false,
    code: 'HANDLER_TIMEOUT',
    reason: `timed out after 10000 ms ${waiting}`,
    ms: 10_000,
  });
  await far.quiet();
  expect([far.made(), clock.pending]).toEqual([1, 0]);
});

test('a request that is aborted while it waits for its turn is never sent', async () => {
  const far = kept(await wire(() => {}));
  const { send, transport, clock } = client({ connections: 1, patienceMs: 150 });
  const first = send(`${far.origin}/`, { timeoutMs: 1_000 });
  const second = transport.send(
    { method: 'POST', url: `${far.origin}/second`, headers: {}, maxBytes: 1, timeoutMs: 9_000 },
    () => expect.unreachable(),
  );
  second.abort();
  await clock.run();
  expect(first).toMatchObject([{ code: 'HANDLER_TIMEOUT', ms: 1_000 }]);
  await far.quiet();
  expect(clock.pending).toBe(0);
});

test('a request that waits too long for its turn says so', async () => {
  const far = kept(await wire(() => {}));
  const { send, clock } = client({ connections: 1, patienceMs: 150 });
  const first = send(`${far.origin}/`, { timeoutMs: 9_000 });
  const second = send(`${far.origin}/`, { timeoutMs: 1_000 });
  await clock.run();
  expect([...first, ...second]).toMatchObject([
    { code: 'HANDLER_TIMEOUT', reason: 'timed out after 9000 ms waiting for headers' },
    { code: 'HANDLER_TIMEOUT', reason: 'timed out after 1000 ms waiting for a free connection' },
  ]);
  await far.quiet();
  expect([far.made(), clock.pending]).toEqual([1, 0]);
});

test('by the real clock it is the same', async () => {
  const app = kept(await application({ '/': (_heard, response) => response.end('hello') }));
  const transport = kept(undiciTransport({ clock: realClock, guard: createGuard({ allow: ['loopback'] }) }));
  const request = { method: 'GET', headers: {}, maxBytes: 100, timeoutMs: 10_000 } as const;
  const told: HttpExchange[] = [];
  await new Promise<void>((done) => {
    transport.send({ ...request, url: 'http://10.0.0.1/' }, (exchange) => told.push(exchange));
    transport.send({ ...request, url: `${app.origin}/` }, (exchange) => done(void told.push(exchange)));
    expect(told).toEqual([]);
  });
  expect(told).toMatchObject([
    { ok: false, code: 'URL_NOT_ALLOWED' },
    { ok: true, status: 200 },
  ]);
  expect(app.heard).toMatchObject([{ method: 'GET', body: '' }]);
});

test('headers that cannot be sent fail their own requests and nobody else', async () => {
  const app = kept(await application({ '/': (_heard, response) => response.end('') }));
  const { ask } = client({ connections: 2 });
  for (let count = 0; count < 5; count++)
    expect(await ask(`${app.origin}/`, { headers: { 'x-bad': 'two\r\nlines' } })).toMatchObject({ ok: false });
  expect(await ask(`${app.origin}/`)).toMatchObject({ ok: true });
});

test('closing fails what is under way and closes every connection', async () => {
  const far = kept(await wire(() => {}));
  const { send, transport, clock } = client();
  const waiting = send(`${far.origin}/`);
  const connecting = send(`https://localhost:${far.port}/`);
  await new Promise(setImmediate);
  await transport.close();
  await clock.run();
  expect([...waiting, ...connecting]).toMatchObject([{ ok: false }, { ok: false }]);
  await far.quiet();
});

async function secureApplication() {
  const server = createServer({ key: pem, cert: pem }, (_request, response) => response.end('secret'));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return kept({
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((done) => server.close(done)),
  });
}

test('a certificate that nobody trusts is refused', async () => {
  const { port } = await secureApplication();
  expect(await client().ask(`https://localhost:${port}/`)).toMatchObject({
    ok: false,
    code: 'HANDLER_TLS',
    reason: `no secure connection to localhost:${port}: self-signed certificate`,
  });
});

test('a certificate of an authority that is trusted by configuration is fine, but not for another name', async () => {
  const { port } = await secureApplication();
  const { ask } = client({ ca: pem, lookup: names('127.0.0.1') });
  expect(await ask(`https://localhost:${port}/`)).toMatchObject({ ok: true });
  expect(await ask(`https://other.example:${port}/`)).toMatchObject({ ok: false, code: 'HANDLER_TLS' });
});

test('plain HTTP where TLS is expected is told as that', async () => {
  const app = kept(await application({}));
  expect(await client().ask(`https://localhost:${app.port}/`)).toMatchObject({
    ok: false,
    code: 'HANDLER_NOT_TLS',
    reason: `localhost:${app.port} does not speak TLS`,
  });
});

test('nothing listens: the message says where', async () => {
  const port = await deadPort();
  expect(await client().ask(`http://127.0.0.1:${port}/`)).toEqual({
    ok: false,
    code: 'HANDLER_REFUSED',
    reason: `nothing listens on 127.0.0.1:${port}`,
    bytes: 0,
    ms: 0,
  });
});

test('a name without address', async () => {
  const lookup: LookupFunction = (name, _options, done) =>
    done(Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND' }), []);
  expect(await client({ lookup }).ask('http://nowhere.example/')).toMatchObject({
    ok: false,
    code: 'HANDLER_NAME_NOT_FOUND',
    reason: 'nowhere.example has no address (ENOTFOUND)',
  });
});

test.for([
  ['http://127.0.0.1:{port}/', '127.0.0.1 is a loopback address'],
  ['http://2130706433:{port}/', '127.0.0.1 is a loopback address'],
  ['http://[::ffff:7f00:1]:{port}/', 'stands for 127.0.0.1 and is a loopback address'],
  ['http://localhost:{port}/', 'localhost is 127.0.0.1, which is a loopback address'],
  ['http://rebound.example:{port}/', 'rebound.example is 127.0.0.1, which is a loopback address'],
] as const)('%s is refused before anything is sent', async ([url, reason]) => {
  const app = kept(await application({}));
  const { ask } = client({ guard: createGuard(), lookup: names('127.0.0.1') });
  expect(await ask(url.replace('{port}', String(app.port)))).toMatchObject({
    ok: false,
    code: 'URL_NOT_ALLOWED',
    reason: expect.stringContaining(reason),
  });
  expect(app.made()).toBe(0);
});

test('of the addresses of a name, those that are not allowed are left out', async () => {
  const app = kept(await application({ '/': (_heard, response) => response.end('') }));
  const { ask } = client({
    guard: createGuard({ allow: ['127.0.0.1'] }),
    lookup: names('::1', '10.0.0.1', '127.0.0.1'),
  });
  expect(await ask(`http://mixed.example:${app.port}/`)).toMatchObject({ ok: true });
});
