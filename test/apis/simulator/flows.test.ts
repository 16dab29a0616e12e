import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../../../examples/menu/app.ts';
import { type Server, startServer } from './server.ts';

const menu = createApp();
/** Takes requests and never answers. */
const silent = createServer(() => {});
let server: Server;
let menuUrl = '';
let silentUrl = '';

beforeAll(async () => {
  menuUrl = `${await menu.listen({ port: 0, host: '127.0.0.1' })}/`;
  await new Promise<void>((ready) => silent.listen(0, '127.0.0.1', ready));
  silentUrl = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`;
  server = await startServer(menuUrl, {
    reach: () => ({ allow: ['loopback'] }),
    flows: { running: 1, waiting: 1, ms: 3_000 },
  });
});
afterAll(async () => {
  silent.closeAllConnections();
  silent.close();
  await Promise.all([server.close(), menu.close()]);
});

const run = async (flow: unknown, token?: string) => {
  const response = await server.ask('POST', '/simulator/flows', flow, token);
  return { status: response.status, answer: (await response.json()) as Record<string, never> };
};

const hello = { handler: { 'POST /voice': '<Response><Say>Hello.</Say></Response>' } };

const transcript = `    0.0   caller        calls +61255501234 from +61491570006
    0.0   engine        POST https://app.example/voice (state STARTING)
    0.0   handler       200: Say
    0.0   engine        answers
    0.0   call          in progress
    0.0   engine        says "Hello." (0.5 s)
    0.5   engine        hangs up
    0.5   call          completed: ended by the engine (normal) after 0.5 s, 0.5 s of it answered
`;

test('a flow is run in virtual time: the answer has its transcript, its calls, requests and callbacks', async () => {
  const id = expect.stringMatching(/^[0-9a-f]{28}$/);
  expect(await run(hello)).toEqual({
    status: 200,
    answer: {
      ok: true,
      transcript,
      ms: 500,
      calls: [
        {
          id,
          family: id,
          to: '+61255501234',
          from: '+61491570006',
          transport: 'PSTN',
          direction: 'incoming',
          state: 'completed',
          createTime: '2026-01-01T00:00:00.000Z',
          answerTime: '2026-01-01T00:00:00.000Z',
          endTime: '2026-01-01T00:00:00.500Z',
          endedBy: 'us',
          cause: 'normal',
          labels: {},
        },
      ],
      requests: [
        {
          at: 0,
          method: 'POST',
          url: 'https://app.example/voice',
          status: 200,
          headers: expect.objectContaining({ 'x-enfonica-event': 'CALL' }),
          body: expect.stringContaining('"+61491570006"'),
          json: expect.objectContaining({ parameters: {} }),
        },
      ],
      callbacks: [],
      problems: [],
    },
  });
});

test('the transcript may be expected, and documents may come as files', async () => {
  const flow = { handler: { 'POST /voice': 'start.xml' }, files: { 'start.xml': hello.handler['POST /voice'] } };
  expect((await run({ ...flow, expect: transcript })).answer).toMatchObject({ ok: true });
  expect((await run({ ...flow, expect: transcript.replace('Hello', 'Welcome') })).answer).toMatchObject({
    ok: false,
    difference: expect.stringContaining('-     0.0   engine        says "Welcome." (0.5 s)'),
  });
});

test('a live application is asked over HTTP', async () => {
  const { status, answer } = await run({ url: menuUrl, live: true, caller: [{ heard: 'press 2', hangUp: true }] });
  expect({ status, ok: answer.ok, says: answer.transcript }).toEqual({
    status: 200,
    ok: true,
    says: expect.stringContaining('engine        says "Welcome to Corner Books.'),
  });
});

test('a live application must be where the guard allows', async () => {
  const { answer } = await run({ url: 'http://10.20.0.1/', live: true });
  expect(answer).toMatchObject({
    ok: false,
    transcript: expect.stringContaining('URL_NOT_ALLOWED'),
    calls: [{ errorCode: 'HANDLER_UNAVAILABLE' }],
  });
});

test('everything that is wrong with a flow is told, with its place', async () => {
  const caller = [{ pres: '1' }];
  expect(await run({ ...hello, caller, limit: 'long', phones: { '+61491570156': { answers: true } } })).toEqual({
    status: 422,
    answer: {
      error: {
        code: 'FLOW_NOT_VALID',
        message: expect.stringContaining('caller.0.pres: found an unknown key'),
        problems: [
          {
            where: 'caller.0.pres',
            found: 'an unknown key',
            expected: 'one of after, hears, heard, within, confidence, press, say, silence, hangUp, hold, resume, fax',
            hint: 'did you mean press?',
          },
          { where: 'limit', found: '"long"', expected: 'seconds' },
          { where: 'phones."+61491570156".answers', found: 'true', expected: 'seconds, or false' },
        ],
      },
    },
  });
});

test.for([
  ['a list', [], 'FLOW_NOT_VALID', 422],
  ['too many calls', { ...hello, calls: Array(51).fill({}) }, 'FLOW_NOT_VALID', 422],
  ['too long a limit', { ...hello, limit: 1e7 }, 'FLOW_NOT_VALID', 422],
  ['a file that did not come with it', { handler: { 'POST /voice': 'start.xml' } }, 'FLOW_NOT_VALID', 422],
  ['no end within its limit', { ...hello, limit: 0.1 }, 'FLOW_ENDLESS', 422],
  ['no JSON', '{"handler":', 'REQUEST_NOT_VALID', 400],
  ['a body that is too large', '"'.padEnd(2_000_000), 'REQUEST_TOO_LARGE', 413],
] as const)('a flow with %s is refused', async ([, flow, code, status]) => {
  expect(await run(flow)).toMatchObject({ status, answer: { error: { code } } });
});

test.for([
  ['token-nobody', 401, 'TOKEN_NOT_VALID'],
  ['token-reader', 403, 'PERMISSION_MISSING'],
] as const)('%s must not run flows', async ([token, status, code]) => {
  expect(await run(hello, token)).toMatchObject({ status, answer: { error: { code } } });
});

test('a flow that takes too long is stopped, one more than may wait is refused, and the others go on', async () => {
  const endless = { url: silentUrl, live: true };
  const [slow, waiting, refused] = await Promise.all([run(endless), run(hello), run(hello)]);
  expect([slow, waiting, refused].map(({ status, answer }) => [status, answer])).toMatchObject([
    [422, { error: { code: 'FLOW_TOO_SLOW', message: 'stopped after 3 s of real time' } }],
    [200, { ok: true }],
    [429, { error: { code: 'FLOWS_LIMIT' } }],
  ]);
});

test('a flow that needs too much memory is stopped, and the next one has a new thread', async () => {
  const small = await startServer(menuUrl, { flows: { megabytes: 32 } });
  const calls = Array.from({ length: 50 }, (_, at) => ({ at: at / 100 }));
  const large = '<Wait Seconds="1"/>'.repeat(900);
  const flow = { calls, handler: { 'POST /voice': `<Response>${large}</Response>` }, limit: 100_000 };
  const first = await small.ask('POST', '/simulator/flows', flow);
  const second = await small.ask('POST', '/simulator/flows', hello);
  expect([first.status, await first.json(), second.status]).toMatchObject([
    422,
    { error: { code: 'FLOW_TOO_SLOW', message: 'stopped: it used more memory than a flow may' } },
    200,
  ]);
  await small.close();
});
