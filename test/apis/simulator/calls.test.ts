import { fastify } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { prefixed, sidOf } from '../../../src/vendors/signalwire/sids.ts';
import { idleNumber, number, type Server, startServer } from './server.ts';

/** Asks for a key, then calls somebody or says goodbye. */
const application = fastify();
application.post('/', (_request, reply) => {
  void reply.type('text/xml').header('set-cookie', 'visitor=v-4711; Path=/');
  return '<Response><Input MaxDigitCount="1" NextUri="/choice"><Say>Press 1.</Say></Input></Response>';
});
application.post<{ Body: { parameters: { digits: string } } }>('/choice', (request, reply) => {
  void reply.type('text/xml');
  const endpoint = '<Endpoint>+61491570156</Endpoint>';
  if (request.body.parameters.digits === '1')
    return `<Response><Call CallerId="${number.one}">${endpoint}</Call></Response>`;
  return '<Response><Record NextUri="/recorded" RecordingReadyUri="/ready" MaxDurationSeconds="1" PlayBeep="false"/></Response>';
});
application.post('/recorded', (_request, reply) => reply.type('text/xml').send('<Response/>'));
application.post('/ready', () => ({}));

let server: Server;
beforeAll(async () => {
  server = await startServer(`${await application.listen({ port: 0, host: '127.0.0.1' })}/`, { calls: 3 });
});
afterAll(async () => {
  await server.close();
  await application.close();
});

const id = expect.stringMatching(/^[0-9a-f]{28}$/);

interface Call {
  id: string;
  url: string;
  transcriptUrl: string;
  eventsUrl: string;
  journalUrl: string;
  actsUrl: string;
}

async function place(body: object): Promise<Call> {
  const response = await server.ask('POST', '/simulator/calls', body);
  expect(response.status).toBe(201);
  return (await response.json()) as Call;
}

/** Who did what, without the times and the port, which are those of this machine. */
const told = (transcript: string) =>
  transcript
    .trimEnd()
    .replace(/^\s*[\d.]* */gm, '')
    .replace(/ {2,}/g, ' ')
    .replace(/\d+\.\d+ s/g, 'N s')
    .replace(/127\.0\.0\.1:\d+/g, 'HOST')
    .split('\n');

test('somebody calls a number of the project, and does what a script says; phones may come with the call', async () => {
  const call = await place({
    to: number.one,
    from: '+61491570007',
    script: [{ hears: 'Press 1', press: '1' }],
    phones: { '+61491570156': { answers: 0.1, hangsUp: 0.2 } },
  });
  const url = `${server.url}/simulator/calls/${call.id}`;
  expect(call).toEqual({
    id,
    family: call.id,
    to: number.one,
    from: '+61491570007',
    transport: 'PSTN',
    direction: 'incoming',
    state: 'starting',
    createTime: expect.any(String),
    labels: {},
    url,
    transcriptUrl: `${url}/transcript`,
    eventsUrl: `${url}/events`,
    journalUrl: `${url}/journal`,
    actsUrl: `${url}/acts`,
  });
  const response = await server.ask('GET', `${call.transcriptUrl}?wait=20`);
  expect(response.headers.get('callflow-ended')).toBe('true');
  expect(told(await response.text())).toMatchInlineSnapshot(`
    [
      "caller calls +61255501234 from +61491570007",
      "engine POST http://HOST/ (state STARTING)",
      "handler 200 after N s: Input",
      "engine answers",
      "call in progress",
      "engine says "Press 1."",
      "caller presses 1",
      "engine stops playing after N s",
      "engine POST /choice action=INPUT digits=1 (state IN_PROGRESS, cookie visitor=…)",
      "handler 200 after N s: Call",
      "engine lets caller hear ringing",
      "engine calls +61491570156 from +61255501234",
      "+61491570156 rings",
      "call +61491570156 ringing",
      "+61491570156 answers",
      "call +61491570156 in progress",
      "engine joins caller and +61491570156",
      "+61491570156 hangs up",
      "call +61491570156 completed: ended by the far side (normal) after N s, N s of it answered",
      "engine parts +61491570156 and caller after N s",
      "engine hangs up caller",
      "call caller completed: ended by the engine (normal) after N s, N s of it answered",
    ]
  `);
  expect(await (await server.ask('GET', call.url)).json()).toMatchObject({ id: call.id, state: 'completed' });
});

