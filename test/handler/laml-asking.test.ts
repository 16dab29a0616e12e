import { expect, test } from 'vitest';
import type { HandlerRequest } from '../../src/handler/handler.ts';
import type { HandlerUrl } from '../../src/verbs/verb.ts';
import { application, type FarSide, type Page, wire } from '../http/far-side.ts';
import { asker, call } from './asked.ts';
import { says, status } from './faulty.ts';

const caller = { ...call, dialect: 'laml', state: 'inProgress' } as const;
const digits = { type: 'digits', digits: '42', reason: 'stopKey' } as const;

/** Asks an application for its /voice; what it heard, and what came of it. */
async function asking(
  pages: Readonly<Record<string, Page>>,
  request: (origin: string) => Partial<HandlerRequest> = () => ({}),
) {
  const app = await application(pages);
  const { ask, close } = asker();
  const asked = await ask([`${app.origin}/voice`], { call: caller, result: digits, ...request(app.origin) });
  await close();
  await app.close();
  return { asked, heard: app.heard.map(told), app };
}

/** What an application reads of a request. */
function told({ method, url, body }: FarSide['heard'][number]): Record<string, string> {
  const { pathname, searchParams } = new URL(url, 'http://app');
  return {
    request: `${method} ${pathname}`,
    ...Object.fromEntries(searchParams),
    ...Object.fromEntries(new URLSearchParams(body)),
  };
}

const good = says('<Response/>');

const standard = {
  CallSid: '0197f000-0000-7000-8100-000000beef00',
  AccountSid: expect.stringMatching(/^[0-9a-f-]{36}$/),
  ApiVersion: '2010-04-01',
  From: '+61491570006',
  To: '+61255501234',
  CallStatus: 'in-progress',
  Direction: 'inbound',
};

test.for<[number, string]>([
  [301, 'GET'],
  [302, 'GET'],
  [303, 'GET'],
  [307, 'POST'],
  [308, 'POST'],
])('a redirect with %i is followed by %s, and what was found out is not told again', async ([code, method]) => {
  const { heard, asked } = await asking({ '/voice': status(code, { location: '/next?x=1' }), '/next': good });
  expect(heard).toEqual([
    { request: 'POST /voice', ...standard, Digits: '42' },
    { request: `${method} /next`, x: '1', ...standard },
  ]);
  expect(asked.answers).toMatchObject([{ type: 'program', program: { url: expect.stringMatching(/\/next\?x=1$/) } }]);
});

test('a GET has its parameters behind the query, which stays as it is; the document is that of the URL without them', async () => {
  const urls = (origin: string): HandlerUrl[] => [{ url: `${origin}/voice?b=2&a=%20#rt=900`, method: 'GET' }];
  const { heard, asked, app } = await asking({ '/voice': good }, (origin) => ({ urls: urls(origin) }));
  expect(heard).toEqual([{ request: 'GET /voice', b: '2', a: ' ', ...standard, Digits: '42' }]);
  expect(app.heard[0]?.url).toMatch(/^\/voice\?b=2&a=%20&CallSid=/);
  expect(app.heard[0]?.body).toBe('');
  expect(asked.answers).toMatchObject([{ type: 'program', program: { url: `${app.origin}/voice?b=2&a=%20` } }]);
});

test('the URL after one that gave no document is told which, and why', async () => {
  const { heard, app } = await asking({ '/voice': says('<Response'), '/fallback': good }, (origin) => ({
    urls: [
      { url: `${origin}/voice?x=1#ot=500`, method: 'POST' },
      { url: `${origin}/fallback`, method: 'GET' },
    ],
  }));
  expect(heard).toEqual([
    { request: 'POST /voice', x: '1', ...standard, Digits: '42' },
    {
      request: 'GET /fallback',
      ...standard,
      Digits: '42',
      ErrorCode: '12100',
      ErrorUrl: `${app.origin}/voice?x=1`,
    },
  ]);
});

test('a name and password are sent as Basic authorization, and told to nobody', async () => {
  const { heard, app, asked } = await asking({ '/voice': good }, (origin) => ({
    urls: [{ url: `${origin.replace('//', '//ann:s3cret@')}/voice`, method: 'GET' }],
  }));
  expect(heard).toEqual([{ request: 'GET /voice', ...standard, Digits: '42' }]);
  expect(app.heard[0]?.headers.authorization).toBe(`Basic ${Buffer.from('ann:s3cret').toString('base64')}`);
  expect(JSON.stringify(asked.attempts)).not.toContain('s3cret');
});

