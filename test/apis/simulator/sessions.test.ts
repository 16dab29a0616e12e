import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { createApp } from '../../../examples/menu/app.ts';
import { type Server, startServer } from './server.ts';

const menu = createApp();
let server: Server;
let menuUrl = '';
beforeAll(async () => {
  menuUrl = `${await menu.listen({ port: 0, host: '127.0.0.1' })}/`;
  server = await startServer('http://127.0.0.1:9/', {
    reach: () => ({ allow: ['loopback'] }),
    sessions: { perProject: 2 },
  });
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
  callees: { number: string; ringing: boolean; heard: { text: string }[] }[];
  lines: string[];
}

async function begin(flow: object): Promise<Stepped> {
  const response = await server.ask('POST', '/simulator/sessions', flow);
  expect(response.status).toBe(201);
  const session = (await response.json()) as Stepped;
  onTestFinished(async () => void (await end(session)));
  return session;
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
    callees: [],
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
        "18.8 recording 1 is empty",
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
  [
    { press: '1', say: 'one' },
    'the body: found press and say, expected one of press, say, hangUp, hold, resume, answer, decline, busy, unreachable, machine, letRing',
  ],
  [
    { answer: true },
    'the body: found answer, expected "as" beside it, the number that was called: { "as": "+61491570156", "answer": … }',
  ],
  [{ as: '+61491570156' }, /^the body: found nothing to do, expected one of press, /],
  [{ advance: -1 }, 'advance: found -1, expected seconds, 86400 at most'],
] as const)('the step %j is refused', async ([body, message]) => {
  const session = await begin({ handler: { 'POST /voice': '<Response/>' } });
  const response = await server.ask('POST', session.stepsUrl, body);
  expect([response.status, await response.json()]).toMatchObject([
    400,
    { error: { message: typeof message === 'string' ? message : expect.stringMatching(message) } },
  ]);
  await end(session);
});

const shop = '+61491570156';

const theShop = {
  attend: true,
  handler: {
    'POST /voice': `<Response><Call TimeoutSeconds="20" CallerId="+61255501234" NextUri="/called"><Endpoint>${shop}</Endpoint></Call></Response>`,
    'POST /called': '<Response><Say>Goodbye.</Say></Response>',
  },
};

const asked = ({ lines }: Stepped) => lines.flatMap((line) => /POST \/called status=(\w+)/.exec(line)?.[1] ?? []);

test('a step may play whoever is called: the telephone rings until it says what happens', async () => {
  const session = await begin(theShop);
  expect(session).toMatchObject({
    at: 0,
    callees: [{ number: shop, ringing: true, answered: false, ended: false, heard: [] }],
  });
  const answered = await step(session, { as: shop, answer: true });
  expect(answered.callees).toEqual([{ number: shop, ringing: false, answered: true, ended: false, heard: [] }]);
  const greeted = await step(session, { as: shop, say: 'Corner Books, good morning.' });
  expect(greeted.heard).toMatchObject([{ text: 'Corner Books, good morning.', by: 'party' }]);
  const replied = await step(session, { say: 'Do you have Ulysses?', until: 'ulysses' });
  expect(replied.callees).toMatchObject([{ heard: [{ text: 'Do you have Ulysses?', by: 'party' }] }]);
  const again = await server.ask('POST', session.stepsUrl, { as: shop, decline: true });
  expect([again.status, await again.json()]).toMatchObject([
    404,
    { error: { code: 'CALL_NOT_FOUND', message: `${shop} has answered already` } },
  ]);
  const over = await step(session, { as: shop, hangUp: true });
  expect([over.ended, asked(over), over.heard.map(({ text }) => text)]).toEqual([true, ['completed'], ['Goodbye.']]);
  expect(await (await server.ask('GET', session.url)).json()).toMatchObject({
    callees: [{ number: shop, ended: true, heard: [{ text: 'Do you have Ulysses?' }] }],
  });
  await end(session);
});

test.for([
  [{ decline: true }, 'rejected'],
  [{ busy: true }, 'busy'],
  [{ unreachable: true }, 'failed'],
  [{ letRing: true }, 'notAnswered'],
] as const)('the shop: %j', async ([act, status]) => {
  const session = await begin(theShop);
  expect(asked(await step(session, { as: shop, ...act }))).toEqual([status]);
  await end(session);
});

test('a machine may answer: it greets, beeps and listens', async () => {
  const session = await begin(theShop);
  const { heard } = await step(session, { as: shop, machine: 'We are closed.', until: 'beep' });
  expect(heard.map(({ text }) => text)).toEqual(['We are closed.', 'beep']);
  await end(session);
});

test('nobody can be played whose telephone has not rung, or who has a phone of the flow', async () => {
  const phones = { [shop]: { answers: 4 } };
  const session = await begin({ ...theShop, phones });
  const response = await server.ask('POST', session.stepsUrl, { as: shop, answer: true });
  expect([response.status, await response.json()]).toMatchObject([404, { error: { code: 'CALL_NOT_FOUND' } }]);
  await end(session);
});

test('who hangs up while they are still pressing keys keeps nobody waiting', async () => {
  const session = await begin(theShop);
  await step(session, { as: shop, answer: true });
  await step(session, { press: '1'.repeat(50), advance: 1 });
  const over = await step(session, { as: shop, hangUp: true });
  expect([over.ended, over.at < 10_000]).toEqual([true, true]);
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
