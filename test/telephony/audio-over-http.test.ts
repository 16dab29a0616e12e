import { expect, test } from 'vitest';
import { VirtualClock } from '../../src/clock.ts';
import type { HttpExchange, Transport } from '../../src/http/transport.ts';
import type { AudioLength } from '../../src/telephony/simulated/audio-lengths.ts';
import { audioOverHttp } from '../../src/telephony/simulated/audio-over-http.ts';
import { chunk, format, wav } from './audio-bytes.ts';

type Answer =
  | { status: number; body?: Uint8Array; location?: string }
  | { code: 'URL_NOT_ALLOWED' | 'HANDLER_TIMEOUT'; reason: string };

const second = wav(format(1, 8_000, 2), chunk('data', new Uint8Array(16_000)));

/** A web server that answers by URL after 100 ms, and what it was asked. */
function server(pages: Readonly<Record<string, Answer>>) {
  const clock = new VirtualClock();
  const asked: string[] = [];
  const transport: Transport = {
    send: ({ method, url }, done) => {
      asked.push(`${method} ${url}`);
      const timer = clock.setTimeout(() => done(exchange(pages[url] ?? { status: 404 })), 100);
      return { abort: () => clock.clearTimeout(timer) };
    },
  };
  return { clock, asked, transport };
}

function exchange(answer: Answer): HttpExchange {
  if ('code' in answer) return { ok: false, ...answer, bytes: 0, ms: 100 };
  const { status, body = new Uint8Array(), location } = answer;
  return { ok: true, status, headers: location === undefined ? {} : { location }, setCookies: [], body, ms: 100 };
}

const hop = (location: string): Answer => ({ status: 302, location });
const a = 'https://app.example/a.wav';

test.for<[string, Record<string, Answer>, AudioLength]>([
  ['a WAV file', { [a]: { status: 200, body: second } }, { ms: 1_000 }],
  ['a page that is none', { [a]: { status: 404 } }, { code: 'AUDIO_NOT_AVAILABLE', reason: 'the status was 404' }],
  [
    'something else',
    { [a]: { status: 200, body: new TextEncoder().encode('<html>') } },
    { code: 'AUDIO_NOT_UNDERSTOOD', reason: 'neither WAV nor MP3: it begins with "<html>"' },
  ],
  [
    'an address that is not allowed',
    { [a]: { code: 'URL_NOT_ALLOWED', reason: 'loopback' } },
    { code: 'URL_NOT_ALLOWED', reason: 'loopback' },
  ],
  [
    'a server that says nothing',
    { [a]: { code: 'HANDLER_TIMEOUT', reason: 'headers' } },
    { code: 'AUDIO_NOT_AVAILABLE', reason: 'HANDLER_TIMEOUT: headers' },
  ],
  [
    'redirects, relative ones too',
    {
      [a]: hop('/b.wav'),
      'https://app.example/b.wav': hop('https://cdn.example/c'),
      'https://cdn.example/c': { status: 200, body: second },
    },
    { ms: 1_000 },
  ],
  ['a redirect to itself', { [a]: hop('a.wav') }, { code: 'AUDIO_NOT_AVAILABLE', reason: 'more than 5 redirects' }],
  ['a redirect to nowhere', { [a]: hop('http://') }, { code: 'AUDIO_NOT_AVAILABLE', reason: 'a redirect to http://' }],
  [
    'a redirect that says nothing',
    { [a]: { status: 302 } },
    { code: 'AUDIO_NOT_AVAILABLE', reason: 'the status was 302' },
  ],
])('%s', async ([, pages, length]) => {
  const { clock, transport } = server(pages);
  const told: AudioLength[] = [];
  audioOverHttp({ transport }).lengthOf(a, (one) => told.push(one));
  await clock.run();
  expect(told).toEqual([length]);
});

test('each file is fetched once, however many ask at the same time or later', async () => {
  const { clock, transport, asked } = server({ [a]: { status: 200, body: second } });
  const audio = audioOverHttp({ transport });
  const told: AudioLength[] = [];
  for (let n = 0; n < 3; n++) audio.lengthOf(a, (length) => told.push(length));
  await clock.run();
  audio.lengthOf(a, (length) => told.push(length));
  expect(told).toEqual(Array(4).fill({ ms: 1_000 }));
  expect(asked).toEqual([`GET ${a}`]);
});

test('by the clock, a file is fetched again after a minute', async () => {
  const { clock, transport, asked } = server({ [a]: { status: 200, body: second } });
  const audio = audioOverHttp({ transport, clock });
  for (let n = 0; n < 4; n++) {
    audio.lengthOf(a, () => {});
    await clock.advance(40_000);
  }
  expect(asked).toHaveLength(2);
});

test('what failed is fetched again', async () => {
  const { clock, transport, asked } = server({});
  const audio = audioOverHttp({ transport });
  for (let n = 0; n < 2; n++) {
    audio.lengthOf(a, () => {});
    await clock.run();
  }
  expect(asked).toHaveLength(2);
});

test('only so many lengths are remembered: the one asked for longest ago is forgotten', async () => {
  const pages = Object.fromEntries(
    ['a', 'b', 'c'].map((name) => [`https://app.example/${name}.wav`, { status: 200, body: second }]),
  );
  const { clock, transport, asked } = server(pages);
  const audio = audioOverHttp({ transport, maxFiles: 2 });
  for (const name of ['a', 'b', 'a', 'c', 'a', 'b']) {
    audio.lengthOf(`https://app.example/${name}.wav`, () => {});
    await clock.run();
  }
  expect(asked.map((line) => line.at(-5))).toEqual(['a', 'b', 'c', 'b']);
});

test('the exchange is aborted once nobody waits for it any more', async () => {
  const { clock, transport } = server({ [a]: { status: 200, body: second } });
  const audio = audioOverHttp({ transport });
  const told: string[] = [];
  const [one, other] = ['one', 'other'].map((who) => audio.lengthOf(a, () => told.push(who)));
  one?.abort();
  expect(clock.pending).toBe(1);
  other?.abort();
  expect(clock.pending).toBe(0);
  audio.lengthOf(a, () => told.push('third'));
  await clock.run();
  expect(told).toEqual(['third']);
});