/** A server that takes connections and says nothing. */
test.for<[string, string, string, number]>([
  ['https', '', 'timed out after 2000 ms waiting to connect', 2000],
  ['https', '#ot=300', 'timed out after 300 ms waiting to connect', 300],
  ['https', '#ct=400', 'timed out after 400 ms waiting to connect', 400],
  ['https', '#ot=5', 'timed out after 100 ms waiting to connect', 100],
  ['http', '', 'timed out after 5000 ms waiting for headers', 5000],
  ['http', '#rt=99999', 'timed out after 15000 ms waiting for headers', 15_000],
  ['http', '#rt=15000&tt=700', 'timed out after 700 ms waiting for headers', 700],
  ['http', '#rt=soon', 'timed out after 5000 ms waiting for headers', 5000],
])('%s with "%s": %s', async ([scheme, fragment, reason, ms]) => {
  const mute = await wire(() => {});
  const { ask, close } = asker({ patienceMs: 200 });
  const { attempts } = await ask([`${scheme}://127.0.0.1:${mute.port}/voice${fragment}`], { call: caller });
  await close();
  await mute.close();
  expect(attempts.map((attempt) => [attempt.code, attempt.reason, attempt.ms])).toEqual([
    ['HANDLER_TIMEOUT', reason, ms],
  ]);
});

const cached =
  (headers: Record<string, string>): Page =>
  ({ headers: asked }, response) => {
    const known = asked['if-none-match'] !== undefined || asked['if-modified-since'] !== undefined;
    response.writeHead(known ? 304 : 200, { 'content-type': 'text/xml', ...headers });
    response.end(known ? '' : '<Response><Say>Hello.</Say></Response>');
  };

test.for<[string, Record<string, string>, HandlerUrl['method'], number[]]>([
  ['with an ETag', { etag: '"1"' }, 'GET', [200, 304, 304]],
  ['with the time of its last change', { 'last-modified': 'Thu, 01 Jan 2026 00:00:00 GMT' }, 'GET', [200, 304, 304]],
  ['that is good for a minute', { 'cache-control': 'max-age=60' }, 'GET', [200]],
  ['that is good for two seconds, with an ETag', { 'cache-control': 'max-age=2', etag: '"1"' }, 'GET', [200, 304]],
  ['that must be asked for', { 'cache-control': 'no-cache, max-age=60', etag: '"1"' }, 'GET', [200, 304, 304]],
  ['that must not be kept', { 'cache-control': 'no-store', etag: '"1"' }, 'GET', [200, 200, 200]],
  ['that is another one under other cookies', { etag: '"1"', vary: 'Cookie' }, 'GET', [200, 200, 200]],
  ['that came with a cookie', { 'cache-control': 'max-age=60', 'set-cookie': 'a=1' }, 'GET', [200, 200, 200]],
  ['that nobody says anything of', {}, 'GET', [200, 200, 200]],
  ['of a POST', { etag: '"1"', 'cache-control': 'max-age=60' }, 'POST', [200, 200, 200]],
])('asked for three times within three seconds, a document %s', async ([, headers, method, statuses]) => {
  const app = await application({ '/voice': cached(headers) });
  const { ask, close, clock } = asker();
  const all = [];
  for (let time = 0; time < 3; time++) {
    all.push(await ask([], { call: caller, urls: [{ url: `${app.origin}/voice`, method }] }));
    clock.setTimeout(() => {}, 1500);
    await clock.run();
  }
  await close();
  await app.close();
  expect(all.flatMap(({ attempts }) => attempts.map((attempt) => attempt.status))).toEqual(statuses);
  expect(all.flatMap(({ answers }) => answers)).toEqual(Array(3).fill(all[0]?.answers[0]));
  expect(all[0]?.answers).toMatchObject([{ type: 'program', program: { instructions: [{ verb: 'play' }] } }]);
});

test('what one project has fetched is not given to another, nor to another call', async () => {
  const app = await application({ '/voice': cached({ etag: '"1"' }) });
  const { ask, close } = asker();
  const statuses = [];
  for (const differing of [{}, { project: 'other' }, { id: '0197f00000000001000000000001' }, {}]) {
    const urls = [{ url: `${app.origin}/voice`, method: 'GET' as const }];
    const { attempts } = await ask([], { call: { ...caller, ...differing }, urls });
    statuses.push(...attempts.map((attempt) => attempt.status));
  }
  await close();
  await app.close();
  expect(statuses).toEqual([200, 200, 200, 304]);
});
