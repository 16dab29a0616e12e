/** Payments that somebody outside leads: what of them goes where, whatever is done when. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { VirtualClock } from '../../src/clock.ts';
import type { Engine } from '../../src/engine/engine.ts';
import type { HttpRequest } from '../../src/http/transport.ts';
import type { JournalEntry } from '../../src/journal/journal.ts';
import { reenact } from '../../src/replay/reenactment/reenact.ts';
import { replay } from '../../src/replay/replay.ts';
import { scriptedStreams } from '../../src/replay/scripted-streams.ts';
import { transcriptOf } from '../../src/replay/transcript.ts';
import { memoryStore } from '../../src/store/memory/memory-store.ts';
import { sqliteStore } from '../../src/store/sqlite/sqlite-store.ts';
import type { PayTerms } from '../../src/verbs/pay-terms.ts';
import { program, world } from '../call/world.ts';
import { engineWith } from './engine.ts';

const folder = mkdtempSync(join(tmpdir(), 'callflow-checkout-'));
afterAll(() => rmSync(folder, { recursive: true }));

const card = '4242424242424242';
const code = '737';
const account = '98765432109876';
const connector = 'https://pay.example/charge';
const ears = 'wss://ears.example/live';

const terms: PayTerms = {
  connector,
  method: 'card',
  currency: 'usd',
  securityCode: true,
  postalCode: false,
  minPostalCodeLength: 0,
  timeoutMs: 5_000,
  tokenType: 'reusable',
  cards: ['visa'],
  parameters: {},
};

const callback = { url: 'https://app.example/pay', method: 'POST' } as const;

/** The caller talks to somebody; both are recorded, streamed and written down. */
const document = `<Response>
  <Start><Stream url="${ears}" track="both_tracks"/><Transcription statusCallbackUrl="/text"/></Start>
  <Dial record="record-from-answer-dual"><Number>+15555550140</Number></Dial>
</Response>`;

const answers = ({ url }: HttpRequest) => {
  if (url === connector) return `{"token_id":"of ${card}","error_code":null,"error_message":null}`;
  return url.endsWith('/voice') ? document : '<Response/>';
};

interface Deed {
  after: number;
  does(engine: Engine, call: string): unknown;
}

const begins: Deed['does'] = (engine, call) => engine.checkouts.begin(call, terms, { callback });

const leads =
  (what: Parameters<Engine['checkouts']['act']>[2]): Deed['does'] =>
  (engine, call) => {
    const last = engine.checkouts.of(call).at(-1);
    if (last) engine.checkouts.act(call, last.id, what);
  };

type Step = 'payment-card-number' | 'expiration-date' | 'security-code';
const collects = (step: Step) => leads({ type: 'collect', step });

/** What everybody beside the till gets to know. */
async function during(
  deeds: readonly Deed[],
  keys: readonly { after: number; press: string }[],
  more: { store?: ReturnType<typeof sqliteStore>; clock?: VirtualClock } = {},
) {
  const { clock = new VirtualClock() } = more;
  const heard: string[] = [];
  const streamed: string[] = [];
  const scripted = scriptedStreams(clock, { [ears]: {} });
  const parts = engineWith(answers, {
    ...more,
    clock,
    servers: {
      open: (stream, client) => {
        const line = scripted.open(stream, client);
        return {
          wantsAudio: line.wantsAudio,
          close: () => line.close(),
          send: (message) => {
            if (message.type === 'pressed') streamed.push(message.digit);
            line.send(message);
          },
        };
      },
    },
    onRing: (_, party) => {
      clock.setTimeout(() => party.answer(), 500);
      return { hears: ({ kind, text }) => heard.push(`${kind} ${text}`) };
    },
  });
  const { engine } = parts;
  parts.callIn([...keys, { after: 20, hangUp: true }]);
  for (const { after, does } of deeds)
    clock.setTimeout(() => {
      const [call] = engine.live();
      if (call === undefined) return;
      try {
        does(engine, call);
      } catch (error) {
        if ((error as { code?: string }).code !== 'PAYMENT_REFUSED') throw error;
      }
    }, after * 1000);
  await clock.run();
  return { ...parts, heard, streamed };
}

/** Keys in the journal, from the beginning of each payment to its end. */
function keysInPayments(journal: readonly JournalEntry[]): string {
  let open = false;
  let keys = '';
  for (const { input, output } of journal) {
    if (output?.type === 'checkout.changed') open = output.record.state !== 'over';
    if (open && input?.type === 'leg.pressed') keys += input.digit;
  }
  return keys;
}

