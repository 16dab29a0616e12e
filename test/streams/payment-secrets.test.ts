import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { VirtualClock } from '../../src/clock.ts';
import { createTills } from '../../src/handler/till.ts';
import type { HttpRequest, Transport } from '../../src/http/transport.ts';
import { replay } from '../../src/replay/replay.ts';
import { transcriptOf } from '../../src/replay/transcript.ts';
import { sqliteStore } from '../../src/store/sqlite/sqlite-store.ts';
import { connectorsOf } from '../../src/vendors/index.ts';
import type { TillEvent } from '../../src/verbs/till.ts';
import { engineWith } from './engine.ts';

const folder = mkdtempSync(join(tmpdir(), 'callflow-pay-'));
afterAll(() => rmSync(folder, { recursive: true }));

const card = '4242424242424242';
const code = '737';

const document = `<Response><Pay paymentConnectorUrl="https://pay.example/charge" chargeAmount="9.90" postalCode="false"
  action="/paid" statusCallback="/status"/></Response>`;

const answers = ({ url }: HttpRequest) => {
  if (url === 'https://pay.example/charge') return `{"charge_id":"of ${card}","error_code":null,"error_message":null}`;
  return url.endsWith('/voice') ? document : '<Response/>';
};

const script = [
  { hears: 'card number', press: card },
  { hears: 'expiration', press: '0930' },
  { hears: 'security', press: code },
];

test('what was keyed goes to the connector, and into no file, journal or request beside', async () => {
  const clock = new VirtualClock();
  const failures: Error[] = [];
  const store = sqliteStore({
    file: join(folder, 'callflow.sqlite'),
    clock,
    onFailure: (error) => failures.push(error),
  });
  const { engine, journal, asked, callIn } = engineWith(answers, { store, clock });
  callIn(script);
  await clock.run();
  await engine.close();
  store.close();
  expect(failures).toEqual([]);

  const isPosted = ({ url }: HttpRequest) => url === 'https://pay.example/charge';
  expect(asked.filter(isPosted).map(({ body = '' }) => JSON.parse(body))).toEqual([
    {
      transaction_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      method: 'credit-card',
      chargeAmount: '9.90',
      cardnumber: card,
      cvv: code,
      expiry_month: '09',
      expiry_year: '30',
      currency_code: 'usd',
      parameters: {},
    },
  ]);
  const paid = new URLSearchParams(asked.find(({ url }) => url.endsWith('/paid'))?.body);
  expect(Object.fromEntries([...paid].filter(([name]) => /^(Result|Pay|Exp|Sec)/.test(name)))).toEqual({
    Result: 'success',
    PaymentConfirmationCode: 'of xxxxxxxxxxxxxxxx',
    PaymentMethod: 'credit-card',
    PaymentCardNumber: 'xxxxxxxxxxxx4242',
    PaymentCardType: 'visa',
    ExpirationDate: '0930',
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
  expect(journal.flatMap(({ input }) => (input?.type === 'leg.pressed' ? [input.digit] : [])).join('')).toBe(
    '•'.repeat(23),
  );
});

test('a replay shows nobody what was posted to the connector', async () => {
  const run = await replay({
    dialect: 'laml',
    caller: script,
    handler: {
      'POST /voice': document,
      'POST https://pay.example/charge': { body: '{"charge_id":"1"}' },
      'POST /paid': '<Response/>',
    },
  });
  expect(run.requests.map(({ url }) => url)).toEqual(['https://app.example/voice', 'https://app.example/paid']);
  expect(JSON.stringify([run.journal, run.calls, run.requests, run.callbacks])).not.toContain(card);
});

test('when a call is given something else to do, keys are ordinary ones again and the till is empty', async () => {
  const { engine, journal, clock, callIn } = engineWith(({ url }) =>
    url.endsWith('/voice') ? document : '<Response><Gather numDigits="2" action="/done"/></Response>',
  );
  callIn([{ hears: 'card number', press: '4242' }, { after: 3, press: '12' }, { hangUp: true }]);
  clock.setTimeout(
    () =>
      engine.act(engine.live()[0]!, {
        type: 'act.redirect',
        urls: [{ url: 'https://app.example/other', method: 'POST' }],
      }),
    2_000,
  );
  await clock.run();
  expect(journal.flatMap(({ input }) => (input?.type === 'leg.pressed' ? [input.digit] : [])).join('')).toBe('••••12');
});

test.for([
  ['http://pay.example/', 'PAYMENT_CONNECTOR'],
  ['http://10.0.0.1/', 'PAYMENT_CONNECTOR'],
  ['http://127.0.0.1.example/', 'PAYMENT_CONNECTOR'],
  ['nowhere', 'PAYMENT_CONNECTOR'],
  ['http://127.0.0.1:8080/', 'posted'],
  ['http://[::1]:8080/', 'posted'],
  ['http://localhost:8080/', 'posted'],
  ['https://pay.example/', 'posted'],
])('at the connector %s a payment is %s', async ([url, becomes]) => {
  const clock = new VirtualClock();
  const events: TillEvent[] = [];
  const transport: Transport = {
    send: (_, done) => {
      done({ ok: true, status: 200, headers: {}, setCookies: [], body: Buffer.from('{"token_id":"posted"}'), ms: 0 });
      return { abort: () => {} };
    },
  };
  const tills = createTills({ clock, transport, connectorsOf });
  const till = tills.open({ call: 'c', project: 'p', dialect: 'laml' }, (event) => events.push(event));
  till.charge({ url: url!, method: 'card', currency: 'usd', tokenType: 'reusable', parameters: {} });
  await clock.run();
  expect(events.map((event) => ('failure' in event ? event.failure.code : 'id' in event ? event.id : event))).toEqual([
    becomes,
  ]);
});