test('the journal has every request with headers and bodies, and nothing secret', async () => {
  const call = await place({
    to: number.one,
    script: [
      { hears: 'Press 1', press: '2' },
      { after: 0.1, say: 'It is me, calling for the second time.' },
    ],
  });
  const journal = await (await server.ask('GET', `${call.journalUrl}?wait=20`)).json();
  const exchange = {
    call: call.id,
    at: expect.any(String),
    method: 'POST',
    status: 200,
    ms: expect.any(Number),
    bytes: expect.any(Number),
  };
  const headers = { 'x-enfonica-signature': '…' };
  expect(journal).toEqual({
    ended: true,
    calls: [expect.objectContaining({ id: call.id, state: 'completed' })],
    requests: [
      {
        ...exchange,
        request: id,
        url: expect.stringMatching(/\/$/),
        requestHeaders: expect.objectContaining({ ...headers, 'x-enfonica-event': 'CALL' }),
        requestBody: expect.stringContaining(number.one),
        responseHeaders: expect.objectContaining({ 'content-type': 'text/xml', 'set-cookie': 'visitor=…; Path=/' }),
        responseBody: expect.stringContaining('<Say>Press 1.</Say>'),
      },
      {
        ...exchange,
        request: id,
        url: expect.stringMatching(/\/choice$/),
        requestHeaders: expect.objectContaining({ ...headers, cookie: 'visitor=…' }),
        requestBody: expect.stringContaining('"digits":"2"'),
        responseHeaders: expect.objectContaining({ 'content-type': 'text/xml' }),
        responseBody: expect.stringContaining('<Record '),
      },
      expect.objectContaining({ url: expect.stringMatching(/\/recorded$/) }),
    ],
    callbacks: [
      {
        ...exchange,
        delivery: id,
        event: 'RECORDING_READY',
        attempt: 1,
        url: expect.stringMatching(/\/ready$/),
        requestHeaders: expect.objectContaining({ ...headers, 'x-enfonica-event': 'RECORDING_READY' }),
        requestBody: expect.stringContaining('recordings/'),
        responseHeaders: expect.objectContaining({ 'content-type': expect.stringContaining('json') }),
        responseBody: '{}',
      },
    ],
  });
  expect(JSON.stringify(journal)).not.toMatch(/v-4711/);
});

/** Reads events until one fits. */
async function eventsUntil(response: Response, enough: RegExp): Promise<string[]> {
  let text = '';
  for await (const chunk of response.body!) {
    text += Buffer.from(chunk).toString();
    if (enough.test(text)) break;
  }
  return text.split('\n\n');
}

const lines = (events: readonly string[]) =>
  events.flatMap((event) => {
    const [, content] = /^event: line\ndata: (.*)$/m.exec(event) ?? [];
    return content === undefined ? [] : told((JSON.parse(content) as { text: string }).text);
  });