const whole: readonly Deed[] = [
  { after: 2, does: begins },
  { after: 3, does: collects('payment-card-number') },
  { after: 11, does: collects('expiration-date') },
  { after: 16, does: collects('security-code') },
  { after: 21, does: leads({ type: 'complete' }) },
];

const keyed = [
  { after: 4, press: card },
  { after: 5, press: '0930' },
  { after: 4, press: code },
];

test('what is keyed goes to the connector, and neither into a file, a journal or a request, nor to anybody’s ears', async () => {
  const clock = new VirtualClock();
  const store = sqliteStore({
    file: join(folder, 'callflow.sqlite'),
    clock,
    onFailure: (error) => expect(error).toBe(0),
  });
  const { engine, journal, asked, heard, streamed } = await during(whole, keyed, { store, clock });
  await engine.close();
  store.close();

  const isPosted = ({ url }: HttpRequest) => url === connector;
  expect(asked.filter(isPosted).map(({ body = '' }) => JSON.parse(body))).toEqual([
    {
      transaction_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      amount: 0,
      token_type: 'reusable',
      cardnumber: card,
      cvv: code,
      expiry_month: '09',
      expiry_year: '30',
      currency_code: 'usd',
      parameters: {},
    },
  ]);
  const last = asked.findLast(({ url }) => url === callback.url);
  expect(Object.fromEntries(new URLSearchParams(last?.body))).toMatchObject({
    Result: 'success',
    PaymentToken: 'of xxxxxxxxxxxxxxxx',
    PaymentCardNumber: 'xxxxxxxxxxxx4242',
    SecurityCode: 'xxx',
  });
  const kept = readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'latin1'))
    .join('');
  const said = asked.filter((request) => !isPosted(request));
  for (const text of [kept, JSON.stringify(journal), JSON.stringify(said), transcriptOf(journal)]) {
    expect(text).toContain('xxxxxxxxxxxx4242');
    expect(text).not.toContain(card);
    expect(text).not.toContain(`"${code}"`);
    expect(text).not.toMatch(/presses [0-9]/);
  }
  expect(keysInPayments(journal)).toBe('•'.repeat(23));
  expect([...new Set(heard)]).toEqual(['keys •']);
  expect(streamed).toEqual([]);
});

const aDeed = fc.record({
  after: fc.integer({ min: 1, max: 40 }),
  does: fc.oneof(
    { weight: 3, arbitrary: fc.constant(begins) },
    ...(['payment-card-number', 'expiration-date', 'security-code'] as const).map((step) => ({
      weight: 3,
      arbitrary: fc.constant(collects(step)),
    })),
    fc.constant(leads({ type: 'complete' })),
    fc.constant(leads({ type: 'cancel' })),
  ),
});

const someKeys = fc.record({
  after: fc.integer({ min: 0, max: 6 }),
  press: fc.oneof(
    ...[card, code, '0930', account, '#', `${card}#`, '0930#', '*'].map((press) => fc.constant(press)),
    fc.stringMatching(/^[0-9#A-D]{1,20}$/),
  ),
});

test('whatever is done and keyed when, keys of a payment are nobody’s, and everything is as it was in the end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(aDeed, { maxLength: 12 }), fc.array(someKeys, { maxLength: 8 }), async (deeds, keys) => {
      const { engine, journal, asked, heard, streamed, clock } = await during(deeds, keys);
      expect(keysInPayments(journal)).toMatch(/^[•#*A-D]*$/);
      const open = journal.flatMap(({ input }) => (input?.type === 'leg.pressed' ? [input.digit] : []));
      expect(streamed.filter((key) => key !== '•').length).toBeLessThanOrEqual(
        open.filter((key) => key !== '•').length,
      );
      expect(heard.filter((sound) => /[0-9]/.test(sound)).length).toBeLessThanOrEqual(
        open.filter((key) => /\d/.test(key)).length,
      );
      const said = asked.filter(({ url }) => url !== connector);
      for (const secret of [card, account]) expect(JSON.stringify([journal, said])).not.toContain(secret);
      const states = journal.flatMap(({ output }) =>
        output?.type === 'checkout.changed' ? [[output.record.id, output.record.state] as const] : [],
      );
      const overs = states.filter(([, state]) => state === 'over').map(([id]) => id);
      expect(overs.sort()).toEqual([...new Set(states.map(([id]) => id))].sort());
      expect(engine.left()).toEqual({ calls: 0, bridges: 0, queued: 0, recordings: 0 });
      expect(clock.pending).toBe(0);
      expect(reenact(JSON.parse(JSON.stringify(journal))).difference).toBeUndefined();
    }),
    { numRuns: 60 },
  );
});

const waits = '<Response><Say>Hello.</Say><Pause length="30"/></Response>';

