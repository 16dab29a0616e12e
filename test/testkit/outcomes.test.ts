import { expect } from 'vitest';
import { Enactment } from '../../src/replay/enactment.ts';
import { asFlow } from '../../src/replay/flow-shape.ts';
import { planOf } from '../../src/replay/plan.ts';
import { type Callee, callTest, rehearse } from '../../src/testkit/vitest.ts';
import { asFetch } from './applications.ts';

const test = callTest({ application: asFetch });
const shop = '+61491570156';

test.for<[string, (callee: Callee) => Promise<unknown>, object]>([
  ['cannot be reached', (callee) => callee.isUnreachable(), { callStatus: 'FAILED' }],
  ['is no number', (callee) => callee.fails('invalidNumber'), { callStatus: 'FAILED' }],
  ['rings until the caller gives up', (callee) => callee.letsItRing(), { callStatus: 'NOT_ANSWERED' }],
])('the shop %s', async ([, takes, parameters], { dial, rehearsal }) => {
  const caller = await dial();
  await caller.presses(1);
  await takes(rehearsal.callee(shop));
  expect(caller).toHaveRequested('/called', parameters);
  expect(caller).toHear('Goodbye');
});

test('a machine answers, greets and beeps', async ({ dial, rehearsal }) => {
  const caller = await dial();
  await caller.presses(1);
  await rehearsal.callee(shop).isAMachine({ greeting: 'We are closed.' });
  await caller.waits(5);
  expect(caller.sounds.slice(-2).map(({ text, by }) => [text, by])).toEqual([
    ['We are closed.', 'party'],
    ['beep', 'party'],
  ]);
});

test('what has been decided is decided', async ({ dial, rehearsal }) => {
  const caller = await dial();
  await caller.presses(1);
  const callee = await rehearsal.callee(shop).answers();
  await expect(callee.letsItRing()).rejects.toThrow(`${shop} cannot let it ring: it has answered already`);
  await caller.hangsUp();
  await expect(callee.says('Hello?')).rejects.toThrow(`${shop} cannot say "Hello?": the call has ended`);
});

test('whoever is cut off while they speak keeps nobody waiting', async ({ dial, rehearsal }) => {
  const caller = await dial();
  await caller.presses(1);
  const callee = await rehearsal.callee(shop).answers();
  const spoken = caller.says('a long story '.repeat(50));
  await callee.hangsUp();
  await spoken;
  expect(rehearsal.at).toBeLessThan(60_000);
});

test('whoever says something to an application that listens is answered', async () => {
  const names = '<Response><Gather input="speech" action="/got"><Say>Which book?</Say></Gather></Response>';
  const rehearsal = rehearse({
    dialect: 'laml',
    application: ({ url }: Request) =>
      new URL(url).pathname === '/voice' ? names : '<Response><Say>We have it.</Say></Response>',
  });
  const caller = await rehearsal.dial();
  expect(caller).toBeAskedFor('speech');
  await caller.says('Ulysses');
  expect(caller).toHaveRequested('/got', { SpeechResult: 'Ulysses' });
  expect(caller).toHear('We have it.');
  await rehearsal.close();
});

test('several callers in a conference hear each other, and music without an end keeps nobody waiting', async () => {
  const room = '<Response><Dial><Conference>room</Conference></Dial></Response>';
  const rehearsal = rehearse({ dialect: 'laml', application: (_: Request) => room });
  const first = await rehearsal.dial();
  expect(first).toHear('music');
  const second = await rehearsal.dial({ from: '+61491570007' });
  await second.says('Anybody here?');
  expect(first).toHear('anybody here');
  expect(rehearsal.at).toBeLessThan(60_000);
  await rehearsal.close();
});

test('nobody calls once the rehearsal is closed', async () => {
  const rehearsal = rehearse({ application: asFetch });
  await rehearsal.dial();
  await rehearsal.close();
  await rehearsal.close();
  await expect(rehearsal.dial()).rejects.toThrow('after the rehearsal was closed');
});

test('nothing waits any more once an enactment is closed', async () => {
  const asked = '<Response><Input NextUri="/choice"><Say>Press 1.</Say></Input></Response>';
  const flow = asFlow({ handler: { 'POST /voice': asked } });
  const plan = planOf(flow, () => new Uint8Array());
  const enactment = new Enactment(plan, { attends: () => true, rings: () => {} });
  await enactment.run(() => false, 1000);
  const during = enactment.clock.pending;
  await enactment.close();
  expect([during > 0, enactment.clock.pending]).toEqual([true, 0]);
});
