import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import page from '../../docs/laml-requests.md?raw';
import { createGuard } from '../../src/http/guard.ts';
import { undiciTransport } from '../../src/http/undici.ts';
import type { Delivery } from '../../src/store/store.ts';
import { formType, withQuery } from '../../src/vendors/signalwire/form.ts';
import { application, type FarSide, type Page, wire } from '../http/far-side.ts';
import { type Answer, letter, openPostOffice, signingKey } from './post-office.ts';

const { validateRequest } = createRequire(import.meta.url)('twilio') as {
  validateRequest(key: string, signature: string, url: string, parameters: Record<string, string>): boolean;
};
const key = Buffer.from(signingKey).toString('base64');

const form = 'CallSid=c1&CallStatus=completed&From=%2B61491570006&SequenceNumber=3';
const state = 'https://app.example.test/state?x=1';

const post = (differing: Partial<Delivery> = {}) =>
  letter({ dialect: 'laml', event: 'completed', urls: [state], contentType: formType, body: form, ...differing });

const get = (differing: Partial<Delivery> = {}) =>
  post({ urls: [withQuery(state, form)], method: 'GET', body: '', ...differing });

const redirectTo =
  (location: string, status: number): Page =>
  (_heard, response) =>
    response.writeHead(status, { location }).end();

const takes: Page = (_heard, response) => response.writeHead(204).end();

/** Delivers over real sockets to an application; what it heard, and what became of the callback. */
async function deliver(pages: Record<string, Page>, letterTo: (origin: string) => Delivery) {
  const app = await application(pages);
  const closing: { close(): Promise<void> }[] = [];
  const office = openPostOffice(() => ({}), {
    transport: (clock) => {
      const transport = undiciTransport({ clock, guard: createGuard({ allow: ['loopback'] }) });
      closing.push(transport);
      return transport;
    },
  });
  office.post(letterTo(app.origin));
  await office.clock.run();
  for (const one of closing) await one.close();
  await app.close();
  return { app, journal: office.journal(), became: [...office.store.deliveries()].map((one) => one.state) };
}

const isSigned = (app: FarSide, { url, body, headers }: FarSide['heard'][number]) =>
  [headers['x-signalwire-signature'], headers['x-twilio-signature']].map((signature) =>
    validateRequest(key, String(signature), app.origin + url, Object.fromEntries(new URLSearchParams(body))),
  );

test('a POST is a form, signed for its URL without the fragment', async () => {
  const { app, became } = await deliver({ '/state': takes }, (origin) =>
    post({ urls: [`${origin}/state?x=1#rt=900`] }),
  );
  const [heard] = app.heard;
  expect(heard).toMatchObject({ method: 'POST', url: '/state?x=1', body: form, headers: { 'content-type': formType } });
  expect([heard && isSigned(app, heard), became]).toEqual([[true, true], ['delivered']]);
});

test('a GET has everything behind its query, and no body', async () => {
  const { app, became } = await deliver({ '/state': takes }, (origin) =>
    get({ urls: [withQuery(`${origin}/state?x=1#rt=900`, form)] }),
  );
  const [heard] = app.heard;
  expect(heard).toMatchObject({ method: 'GET', url: `/state?x=1&${form}`, body: '' });
  expect(heard?.headers['content-type']).toBeUndefined();
  expect([heard && isSigned(app, heard), became]).toEqual([[true, true], ['delivered']]);
});

test('a name and password are sent and signed, and stand in no journal', async () => {
  const { app, journal } = await deliver({ '/state': takes }, (origin) =>
    post({ urls: [`${origin.replace('//', '//ann:s3cret@')}/state`] }),
  );
  const [heard] = app.heard;
  expect(heard?.headers.authorization).toBe(`Basic ${Buffer.from('ann:s3cret').toString('base64')}`);
  expect(heard && isSigned({ ...app, origin: app.origin.replace('//', '//ann:s3cret@') }, heard)).toEqual([true, true]);
  expect(JSON.stringify(journal)).not.toContain('s3cret');
});

test.for<[number, string, string, string]>([
  [301, 'GET', `/new?a=b&${form}`, ''],
  [302, 'GET', `/new?a=b&${form}`, ''],
  [303, 'GET', `/new?a=b&${form}`, ''],
  [307, 'POST', '/new?a=b', form],
  [308, 'POST', '/new?a=b', form],
])(
  'a redirect with %i leads to a %s that tells the same, signed for its place',
  async ([status, method, url, body]) => {
    const { app, became } = await deliver({ '/state': redirectTo('/new?a=b', status), '/new': takes }, (origin) =>
      post({ urls: [`${origin}/state`] }),
    );
    const [, heard] = app.heard;
    expect(heard).toMatchObject({ method, url, body });
    expect([heard && isSigned(app, heard), became]).toEqual([[true, true], ['delivered']]);
  },
);

test.for<[string, Answer]>([
  ['a failure', { status: 500 }],
  ['a refusal', { status: 404 }],
  ['silence', { silent: true }],
])('after %s it is tried twice more, then given up and kept', async ([, answer]) => {
  const office = openPostOffice(() => answer);
  office.post(post());
  await office.clock.run();
  expect(office.requests).toHaveLength(3);
  expect([...office.store.deliveries()].map(({ state: became, attempts }) => [became, attempts])).toEqual([
    ['givenUp', 3],
  ]);
});

test('first attempts to one URL go one after the other, also by GET, whatever they say', async () => {
  const office = openPostOffice(() => ({ afterMs: 100 }));
  office.post(get(), get({ urls: [withQuery(state, 'CallSid=c1&CallStatus=ringing')] }));
  await office.clock.run();
  expect(office.requests.map(({ at }) => at)).toEqual([0, 100]);
});

test.for<[string, string]>([
  ['', 'timed out after 5000 ms waiting for headers'],
  ['#rt=1500', 'timed out after 1500 ms waiting for headers'],
  ['#tt=700', 'timed out after 700 ms waiting for headers'],
])('an application that says nothing is not waited for longer than its URL says: %s', async ([fragment, reason]) => {
  const mute = await wire(() => {});
  const closing: { close(): Promise<void> }[] = [];
  const office = openPostOffice(() => ({}), {
    patienceMs: 100,
    transport: (clock) => {
      const transport = undiciTransport({ clock, guard: createGuard({ allow: ['loopback'] }) });
      closing.push(transport);
      return transport;
    },
  });
  office.post(post({ urls: [`http://127.0.0.1:${mute.port}/${fragment}`] }));
  await office.clock.run();
  for (const one of closing) await one.close();
  await mute.close();
  const reasons = office
    .journal()
    .flatMap(({ input }) => (input?.type === 'callback.attempted' ? [input.attempt.reason] : []));
  expect(reasons).toEqual([reason, reason, reason]);
});

test('the check of docs/laml-requests.md takes what is genuine, and nothing else', async () => {
  const example = /```js\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
  const { isFromCallflow }: { isFromCallflow: (...given: unknown[]) => boolean } = await import(
    /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(example)}`
  );
  for (const letterTo of [post, get]) {
    const { app } = await deliver({ '/state': takes }, (origin) => {
      const { urls, ...owed } = letterTo();
      return { ...owed, urls: urls.map((url) => url.replace('https://app.example.test', origin)) };
    });
    const [heard] = app.heard;
    expect(isFromCallflow(key, app.origin, heard, heard?.body)).toBe(true);
    expect(isFromCallflow(key, 'https://elsewhere.example', heard, heard?.body)).toBe(false);
  }
});
