import { expect, test } from 'vitest';
import { VirtualClock } from '../../src/clock.ts';
import type { HttpExchange, HttpRequest } from '../../src/http/transport.ts';
import { answerMap } from '../../src/replay/answers.ts';
import type { FlowExchange } from '../../src/replay/exchange.ts';
import type { Flow } from '../../src/replay/flow.ts';
import { type ScriptedApplication, scriptedApplication } from '../../src/replay/scripted-transport.ts';

const files: Record<string, string> = { 'start.xml': '<Response><Say>Hello.</Say></Response>' };

function applicationOf(handler: Exclude<Flow['handler'], string | undefined>) {
  const clock = new VirtualClock(0);
  const exchanges: FlowExchange[] = [];
  const read = (name: string) => Buffer.from(files[name] ?? '');
  const application = scriptedApplication({
    clock,
    answers: answerMap(handler, read),
    read,
    onExchange: (one) => exchanges.push(one),
  });
  return { clock, application, exchanges };
}

const request: HttpRequest = {
  method: 'POST',
  url: 'https://app.example/voice',
  headers: {},
  body: '{"a":1}',
  maxBytes: 100,
  timeoutMs: 10_000,
};

/** What one request comes to, and when. */
async function exchange(
  handler: Exclude<Flow['handler'], string | undefined>,
  more: Partial<HttpRequest> = {},
  who: Exclude<keyof ScriptedApplication, 'close'> = 'forHandlers',
): Promise<{ at: number } & Record<string, unknown>> {
  const { clock, application } = applicationOf(handler);
  let found: HttpExchange | undefined;
  let at = 0;
  application[who].send({ ...request, ...more }, (heard) => {
    found = heard;
    at = clock.now();
  });
  expect(found).toBeUndefined();
  await clock.run();
  if (!found) throw new Error('no answer');
  return { at, ...found, ...(found.ok && { body: Buffer.from(found.body).toString() }) };
}

test('a file is answered as XML', async () => {
  expect(await exchange({ 'POST /voice': 'start.xml' })).toEqual({
    at: 0,
    ok: true,
    status: 200,
    headers: { 'content-type': 'text/xml; charset=utf-8' },
    setCookies: [],
    body: files['start.xml'],
    ms: 0,
  });
});

test.for([
  ['the method and the path', 'POST /voice', true],
  ['the path alone', '/voice', true],
  ['the whole URL', 'POST https://app.example/voice?x=1', true],
  ['the query', '/voice?x=1', true],
  ['another query', '/voice?x=2', false],
  ['another method', 'GET /voice', false],
  ['another host', 'https://other.example/voice', false],
] as const)('an answer is found by %s', async ([, key, isFound]) => {
  const { status } = await exchange({ [key]: '<Response/>' }, { url: 'https://app.example/voice?x=1' });
  expect(status).toBe(isFound ? 200 : 404);
});

test('the more exact of two answers is given', async () => {
  const { body } = await exchange(
    { '/voice': { body: 'any' }, '/voice?x=1': { body: 'exact' } },
    { url: 'https://app.example/voice?x=1' },
  );
  expect(body).toBe('exact');
});

test('answers of a list come one after the other, and the last one ever after', async () => {
  const { clock, application, exchanges } = applicationOf({ '/voice': ['<A/>', { status: 500 }] });
  for (const _ of [1, 2, 3]) application.forHandlers.send(request, () => {});
  await clock.run();
  expect(exchanges.map(({ status }) => status)).toEqual([200, 500, 500]);
});

test('who asks for something the flow does not have gets what fits', async () => {
  expect(await exchange({}, {}, 'forHandlers')).toMatchObject({ status: 404 });
  expect(await exchange({}, {}, 'forAudio')).toMatchObject({ status: 404 });
  expect(await exchange({}, {}, 'forCallbacks')).toMatchObject({ status: 200 });
});

