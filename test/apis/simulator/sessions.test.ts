import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../../../examples/menu/app.ts';
import { type Server, startServer } from './server.ts';

const menu = createApp();
let server: Server;
let menuUrl = '';
beforeAll(async () => {
  menuUrl = `${await menu.listen({ port: 0, host: '127.0.0.1' })}/`;
  server = await startServer('http://127.0.0.1:9/', { allow: () => ['loopback'], sessions: { perProject: 2 } });
});
afterAll(async () => {
  await Promise.all([server.close(), menu.close()]);
});

interface Stepped {
  id: string;
  url: string;
  stepsUrl: string;
  at: number;
  ended: boolean;
  heard: { text: string; by: string }[];
  lines: string[];
}

async function begin(flow: object): Promise<Stepped> {
  const response = await server.ask('POST', '/simulator/sessions', flow);
  expect(response.status).toBe(201);
  return (await response.json()) as Stepped;
}

async function step({ stepsUrl }: Stepped, body: object): Promise<Stepped> {
  const response = await server.ask('POST', stepsUrl, body);
  expect(response.status).toBe(200);
  return (await response.json()) as Stepped;
}

const end = async ({ url }: Stepped) => (await server.ask('DELETE', url)).status;

const told = ({ ended, heard, lines }: Stepped) => ({
  ended,
  heard: heard.map(({ text, by }) => `${by}: ${text}`),
  lines: lines.map((line) =>
    line
      .replace(/127\.0\.0\.1:\d+/, 'HOST')
      .trim()
      .replace(/ {2,}/g, ' '),
  ),
});

const welcome = 'Welcome to Corner Books. For our opening hours, press 1. To talk to us, press 2.';

test('a call is played step by step: after each, time goes on until the engine waits for somebody', async () => {
  const phones = { '+61491570156': { answers: 4, script: [{ say: 'Corner Books, good morning.' }] } };
  const session = await begin({ url: menuUrl, live: true, phones });
  expect(session).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{28}$/),
    url: `${server.url}/simulator/sessions/${session.id}`,
    stepsUrl: `${server.url}/simulator/sessions/${session.id}/steps`,
    at: 4800,
    ended: false,
    heard: [{ at: 0, kind: 'speech', text: welcome, ms: 4800, by: 'engine' }],
    lines: expect.any(Array),
  });
  expect(told(await step(session, { press: '1' }))).toMatchInlineSnapshot(`
    {
      "ended": false,
      "heard": [
        "engine: We are open from nine to five, every day but Sunday.",
        "engine: Welcome to Corner Books. For our opening hours, press 1. To talk to us, press 2.",
      ],
      "lines": [
        "4.8 caller presses 1",
        "4.8 engine POST /choice digits=1 reason=complete",
        "4.8 handler 200: Say, Redirect",
        "4.8 engine says "We are open from nine to five, every day but Sunday."",
        "7.9 engine POST /",
        "7.9 handler 200: Input",
        "7.9 engine says "Welcome to Corner Books. For our opening hours, press 1. To talk to us, press 2."",
      ],
    }
  `);
  expect(told(await step(session, { press: '2', until: 'good morning' }))).toMatchInlineSnapshot(`
    {
      "ended": false,
      "heard": [
        "engine: One moment please.",
        "party: Corner Books, good morning.",
      ],
      "lines": [
        "12.7 caller presses 2",
        "12.7 engine POST /choice digits=2 reason=complete",
        "12.7 handler 200: Say, RecordCall, Call",
        "12.7 engine says "One moment please."",
        "13.8 engine lets caller hear ringing",
        "13.8 engine calls +61491570156 from +61255501234",
        "13.8 +61491570156 rings",
        "13.8 call +61491570156 ringing",
        "17.8 +61491570156 answers",
        "17.8 call +61491570156 in progress",
        "17.8 engine joins caller and +61491570156",
        "17.8 engine begins recording 1 of caller, both sides",
      ],
    }
  `);
  expect(told(await step(session, { hangUp: true }))).toMatchInlineSnapshot(`
    {
      "ended": true,
      "heard": [],
      "lines": [
        "17.8 caller hangs up",
        "17.8 engine parts caller and +61491570156 after 0.0 s",
        "17.8 call caller completed: ended by the far side (normal) after 17.8 s, 17.8 s of it answered",
        "17.8 engine hangs up +61491570156",
        "17.8 call +61491570156 completed: ended by the engine (normal) after 4.0 s, 0.0 s of it answered",
      ],
    }
  `);
  const whole = await (await server.ask('GET', session.url)).json();
  expect(whole).toMatchObject({ ended: true, calls: [{ state: 'completed' }, { state: 'completed' }] });
  const acted = await server.ask('POST', session.stepsUrl, { press: '1' });
  expect([acted.status, await acted.json()]).toMatchObject([404, { error: { code: 'CALL_NOT_FOUND' } }]);
  expect(await end(session)).toBe(204);
  expect(await end(session)).toBe(404);
});