/** A call that goes on for half a minute, or runs that, and what is done to it a second after its beginning. */
async function soon(does: Deed['does'], more: Parameters<typeof engineWith>[1] = {}, runs = waits) {
  const parts = engineWith(({ url }) => (url.endsWith('/voice') ? runs : ''), more);
  parts.callIn([]);
  parts.clock.setTimeout(() => does(parts.engine, parts.engine.live()[0]!), 1_000);
  await parts.clock.run();
  return parts;
}

test.for([
  ['is not whole when the next one is asked for counts for nothing', 3, {}, ['payment-card-number', 'expiration-date']],
  ['becomes whole just before the next one is asked for is taken', 4, { expiry: '0930' }, ['payment-card-number']],
] as const)('a detail that %s', async ([, keys, details, required]) => {
  const seen: unknown[] = [];
  /** As soon as so many keys have been pressed, before the till says anything of them. */
  const asksAfterKeys: Deed['does'] = (engine, call) => {
    let pressed = 0;
    engine.onEntry(({ input }) => {
      if (input?.type === 'leg.pressed' && ++pressed === keys) collects('security-code')(engine, call);
    });
  };
  await during(
    [
      { after: 2, does: begins },
      { after: 3, does: collects('expiration-date') },
      { after: 3.5, does: asksAfterKeys },
      { after: 8, does: (engine, call) => seen.push(engine.checkouts.of(call)[0]) },
    ],
    [
      { after: 4, press: '0930'.slice(0, keys) },
      { after: 1, press: '737' },
    ],
  );
  expect(seen).toEqual([
    expect.objectContaining({
      step: 'security-code',
      collecting: false,
      keyed: 3,
      details: { method: 'card', ...details, securityCode: 'xxx' },
      required,
    }),
  ]);
});

test('nobody is paid in a call that is not there, or not answered, or where there are no tills', async () => {
  const seen: unknown[] = [];
  const attempt = (begin: () => unknown) => {
    try {
      seen.push(begin());
    } catch (error) {
      seen.push((error as { code?: string }).code);
    }
  };
  await soon((engine, call) => {
    attempt(() => engine.checkouts.begin('nobody', terms));
    attempt(() => engine.checkouts.act(call, 'none', { type: 'cancel' }));
    attempt(() => engine.checkouts.begin(call, terms)?.state);
    attempt(() => engine.checkouts.begin(call, terms));
    attempt(() => engine.checkouts.of('nobody').length);
  });
  const unanswered = world({
    '/voice': program({ verb: 'play', answers: false, sounds: [{ type: 'silence', ms: 9_000 }] }),
  });
  unanswered.network.callIn({ to: '+15555550200', from: '+15555550300', transport: 'PSTN' });
  await unanswered.clock.advance(1_000);
  attempt(() => unanswered.engine.checkouts.begin(unanswered.engine.live()[0]!, terms));
  await soon((engine, call) => attempt(() => engine.checkouts.begin(call, terms)), { nobodyPays: true });
  await soon(
    (engine, call) => attempt(() => engine.checkouts.begin(call, terms)),
    {},
    `<Response><Pay paymentConnectorUrl="${connector}" action="/paid"/></Response>`,
  );
  expect(seen).toEqual([
    undefined,
    undefined,
    'open',
    'PAYMENT_REFUSED',
    0,
    'PAYMENT_REFUSED',
    'PAYMENT_REFUSED',
    'PAYMENT_REFUSED',
  ]);
});

test('no more than a hundred payments begin in a call', async () => {
  let begun = 0;
  await soon((engine, call) => {
    const once = () => engine.checkouts.act(call, engine.checkouts.begin(call, terms)!.id, { type: 'cancel' });
    for (; begun < 100; begun++) once();
    expect(once).toThrow('100 payments have begun in the call already');
    expect(engine.checkouts.of(call)).toHaveLength(100);
  });
  expect(begun).toBe(100);
});

test('when the engine ends, what a connector has not answered is told as failed', async () => {
  const clock = new VirtualClock();
  const parts = engineWith(answers, { clock, answersAfterMs: 3_000, onRing: () => ({}) });
  const { engine, journal, asked } = parts;
  parts.callIn([
    { after: 7, press: card },
    { after: 1, press: '0930' },
    { after: 1, press: code },
    { after: 2, hangUp: true },
  ]);
  const at = (seconds: number, does: Deed['does']) =>
    clock.setTimeout(() => does(engine, engine.live()[0]!), seconds * 1000);
  at(4, begins);
  at(5, collects('payment-card-number'));
  at(10.6, collects('expiration-date'));
  at(12.5, collects('security-code'));
  at(14.5, leads({ type: 'complete' }));
  await clock.run(clock.now() + 16_000);
  expect([engine.live().length, asked.filter(({ url }) => url === connector).length]).toEqual([0, 1]);
  await engine.close();
  const last = journal.findLast(({ output }) => output?.type === 'checkout.changed')?.output;
  expect(last).toMatchObject({
    record: {
      state: 'over',
      outcome: 'payment-connector-error',
      details: { error: 'the engine ended before the connector answered' },
    },
  });
});