test('events tell what has been, then what comes, and end with the call; the caller is told what to do', async () => {
  const call = await place({ to: number.one });
  const first = await server.ask('GET', call.eventsUrl);
  expect(first.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  const before = await eventsUntil(first, /says \\"Press 1/);
  expect(lines(before).at(-1)).toBe('engine says "Press 1."');
  const last = before.flatMap((event) => /^id: (\d+)$/m.exec(event)?.[1] ?? []).at(-1)!;

  expect((await server.ask('POST', call.actsUrl, { say: 'Hello?' })).status).toBe(202);
  expect((await server.ask('POST', call.actsUrl, { hangUp: true })).status).toBe(202);
  const resumed = await fetch(call.eventsUrl, {
    headers: { authorization: 'Bearer token-one', 'last-event-id': last },
  });
  const after = await resumed.text();
  expect(lines(after.split('\n\n'))).toEqual([
    'caller hangs up',
    'call completed: ended by the far side (normal) after N s, N s of it answered',
  ]);
  expect(after).toMatch(/event: end\ndata: \{\}\n\n$/);

  const gone = await server.ask('POST', call.actsUrl, { press: '1' });
  expect([gone.status, await gone.json()]).toMatchObject([404, { error: { code: 'CALL_NOT_FOUND' } }]);
});

test('a transcript can be had while the call goes on, or once it has ended', async () => {
  const call = await place({ to: number.one });
  const soFar = await server.ask('GET', call.transcriptUrl);
  expect([soFar.headers.get('callflow-ended'), soFar.headers.get('content-type')]).toEqual([
    'false',
    'text/plain; charset=utf-8',
  ]);
  const whole = server.ask('GET', `${call.transcriptUrl}?wait=20`);
  await server.ask('POST', call.actsUrl, { hangUp: true });
  expect((await whole).headers.get('callflow-ended')).toBe('true');
});

test('calls are listed page by page, the newest first, each project its own', async () => {
  const list = async (path: string, token?: string) => {
    const { calls, next } = (await (await server.ask('GET', path, undefined, token)).json()) as {
      calls: Call[];
      next?: string;
    };
    return { ids: calls.map((call) => call.id), next };
  };
  const one = await place({ to: number.one, script: [{ hangUp: true }] });
  const two = await place({ to: number.one, script: [{ hangUp: true }] });
  const page = await list('/simulator/calls?limit=1');
  expect(page).toEqual({ ids: [two.id], next: `${server.url}/simulator/calls?limit=1&after=${two.id}` });
  expect((await list(page.next!)).ids).toEqual([one.id]);
  expect(await list('/simulator/calls', 'token-two')).toEqual({ ids: [] });
});

test('a project sees nothing of another one', async () => {
  const call = await place({ to: number.one, script: [{ hangUp: true }] });
  const asked = [call.url, call.transcriptUrl, call.eventsUrl, call.journalUrl].map((path) =>
    server.ask('GET', path, undefined, 'token-two'),
  );
  const acted = server.ask('POST', call.actsUrl, { hangUp: true }, 'token-two');
  const placed = server.ask('POST', '/simulator/calls', { to: number.one }, 'token-two');
  expect((await Promise.all([...asked, acted, placed])).map(({ status }) => status)).toEqual([
    404, 404, 404, 404, 404, 422,
  ]);
});

test('whom to ask may be said with the call, also for a number that nobody has', async () => {
  const url = `${server.application}choice`;
  for (const to of [number.one, idleNumber, '+61255509999']) {
    const call = await place({ to, urls: ['http://127.0.0.1:9/', url], script: [{ after: 0.3, hangUp: true }] });
    const journal = await (await server.ask('GET', `${call.journalUrl}?wait=20`)).json();
    expect(journal).toMatchObject({ requests: [{ code: 'HANDLER_REFUSED' }, { url, status: 200 }] });
  }
  const taken = await server.ask('POST', '/simulator/calls', { to: number.two, url });
  expect([taken.status, await taken.json()]).toMatchObject([422, { error: { code: 'CALL_NO_ROUTE' } }]);
});

test('only so many calls at once', async () => {
  const calls = await Promise.all([1, 2, 3].map(() => place({ to: number.one })));
  const more = await server.ask('POST', '/simulator/calls', { to: number.one });
  for (const call of calls) await server.ask('POST', call.actsUrl, { hangUp: true });
  expect([more.status, await more.json()]).toMatchObject([429, { error: { code: 'CALLS_LIMIT' } }]);
});

test.for([
  [
    'POST',
    '/simulator/calls',
    {},
    400,
    'REQUEST_NOT_VALID',
    'to: found nothing, expected a telephone number with +, or a SIP address',
  ],
  [
    'POST',
    '/simulator/calls',
    { to: number.one, scripts: [] },
    400,
    'REQUEST_NOT_VALID',
    'scripts: found an unknown key',
  ],
  [
    'POST',
    '/simulator/calls',
    { to: '+61255509999' },
    422,
    'CALL_NO_ROUTE',
    'the project has nothing set up for calls to +61255509999: an API or the configuration says what a number runs',
  ],
  ['POST', '/simulator/calls', { to: idleNumber }, 422, 'CALL_NO_ROUTE', 'nothing is set up for calls to +61255501239'],
  [
    'GET',
    '/simulator/calls?limit=many',
    undefined,
    400,
    'REQUEST_NOT_VALID',
    'query.limit: found "many", expected a number from 1 to 100',
  ],
  ['GET', '/simulator/calls/0', undefined, 404, 'CALL_NOT_FOUND', 'the project has no call 0'],
  ['GET', '/simulator/calls/0/transcript', undefined, 404, 'CALL_NOT_FOUND', 'the project has no call 0'],
  ['GET', '/simulator/other', undefined, 404, 'PATH_UNKNOWN', 'GET /simulator/other'],
] as const)('%s %s %j is answered with %i %s', async ([method, path, body, status, code, says]) => {
  const response = await server.ask(method, path, body);
  expect([response.status, await response.json()]).toMatchObject([
    status,
    { error: { code, message: expect.stringContaining(says) } },
  ]);
});

test('a call is found by the sids that the other APIs give it', async () => {
  const { id, actsUrl } = await place({ to: number.one });
  const sid = sidOf(id);
  const found = [sid, prefixed('CA', sid)].map(async (name) => {
    const response = await server.ask('GET', `/simulator/calls/${name}`);
    return ((await response.json()) as Call).id;
  });
  expect(await Promise.all(found)).toEqual([id, id]);
  await server.ask('POST', actsUrl, { hangUp: true });
});

test('an act is one thing', async () => {
  const call = await place({ to: number.one });
  const response = await server.ask('POST', call.actsUrl, { press: '1', say: 'one' });
  await server.ask('POST', call.actsUrl, { hangUp: true });
  expect([response.status, await response.json()]).toMatchObject([
    400,
    { error: { message: 'the body: found press and say, expected one of press, say, hangUp, hold, resume' } },
  ]);
});

test('a server that closes ends the streams', async () => {
  const other = await startServer('http://127.0.0.1:9/');
  const call = (await (await other.ask('POST', '/simulator/calls', { to: number.one })).json()) as Call;
  const events = await other.ask('GET', call.eventsUrl);
  const [text] = await Promise.all([events.text(), other.close()]);
  expect(text).toMatch(/^retry: 1000\n\n/);
});