test.for([
  ['headers that are late', { xml: '<A/>', after: 3 }, { at: 3000, ok: true, ms: 3000 }],
  [
    'headers that are too late',
    { xml: '<A/>', after: 11 },
    { at: 10_000, code: 'HANDLER_TIMEOUT', reason: 'timed out after 10000 ms waiting for headers', bytes: 0 },
  ],
  ['a body byte by byte', { xml: '<A/>', after: 1, drip: 0.5 }, { at: 3000, ok: true }],
  [
    'a body that takes too long',
    { xml: '<A/>', drip: 3 },
    {
      at: 10_000,
      code: 'HANDLER_TIMEOUT',
      status: 200,
      reason: 'timed out after 10000 ms waiting for the body (3 bytes so far)',
      bytes: 3,
    },
  ],
  [
    'a broken connection',
    { xml: '<Response/>', cut: true },
    {
      code: 'HANDLER_BROKEN',
      status: 200,
      bytes: 5,
      reason: 'the connection was closed in the middle of the answer, after 5 bytes of the body',
    },
  ],
  [
    'a connection closed at once',
    { cut: true },
    { code: 'HANDLER_BROKEN', bytes: 0, reason: 'the connection was closed before an answer came' },
  ],
  [
    'nobody there',
    { refused: true },
    { code: 'HANDLER_REFUSED', bytes: 0, reason: 'nothing listens on app.example:443' },
  ],
  [
    'no such host',
    { unknownHost: true },
    { code: 'HANDLER_NAME_NOT_FOUND', reason: 'app.example has no address (ENOTFOUND)' },
  ],
  [
    'a bad certificate',
    { badCertificate: true },
    { code: 'HANDLER_TLS', reason: 'no secure connection to app.example:443: certificate has expired' },
  ],
  [
    'silence',
    { silent: true },
    { at: 10_000, code: 'HANDLER_TIMEOUT', reason: 'timed out after 10000 ms waiting for headers' },
  ],
  [
    'too much',
    { body: 'x'.repeat(101) },
    { code: 'HANDLER_TOO_LARGE', status: 200, bytes: 101, reason: 'the answer is larger than 100 bytes' },
  ],
  ['a redirect', { redirect: '/other' }, { status: 302, headers: { location: '/other' } }],
  ['cookies', { cookies: { a: '1', b: '2' } }, { setCookies: ['a=1', 'b=2'] }],
  ['headers', { headers: { 'X-Test': 'yes' }, status: 204 }, { status: 204, headers: { 'x-test': 'yes' } }],
] as const)('an answer can have %s', async ([, reply, expected]) => {
  expect(await exchange({ '/voice': reply })).toMatchObject(expected);
});

test('a sound file of a length is a real one', async () => {
  const { application, clock } = applicationOf({ '/a.mp3': { audio: 3.2 } });
  let body = new Uint8Array();
  application.forAudio.send({ ...request, method: 'GET', url: 'https://app.example/a.mp3', maxBytes: 1e6 }, (heard) => {
    if (heard.ok) body = Buffer.from(heard.body);
  });
  await clock.run();
  expect([Buffer.from(body).subarray(0, 4).toString(), body.length]).toEqual(['RIFF', 44 + 3.2 * 16_000]);
});

test('a function plays the application', async () => {
  const { body } = await exchange(async ({ method, url, json }) => `<A>${method} ${url} ${JSON.stringify(json)}</A>`);
  expect(body).toBe('<A>POST https://app.example/voice {"a":1}</A>');
});

test('a function that throws is said', async () => {
  const failing = exchange(() => {
    throw new Error('oh');
  });
  await expect(failing).rejects.toThrow('the handler function threw on POST https://app.example/voice: Error: oh');
});

test('an aborted request is heard of no more', async () => {
  const { clock, application } = applicationOf({ '/voice': { after: 5 } });
  let heard = false;
  application.forHandlers
    .send(request, () => {
      heard = true;
    })
    .abort();
  await clock.run();
  expect([heard, clock.pending]).toEqual([false, 0]);
});
