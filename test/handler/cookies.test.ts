import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { application, type FarSide, type Page } from '../http/far-side.ts';
import { type Asker, asker, call } from './asked.ts';

/** Sets whatever the query asks for. */
const sets: Page = ({ url }, response) => {
  const { searchParams } = new URL(url, 'http://app.example');
  const location = searchParams.get('location');
  response.setHeader('set-cookie', searchParams.getAll('set'));
  if (location) response.writeHead(302, { location }).end();
  else response.end();
};
const shows: Page = (_heard, response) => response.end();

let app: FarSide;
let asking: Asker;
beforeAll(async () => {
  app = await application({ '/': shows, '/set': sets, '/a/set': sets, '/a/b': shows, '/ab': shows, '/last': shows });
});
afterAll(() => app.close());
beforeEach(() => {
  asking = asker();
  app.heard.length = 0;
});
afterEach(() => asking.close());

const at = (host: string, path: string) => `http://${host}:${app.port}${path}`;
const set = (path: string, ...cookies: string[]) =>
  `${path}?${new URLSearchParams(cookies.map((cookie): [string, string] => ['set', cookie]))}`;
const sent = () => app.heard.map(({ headers }) => headers.cookie);

test.for([
  ['same host and path', 'app.example', set('/set', 'a=1'), 'app.example', '/', 'a=1'],
  [
    'several, in the order they were set',
    'app.example',
    set('/set', 'b=2', 'a=1; HttpOnly'),
    'app.example',
    '/',
    'b=2; a=1',
  ],
  ['the longer path first', 'app.example', set('/set', 'a=1', 'b=2; Path=/a'), 'app.example', '/a/b', 'b=2; a=1'],
  ['another port is the same host', 'app.example', set('/set', 'a=1'), 'app.example', '/', 'a=1'],
  ['another host', 'app.example', set('/set', 'a=1'), 'other.example', '/', undefined],
  ['a host below, not told to', 'app.example', set('/set', 'a=1'), 'www.app.example', '/', undefined],
  ['a host below, told to', 'app.example', set('/set', 'a=1; Domain=app.example'), 'www.app.example', '/', 'a=1'],
  ['a domain above', 'www.app.example', set('/set', 'a=1; Domain=app.example'), 'app.example', '/', 'a=1'],
  [
    'a domain of somebody else',
    'app.example',
    set('/set', 'a=1; Domain=other.example'),
    'other.example',
    '/',
    undefined,
  ],
  ['a domain of everybody', 'app.com', set('/set', 'a=1; Domain=com'), 'other.com', '/', undefined],
  ['the folder of the page that set it', 'app.example', set('/a/set', 'a=1'), 'app.example', '/a/b', 'a=1'],
  ['a folder that only begins the same', 'app.example', set('/a/set', 'a=1'), 'app.example', '/ab', undefined],
  ['a path of its own', 'app.example', set('/a/set', 'a=1; Path=/'), 'app.example', '/', 'a=1'],
  ['Secure, without TLS', 'app.example', set('/set', 'a=1; Secure'), 'app.example', '/', undefined],
  ['set again', 'app.example', set('/set', 'a=1', 'a=2'), 'app.example', '/', 'a=2'],
  ['taken back', 'app.example', set('/set', 'a=1', 'a=; Max-Age=0'), 'app.example', '/', undefined],
  ['nonsense', 'app.example', set('/set', '=;;=', ''), 'app.example', '/', undefined],
  ['larger than 4 KiB', 'app.example', set('/set', `a=${'x'.repeat(4095)}`), 'app.example', '/', undefined],
  ['an IP address', '127.0.0.1', set('/set', 'a=1'), '127.0.0.1', '/', 'a=1'],
] as const)('%s', async ([, fromHost, fromPath, toHost, toPath, expected]) => {
  await asking.ask([at(fromHost, fromPath)]);
  await asking.ask([at(toHost, toPath)]);
  expect(sent()).toEqual([undefined, expected]);
});

test.for([
  ['Max-Age', 'a=1; Max-Age=60', 59, 'a=1'],
  ['Max-Age, over', 'a=1; Max-Age=60', 60, undefined],
  ['Expires', 'a=1; Expires=Thu, 01 Jan 2026 00:01:00 GMT', 59, 'a=1'],
  ['Expires, over', 'a=1; Expires=Thu, 01 Jan 2026 00:01:00 GMT', 60, undefined],
  ['neither', 'a=1', 1_000_000, 'a=1'],
] as const)('a cookie expires by the time of the clock: %s', async ([, cookie, seconds, expected]) => {
  await asking.ask([at('app.example', set('/set', cookie))]);
  await asking.clock.advance(seconds * 1000);
  await asking.ask([at('app.example', '/')]);
  expect(sent().at(-1)).toBe(expected);
});

test('Max-Age counts from when the cookie was set last, and being sent does not prolong it', async () => {
  await asking.ask([at('app.example', set('/set', 'a=1; Max-Age=60'))]);
  await asking.clock.advance(40_000);
  await asking.ask([at('app.example', set('/set', 'a=1; Max-Age=60'))]);
  await asking.clock.advance(40_000);
  await asking.ask([at('app.example', '/')]);
  await asking.clock.advance(20_000);
  await asking.ask([at('app.example', '/')]);
  expect(sent()).toEqual([undefined, 'a=1', 'a=1', undefined]);
});

test('a redirect sets cookies too, for the next hop already', async () => {
  await asking.ask([at('app.example', `${set('/set', 'a=1')}&location=/last`)]);
  expect(sent()).toEqual([undefined, 'a=1']);
});

test('a redirect to another host takes no cookies along', async () => {
  await asking.ask([at('app.example', set('/set', 'a=1'))]);
  await asking.ask([at('app.example', `/set?location=${encodeURIComponent(at('other.example', '/'))}`)]);
  expect(sent()).toEqual([undefined, 'a=1', undefined]);
});

test('calls do not see each other’s cookies', async () => {
  await asking.ask([at('app.example', set('/set', 'a=1'))]);
  await asking.ask([at('app.example', '/')], { call: { ...call, id: 'another' } });
  await asking.ask([at('app.example', '/')]);
  expect(sent()).toEqual([undefined, undefined, 'a=1']);
});

test('a call that is over is forgotten with its cookies, also those of an answer that comes too late', async () => {
  await asking.ask([at('app.example', set('/set', 'a=1'))]);
  asking.begin([at('app.example', set('/set', 'b=2'))]);
  asking.handler.forget(call.id);
  await asking.clock.run();
  await asking.ask([at('app.example', '/')]);
  expect(sent()).toEqual([undefined, 'a=1', undefined]);
});

test('a call keeps fifty cookies; the oldest make room', async () => {
  const cookies = Array.from({ length: 60 }, (_, index) => `c${index}=1`);
  await asking.ask([at('app.example', set('/set', ...cookies))]);
  await asking.ask([at('app.example', '/')]);
  expect(sent()[1]).toBe(cookies.slice(10).join('; '));
});
