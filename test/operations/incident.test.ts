import { expect, test } from 'vitest';
import { VirtualClock } from '../../src/clock.ts';
import type { HttpRequest, Transport } from '../../src/http/transport.ts';
import type { JournalEntry } from '../../src/journal/journal.ts';
import { errorWebhook } from '../../src/operations/error-webhook.ts';
import { discreet } from '../../src/operations/incident.ts';

test.for([
  ['https://app.example/voice', 'https://app.example/voice'],
  ['https://app.example/voice?token=hush', 'https://app.example/voice?…'],
  ['https://user:hush@app.example/voice', 'https://app.example/voice'],
  ['https://hush@app.example:8443/', 'https://app.example:8443/'],
  ['https://app.example/voice?token=hush: status 500', 'https://app.example/voice?…: status 500'],
  ['"https://app.example/?a=hush" is broken, is it?', '"https://app.example/?…" is broken, is it?'],
  [
    'first http://a.example/?x=hush, then http://b.example/?y=hush.',
    'first http://a.example/?…, then http://b.example/?….',
  ],
  ['sip:anna@example.org is busy', 'sip:anna@example.org is busy'],
] as const)('of %j only %j is told', ([text, told]) => {
  expect(discreet(text)).toBe(told);
});

const attempted = (url: string, seq: number): JournalEntry => ({
  seq,
  at: 0,
  subject: `call-${seq}`,
  family: `call-${seq}`,
  input: {
    type: 'handler.attempted',
    request: 'r1',
    attempt: {
      url,
      method: 'POST',
      status: 500,
      bytes: 0,
      ms: 12,
      code: 'HANDLER_STATUS',
      reason: 'answered with status 500',
      requestHeaders: {},
      requestBody: '',
      responseHeaders: {},
      responseBody: '',
    },
  },
});

test('each cause is told once a minute, with how often it was not told', async () => {
  const clock = new VirtualClock(0);
  const told: string[] = [];
  const transport: Transport = {
    send: ({ body = '{}' }: HttpRequest) => {
      const { url, call, missed } = JSON.parse(body);
      told.push(`${clock.now() / 1000} s: ${url} ${call}, ${missed} missed`);
      return { abort: () => {} };
    },
  };
  const hear = errorWebhook({ clock, transport, url: () => 'https://ops.example/errors', failed: () => {} });
  for (let second = 0; second < 130; second += 10) {
    hear(attempted(`https://app.example/voice?call=${second}`, second));
    if (second === 30) hear(attempted('https://app.example/other', 1));
    await clock.advance(10_000);
  }
  expect(told).toEqual([
    '0 s: https://app.example/voice?… call-0, 0 missed',
    '30 s: https://app.example/other call-1, 0 missed',
    '60 s: https://app.example/voice?… call-60, 5 missed',
    '120 s: https://app.example/voice?… call-120, 5 missed',
  ]);
});

test('without a webhook nothing is told', () => {
  const transport: Transport = { send: () => expect.unreachable() };
  const hear = errorWebhook({ clock: new VirtualClock(0), transport, url: () => undefined, failed: () => {} });
  hear(attempted('https://app.example/voice', 1));
});
