import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { Flow } from '../../src/replay/flow.ts';
import { prepare, replay } from '../../src/replay/replay.ts';

const hello: Flow = { handler: { 'POST /voice': '<Response><Say>Hello.</Say></Response>' } };

test('a flow of nothing but a document has a transcript', async () => {
  const { transcript, calls, requests, callbacks, ms } = await replay(hello);
  expect(transcript).toMatchInlineSnapshot(`
    "    0.0   caller        calls +61255501234 from +61491570006
        0.0   engine        POST https://app.example/voice (state STARTING)
        0.0   handler       200: Say
        0.0   engine        answers
        0.0   call          in progress
        0.0   engine        says "Hello." (0.5 s)
        0.5   engine        hangs up
        0.5   call          completed: ended by the engine (normal) after 0.5 s, 0.5 s of it answered
    "
  `);
  expect(calls.map(({ state }) => state)).toEqual(['completed']);
  expect(requests.map(({ method, url, status, at }) => ({ method, url, status, at }))).toEqual([
    { method: 'POST', url: 'https://app.example/voice', status: 200, at: 0 },
  ]);
  expect(callbacks).toEqual([]);
  expect(ms).toBe(500);
});

test('a request is kept with what it said', async () => {
  const { requests } = await replay({ handler: () => '<Response/>', call: { from: '+61491570007' } });
  expect(requests[0]?.json).toMatchObject({ call: { from: '+61491570007', state: 'STARTING' }, parameters: {} });
});

test('a flow that was prepared once runs as often as one likes', async () => {
  const flow = prepare({ handler: { 'POST /voice': ['<Response><Say>One.</Say></Response>', { status: 500 }] } });
  const first = await flow.run();
  expect((await flow.run()).transcript).toBe(first.transcript);
  expect(first.calls[0]?.state).toBe('completed');
});

test('the seed decides the ids, and nothing else', async () => {
  const [one, same, other] = await Promise.all([1, 1, 2].map((seed) => replay({ ...hello, seed })));
  expect(same?.calls).toEqual(one?.calls);
  expect(other?.calls[0]?.id).not.toBe(one?.calls[0]?.id);
  expect(other?.transcript).toBe(one?.transcript);
});

test('a function may take real time, but takes no virtual time', async () => {
  const { calls } = await replay({
    handler: async () => {
      await new Promise((done) => setImmediate(done));
      return { xml: '<Response><Say>Hello.</Say></Response>', after: 1 };
    },
  });
  expect(calls.map(({ createTime, endTime = 0 }) => endTime - createTime)).toEqual([1500]);
});

test('a flow can ask an application that runs', async () => {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'text/xml');
    response.end(
      request.url === '/voice'
        ? '<Response><Redirect>next</Redirect></Response>'
        : '<Response><Say>Hello.</Say></Response>',
    );
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const { requests, calls } = await replay({ handler: `http://127.0.0.1:${port}` });
  expect(requests.map(({ url, status }) => [url, status])).toEqual([
    [`http://127.0.0.1:${port}/voice`, 200],
    [`http://127.0.0.1:${port}/next`, 200],
  ]);
  expect(calls[0]?.state).toBe('completed');
});

test('a call that does not end is an error that shows the last that happened', async () => {
  const flow = {
    limit: 60,
    handler: { 'POST /voice': '<Response><Call><Endpoint>+61491570156</Endpoint></Call></Response>' },
  };
  await expect(replay(flow)).rejects.toMatchObject({
    code: 'FLOW_ENDLESS',
    message: expect.stringMatching(
      /^after 60 s of virtual time 2 of its calls have not ended \(inProgress, inProgress\); the last that happened:\n[\s\S]*joins caller and \+61491570156$/,
    ),
  });
});

test('callbacks are tried again until the last attempt, however late', async () => {
  const { callbacks, transcript } = await replay({
    call: { direction: 'outgoing', options: { stateUpdateUri: '/state' } },
    phones: { '+61491570006': { busy: true } },
    handler: { 'POST /state': { status: 500 } },
  });
  expect(
    callbacks.filter(({ json }) => (json as { state: string }).state === 'BUSY').map(({ at }) => at / 1000),
  ).toEqual([0, 1, 3, 7, 15, 75, 1875, 5475, 12_675]);
  expect(transcript.trimEnd().split('\n').at(-1)).toMatch(
    /^12675\.0 {3}callback {6}CALL_STATE_UPDATE for \/state given up after 9 attempts$/,
  );
});

test.for<[string, Flow['acts'] & object, RegExp]>([
  ['hang up', [{ after: 1, hangUp: true }], /1\.0 {3}api {11}hangs up caller\n[\s\S]*completed: ended by the API/],
  [
    'give another document',
    [{ after: 1, document: '<Response><Say>Bye.</Say></Response>' }],
    /api {11}gives caller another document: Say\n[\s\S]*says "Bye\."/,
  ],
  ['send to another URL', [{ after: 1, redirect: '/other' }], /api {11}sends caller to \/other\n[\s\S]*POST \/other/],
])('an API can %s in the middle of a call', async ([, acts, expected]) => {
  const { transcript } = await replay({
    acts,
    handler: {
      'POST /voice': '<Response><Say>This takes a while, as it is a long sentence.</Say></Response>',
      'POST /other': '<Response/>',
    },
  });
  expect(transcript).toMatch(expected);
});

test.for([
  ['a dialect that is none', { ...hello, dialect: 'latin' }, 'dialect: found "latin", expected laml or voiceml'],
  [
    'a file without a folder',
    { handler: { '/voice': 'start.xml' } },
    'handler."/voice": found the file start.xml, and no folder to read it from, expected the document itself',
  ],
  [
    'a document that is none',
    { ...hello, acts: [{ after: 1, document: '<Response><Hangup/></Response>' }] },
    /^acts\.0\.document: found line 1, column 11: .*, expected a document that can be executed$/,
  ],
] as const)('%s is refused before anything runs', ([, flow, message]) => {
  expect(() => prepare(flow)).toThrow(message);
});

test.for([
  [
    'not there',
    { after: 0.2, call: 2 },
    'acts.0: found call 2, when there have been 1, expected a call that lives 0.2 s after the beginning',
  ],
  ['over', { after: 9 }, 'acts.0: found call 1, which has ended, expected a call that lives 9 s after the beginning'],
] as const)('an act on a call that is %s is said', async ([, act, message]) => {
  await expect(replay({ ...hello, acts: [{ ...act, hangUp: true }] })).rejects.toThrow(message);
});
