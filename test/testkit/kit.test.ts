import { afterAll, beforeAll, describe, expect, test as plain } from 'vitest';
import { type Application, callTest, type Rehearsal, rehearse } from '../../src/testkit/vitest.ts';
import { answer, asExpress, asFastify, asFetch, asHono, asServer } from './applications.ts';

const test = callTest({ application: asFetch });

test('a caller is asked, presses a key and reaches the shop', async ({ dial, rehearsal }) => {
  const caller = await dial();
  expect(caller).toHear('press 1');
  expect(caller).toBeAskedFor({ digits: 1 });
  await caller.presses(1);
  expect(caller).toDial('+61491570156');
  const shop = rehearsal.callee('+61491570156');
  expect(shop.rings).toBe(true);
  await shop.answers();
  await shop.says('Corner Books, good morning.');
  expect(caller).toHear('corner books');
  await caller.says('Do you have Ulysses?');
  expect(shop).toHear(/ulysses/i);
  await shop.hangsUp();
  expect(caller).toHaveRequested('/called', { action: 'CALL', callStatus: 'COMPLETED' });
  expect(caller).toHear('Goodbye');
  expect(caller).toHaveEnded({ state: 'completed', by: 'engine' });
});

test('a caller who says nothing is asked again', async ({ dial }) => {
  const caller = await dial();
  await caller.staysSilent();
  expect(caller).toHear('Nothing was pressed');
  expect(caller).toBeAskedFor('digits');
  expect(caller).not.toHaveEnded();
});

test('nobody picks up', async ({ dial, rehearsal }) => {
  const caller = await dial();
  await caller.presses('1');
  await rehearsal.callee('+61491570156').letsItRing();
  expect(caller).toHaveRequested('/called', { callStatus: 'NOT_ANSWERED' });
});

test.for([
  ['declines', 'REJECTED'],
  ['isBusy', 'BUSY'],
] as const)('the shop %s', async ([what, status], { dial, rehearsal }) => {
  const caller = await dial();
  await caller.presses('1');
  await rehearsal.callee('+61491570156')[what]();
  expect(caller).toHaveRequested('/called', { callStatus: status });
});

test('a message is recorded, and the application told', async ({ dial }) => {
  const caller = await dial();
  await caller.presses('2');
  expect(caller).toHear('after the tone');
  expect(caller).toRecord();
  await caller.says('Please call me back.');
  await caller.hangsUp();
  expect(caller).toHaveEnded({ by: 'farSide' });
  expect(caller).toHaveSent('RECORDING_READY', { state: 'SUCCEEDED' });
  expect(caller).toHaveSent('/recorded');
});

test('a whole day of waiting costs no time', async ({ dial }) => {
  const caller = await dial();
  await caller.waits(600);
  expect(caller).toHear('Nothing was pressed');
});

test('two callers in one engine', async ({ dial, rehearsal }) => {
  const first = await dial();
  const second = await dial({ from: '+61491570007' });
  await second.presses('2');
  expect(first).not.toHear('after the tone');
  expect(rehearsal.calls.map(({ state }) => state)).toEqual(['inProgress', 'inProgress']);
  expect([first.call?.from, second.call?.from]).toEqual(['+61491570006', '+61491570007']);
});

test('a call that the API makes', async ({ place, rehearsal }) => {
  const called = await place('+61491570157', { options: { stateUpdateUri: '/states' } });
  expect(called.rings).toBe(true);
  await called.answers();
  expect(called).toHear('press 1');
  await rehearsal.does(called.id, { type: 'act.hangUp' });
  expect(called).toHaveEnded({ by: 'api' });
  expect(rehearsal).toHaveSent('CALL_STATE_UPDATE', { state: 'COMPLETED' });
});

describe('an application', () => {
  const server: { url: string; close(): void } = { url: '', close: () => {} };
  beforeAll(async () => Object.assign(server, await asServer()));
  afterAll(() => server.close());

  plain.for<[string, () => Application]>([
    ['fetch-style', () => asFetch],
    [
      'a function that answers with a text',
      () => async (request: Request) => answer(new URL(request.url).pathname, (await request.json()) as object),
    ],
    ['Express', asExpress],
    ['Fastify', asFastify],
    ['Hono', asHono],
    ['one that runs', () => new URL('/voice', server.url)],
  ])('%s is asked in virtual time', async ([, application]) => {
    const rehearsal: Rehearsal = rehearse({ application: application() });
    const caller = await rehearsal.dial();
    await caller.staysSilent();
    await caller.presses('2');
    expect(caller).toHear('after the tone');
    expect(rehearsal.requests.map(({ url }) => new URL(url).pathname)).toEqual([
      '/voice',
      '/choice',
      '/voice',
      '/choice',
    ]);
    await rehearsal.close();
  });
});
