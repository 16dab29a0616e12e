/** What a process waits for before it ends, beside its calls. */
import { expect, test } from 'vitest';
import { VirtualClock } from '../../src/clock.ts';
import { drain } from '../../src/operations/drain.ts';
import { memoryStore } from '../../src/store/memory/memory-store.ts';
import type { PayTerms } from '../../src/verbs/pay-terms.ts';
import { engineWith } from '../streams/engine.ts';

const connector = 'https://pay.example/charge';

const terms: PayTerms = {
  connector,
  method: 'account',
  currency: 'usd',
  securityCode: false,
  postalCode: false,
  minPostalCodeLength: 0,
  timeoutMs: 1_000,
  tokenType: 'one-time',
  cards: [],
  parameters: {},
};

/** Time goes on; between two timers whoever awaits something goes on, too. */
async function pass(clock: VirtualClock): Promise<void> {
  for (let next = clock.next; next !== undefined; next = clock.next) {
    await new Promise<void>((done) => setImmediate(done));
    await clock.run(next);
  }
}

test('a text that the network has is waited for: nobody is told that it failed', async () => {
  const clock = new VirtualClock();
  const store = memoryStore();
  const { engine } = engineWith(() => '<Response/>', { clock, store });
  const { id } = engine.sendText({
    project: 'demo',
    dialect: 'laml',
    to: '+15550100001',
    from: '+15550100002',
    text: 'Hi',
  });
  let left: string | undefined;
  const drained = drain({ clock, engine, begun: () => engine.live(), ms: 60_000 }).then(() => {
    left = store.message(id)?.state;
  });
  await pass(clock);
  await drained;
  expect(left).toBe('sent');
});

test('a payment that its connector has is waited for, also when its call has ended', async () => {
  const clock = new VirtualClock();
  const answers = ({ url }: { url: string }) =>
    url === connector
      ? '{"token_id":"taken","error_code":null}'
      : '<Response><Say>One moment.</Say><Pause length="600"/></Response>';
  const { engine, callIn } = engineWith(answers, { clock, answersAfterMs: 3_000 });
  callIn([
    { after: 10, press: '021000021' },
    { after: 10, press: '12345678#' },
  ]);
  const outcomes: unknown[] = [];
  engine.onEntry(({ output }) => {
    if (output?.type === 'checkout.changed' && output.record.outcome) outcomes.push(output.record.outcome);
  });
  await clock.run(clock.now() + 5_000);
  const [call = ''] = engine.live();
  const { id } = engine.checkouts.begin(call, terms)!;
  engine.checkouts.act(call, id, { type: 'collect', step: 'bank-routing-number' });
  await clock.run(clock.now() + 8_000);
  engine.checkouts.act(call, id, { type: 'collect', step: 'bank-account-number' });
  await clock.run(clock.now() + 30_000);
  expect(engine.checkouts.of(call)).toMatchObject([{ required: [], state: 'open' }]);
  engine.checkouts.act(call, id, { type: 'complete' });
  engine.act(call, { type: 'act.hangUp' });
  const drained = drain({ clock, engine, begun: () => engine.live(), ms: 60_000 }).then(() => engine.close());
  await pass(clock);
  await drained;
  expect(outcomes).toEqual(['success']);
});
