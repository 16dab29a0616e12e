/** What transcripts do not show of the calls that a call originates. */
import { expect, test } from 'vitest';
import type { CallRecord } from '../../src/records/call.ts';
import { replay } from '../../src/replay/replay.ts';
import { program, say, told, world } from './world.ts';

const seconds = (call: CallRecord) => {
  const since = (instant: number | undefined) => (instant === undefined ? undefined : (instant - begin) / 1000);
  const { createTime, startTime, ringTime, answerTime, endTime } = call;
  return [createTime, startTime, ringTime, answerTime, endTime].map(since);
};

const begin = Date.UTC(2026, 0, 1);

const calling = (...endpoints: readonly string[]) => ({
  'POST /voice': `<Response><Call TimeoutSeconds="10">${endpoints
    .map((to) => `<Endpoint>${to}</Endpoint>`)
    .join('')}</Call></Response>`,
});

test('a child is an outgoing call of its parent, and both were bridged once they were joined', async () => {
  const { calls } = await replay({
    handler: calling('+61491570156', 'sip:desk7@pbx.example'),
    phones: { '+61491570156': { answers: 4, hangsUp: 5 }, 'sip:desk7@pbx.example': { after: 2, answers: false } },
  });
  const [parent, ...children] = calls;
  const child = { direction: 'outgoing', createMethod: 'parentCall', originatingCall: parent!.id, family: parent!.id };
  expect(children).toMatchObject([
    { ...child, transport: 'PSTN', to: '+61491570156', state: 'completed', bridged: true },
    { ...child, transport: 'SIP', to: 'sip:desk7@pbx.example', state: 'canceled', bridged: false },
  ]);
  expect(children.map(({ options }) => options)).toEqual([undefined, undefined]);
  expect(parent).toMatchObject({ createMethod: 'incomingCall', state: 'completed', bridged: true });
});

test('each call has the times of what happened to it: created, started, rang, answered, ended', async () => {
  const { calls } = await replay({
    handler: calling('+61491570156', 'sip:desk7@pbx.example', '+61491570157', '+61491570158'),
    phones: {
      '+61491570156': { after: 1, answers: 4, hangsUp: 5 },
      'sip:desk7@pbx.example': { after: 2, answers: false },
      '+61491570157': { after: 1, busy: true },
      '+61491570158': { rings: false, answers: 8 },
    },
  });
  expect(calls.map(seconds)).toEqual([
    [0, 0, undefined, 5, 10],
    [0, 0, 1, 5, 10],
    [0, 0, 2, undefined, 5],
    [0, 0, undefined, undefined, 1],
    [0, 0, undefined, undefined, 5],
  ]);
});

test('an outgoing call that rang and was answered has every time, one that was answered without ringing no ring time', async () => {
  const { calls } = await replay({
    calls: [
      { direction: 'outgoing', to: '+61491570156' },
      { direction: 'outgoing', to: '+61491570157' },
    ],
    handler: { 'POST /voice': '<Response/>' },
    phones: { '+61491570156': { after: 1, answers: 4 }, '+61491570157': { rings: false, answers: 3 } },
  });
  expect(calls.map(seconds)).toEqual([
    [0, 0, 1, 5, 5],
    [0, 0, undefined, 3, 3],
  ]);
});

test('a call and all that it originates are so many at most; one more fails by itself', async () => {
  const of = world(
    {
      '/voice': program(
        {
          verb: 'dial',
          answers: false,
          targets: ['+61491570156', '+61491570157', '+61491570158'].map((to) => ({ to, transport: 'PSTN' })),
          strategy: 'linear',
          ringMs: 5_000,
          maxMs: 60_000,
        },
        say('Nobody is there.'),
      ),
    },
    { '+61491570156': { busy: true }, '+61491570157': { busy: true }, '+61491570158': { answers: 1 } },
    { limits: { family: 3 } },
  );
  of.network.callIn({ to: '+61255501234', from: '+61491570006', transport: 'PSTN' });
  await of.clock.run();
  expect(told(of.journal, 'call.changed')).toEqual([
    'call.changed busy',
    'call.changed busy',
    'call.changed failed',
    'call.changed inProgress',
    'call.changed completed',
  ]);
  expect(
    of.journal.flatMap(({ output }) => (output?.type === 'problem' ? [[output.code, output.message]] : [])),
  ).toEqual([['CALL_FAMILY_LIMIT', 'a call and the calls it originated may be 3 at most']]);
  expect(of.engine.left()).toEqual({ calls: 0, bridges: 0, queued: 0, recordings: 0 });
});

test('whoever goes on calling others after they have been refused is ended', async () => {
  const targets = Array.from({ length: 20 }, () => ({ to: '+61491570156', transport: 'PSTN' }) as const);
  const of = world(
    {
      '/voice': program(say('Hello.'), {
        verb: 'dial',
        answers: false,
        targets,
        strategy: 'linear',
        ringMs: 20_000,
        maxMs: 20_000,
      }),
    },
    { '+61491570156': { busy: true } },
    { limits: { family: 3 } },
  );
  of.network.callIn({ to: '+61255501234', from: '+61491570006', transport: 'PSTN' });
  await of.clock.run();
  const ends = of.journal.flatMap(({ output }) =>
    output?.type === 'call.changed' && output.record.endTime ? [output.record] : [],
  );
  expect(ends.map(({ state }) => state)).toEqual(['busy', 'busy', 'failed', 'failed', 'failed', 'failed', 'completed']);
  expect(ends.at(-1)).toMatchObject({ errorCode: 'CALL_FAMILY_LIMIT' });
  expect(of.clock.pending).toBe(0);
});
