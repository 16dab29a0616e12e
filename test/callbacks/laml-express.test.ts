/** The middleware of both vendors' packages, in an application of Express, takes what is told of a LaML call. */
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import express, { type RequestHandler } from 'express';
import { expect, onTestFinished, test } from 'vitest';
import { createGuard } from '../../src/http/guard.ts';
import { undiciTransport } from '../../src/http/undici.ts';
import { formType, withQuery } from '../../src/vendors/signalwire/form.ts';
import { letter, openPostOffice, signingKey } from './post-office.ts';

type Webhook = (key: string, options?: object) => RequestHandler;

const require = createRequire(import.meta.url);
const middlewares: readonly (readonly [string, Webhook])[] = [
  ['@signalwire/compatibility-api', require('@signalwire/compatibility-api').RestClient.webhook],
  ['twilio', require('twilio').webhook],
];

const key = Buffer.from(signingKey).toString('base64');
const form = 'CallSid=c1&CallStatus=completed&From=%2B61491570006&CallerName=R%C3%BCm+%26+Co&SequenceNumber=3';

/** What an application hears behind its middleware, and what becomes of the callbacks. */
async function told(check: RequestHandler) {
  const heard: unknown[] = [];
  const app = express();
  app.use(express.urlencoded({ extended: false }));
  app.all('/state', check, ({ method, query, body }, response) => {
    heard.push([method, query.CallerName ?? body.CallerName]);
    response.status(204).end();
  });
  const server = await new Promise<Server>((resolve) => {
    const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
  });
  const state = `http://127.0.0.1:${(server.address() as AddressInfo).port}/state?x=1%2B1`;
  const closing: { close(): Promise<void> }[] = [];
  const office = openPostOffice(() => ({}), {
    transport: (clock) => {
      const transport = undiciTransport({ clock, guard: createGuard({ allow: ['loopback'] }) });
      closing.push(transport);
      return transport;
    },
  });
  onTestFinished(async () => {
    for (const one of closing) await one.close();
    server.close();
  });
  const about = { dialect: 'laml', event: 'completed', contentType: formType } as const;
  office.post(
    letter({ ...about, urls: [state], body: form }),
    letter({ ...about, urls: [withQuery(state, form)], method: 'GET', body: '' }),
  );
  await office.clock.run();
  return { heard, became: [...office.store.deliveries()].map((one) => one.state) };
}

test.for(middlewares)('that of %s, by POST and by GET', async ([, webhook]) => {
  expect(await told(webhook(key))).toEqual({
    heard: [
      ['POST', 'Rüm & Co'],
      ['GET', 'Rüm & Co'],
    ],
    became: ['delivered', 'delivered'],
  });
});

test.for(middlewares)('that of %s refuses what is signed with another key', async ([, webhook]) => {
  expect(await told(webhook('another key'))).toEqual({ heard: [], became: ['givenUp', 'givenUp'] });
});