test('a step may say how far time goes: who presses nothing is told goodbye', async () => {
  const session = await begin({ url: menuUrl, live: true });
  const waiting = await step(session, { advance: 4.9 });
  expect({ at: waiting.at, heard: waiting.heard }).toEqual({ at: 9700, heard: [] });
  expect(told(await step(session, { advance: 60 }))).toMatchObject({ ended: true, heard: ['engine: Goodbye.'] });
  await end(session);
});

test('all keys of a step are pressed before it is over', async () => {
  const session = await begin({
    handler: {
      'POST /voice': '<Response><Input NextUri="/done"><Say>Your number, please.</Say></Input></Response>',
      'POST /done': '<Response><Say>Thank you.</Say></Response>',
    },
  });
  const { lines, heard } = told(await step(session, { press: '12345#' }));
  expect(lines.filter((line) => /presses/.test(line))).toHaveLength(6);
  expect(heard.at(-1)).toBe('engine: Thank you.');
  await end(session);
});

test.for([
  [{ press: '1', say: 'one' }, 'the body: found press and say, expected one of press, say, hangUp, hold, resume'],
  [{ advance: -1 }, 'advance: found -1, expected seconds, 86400 at most'],
] as const)('the step %j is refused', async ([body, message]) => {
  const session = await begin({ handler: { 'POST /voice': '<Response/>' } });
  const response = await server.ask('POST', session.stepsUrl, body);
  expect([response.status, await response.json()]).toMatchObject([400, { error: { message } }]);
  await end(session);
});

test('a session is its project’s own, and a project has only so many', async () => {
  const hello = { handler: { 'POST /voice': '<Response><Say>Hello.</Say></Response>' } };
  const [one, two] = [await begin(hello), await begin(hello)];
  expect((await server.ask('GET', one.url, undefined, 'token-two')).status).toBe(404);
  const more = await server.ask('POST', '/simulator/sessions', hello);
  expect([more.status, await more.json()]).toMatchObject([429, { error: { code: 'SESSIONS_LIMIT' } }]);
  await Promise.all([end(one), end(two)]);
});

test('a flow that cannot be played is refused', async () => {
  const response = await server.ask('POST', '/simulator/sessions', { handler: 4 });
  expect([response.status, await response.json()]).toMatchObject([422, { error: { code: 'FLOW_NOT_VALID' } }]);
});

test('a session in which nothing is done is ended', async () => {
  const other = await startServer('http://127.0.0.1:9/', { sessions: { idleMs: 20 } });
  const flow = { handler: { 'POST /voice': '<Response><Say>Hello.</Say></Response>' } };
  const { url } = (await (await other.ask('POST', '/simulator/sessions', flow)).json()) as Stepped;
  await expect.poll(async () => (await other.ask('GET', `${url}?`)).status, { interval: 50 }).toBe(404);
  await other.close();
});