test.for([
  [[{ after: 2, checkout: 'complete' }], 'acts.0: found no payment, '],
  [
    [
      { after: 2, checkout: { connector } },
      { after: 3, checkout: 'complete' },
    ],
    'acts.1: found it is not complete: ',
  ],
  [
    [
      { after: 2, checkout: { connector } },
      { after: 3, checkout: { connector } },
    ],
    'acts.1: found another payment goes on',
  ],
  [
    [
      { after: 2, checkout: { connector } },
      { after: 3, checkout: 'bank-account-number' },
    ],
    'acts.1: found bank-account-',
  ],
  [[{ after: 2, checkout: { amount: '5' } }], 'acts.0.checkout.connector: found nothing, '],
  [[{ after: 2, checkout: 'card' }], 'acts.0.checkout: found "card", '],
] as const)('a flow that cannot be is refused: %j', async ([acts, message]) => {
  const flow = {
    dialect: 'laml',
    acts,
    handler: { 'POST /voice': '<Response><Say>Hi.</Say><Pause length="9"/></Response>' },
  };
  await expect(async () => replay(flow)).rejects.toThrow(message);
});

test.for([
  ['is being keyed', 9, { Result: 'caller-hung-up', PaymentCardNumber: undefined }],
  ['is with its connector', 24, { Result: 'payment-connector-error', PaymentCardNumber: 'xxxxxxxxxxxx4242' }],
  ['is over', 400, undefined],
] as const)(
  'a payment that %s when its process is killed is told as over by the next one, once',
  async ([, seconds, result]) => {
    const store = memoryStore();
    const clock = new VirtualClock();
    const before = engineWith(answers, { clock, store, answersAfterMs: 5_000, onRing: () => ({}) });
    before.callIn([
      { after: 12, press: card },
      { after: 1, press: '0930' },
      { after: 1, press: code },
      { after: 9, hangUp: true },
    ]);
    const at = (second: number, does: Deed['does']) =>
      clock.setTimeout(() => does(before.engine, before.engine.live()[0]!), second * 1000);
    at(6, begins);
    at(7, collects('payment-card-number'));
    at(16, collects('expiration-date'));
    at(17.5, collects('security-code'));
    at(22, leads({ type: 'complete' }));
    await clock.run(clock.now() + seconds * 1000);

    const results = [];
    for (let process = 1; process <= 2; process++) {
      const after = engineWith(answers, { clock: new VirtualClock(clock.now() + 60_000 * process), store });
      after.engine.recover();
      await after.clock.run();
      for (const { url, body } of after.asked)
        if (url === callback.url) results.push(Object.fromEntries(new URLSearchParams(body)));
    }
    const last = results.filter(({ Result }) => Result !== undefined);
    expect(last.map(({ Result, PaymentCardNumber }) => ({ Result, PaymentCardNumber }))).toEqual(
      result ? [result] : [],
    );
    expect([...store.deliveries('owed')]).toEqual([]);
  },
);

test('whatever is done with a payment that is over does nothing: keys are heard again', async () => {
  const clock = new VirtualClock();
  const { engine, journal, callIn } = engineWith(
    ({ url }) => (url.endsWith('/voice') ? '<Response><Gather timeout="60"/></Response>' : '<Response/>'),
    { clock },
  );
  callIn([{ after: 20, press: '1' }]);
  await clock.run(clock.now() + 10_000);
  const [call = ''] = engine.live();
  const { id: checkout } = engine.checkouts.begin(call, terms)!;
  engine.act(call, { type: 'act.checkout', checkout, what: { type: 'cancel' } });
  engine.act(call, { type: 'act.checkout', checkout, what: { type: 'complete' } });
  engine.act(call, { type: 'act.checkout', checkout, what: { type: 'collect', step: 'security-code' } });
  await clock.run();
  const records = journal.flatMap(({ output }) => (output?.type === 'checkout.changed' ? [output.record] : []));
  expect(records.map(({ state, outcome }) => outcome ?? state)).toEqual(['open', 'canceled']);
  const asked = journal.flatMap(({ output }) => (output?.type === 'handler.asked' ? [output.result] : []));
  expect(asked).toContainEqual({ type: 'digits', digits: '1', reason: 'timeout' });
});
