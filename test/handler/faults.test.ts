import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import type { ErrorCode } from '../../src/errors.ts';
import type { Answer } from '../../src/journal.ts';
import { application, deadPort, type Page } from '../http/far-side.ts';
import { type Asked, asker } from './asked.ts';

/** How long a slow application may hold up this test in real time. */
const patienceMs = 400;

interface Fault {
  page?: Page;
  /** When it is not a page of an application. */
  url?: () => Promise<string>;
  code: ErrorCode;
  reason: string | RegExp;
  attempts?: number;
  document?: boolean;
  slow?: boolean;
}

const says =
  (text: string | Buffer, contentType = 'application/xml'): Page =>
  (_heard, response) =>
    response.setHeader('content-type', contentType).end(text);

const status =
  (code: number, headers: Record<string, string> = {}): Page =>
  (_heard, response) =>
    response.writeHead(code, headers).end('<html>no</html>');

/** The beginning of an answer, and then nothing. */
const stalls =
  (begin: (response: ServerResponse) => void): Page =>
  (_heard, response) =>
    begin(response);

const bad = (xml: string, code: ErrorCode, reason: RegExp): Fault => ({
  page: says(xml),
  code,
  reason,
  document: true,
});

const faults: Readonly<Record<string, Fault>> = {
  'nothing listens': {
    url: async () => `http://127.0.0.1:${await deadPort()}/`,
    code: 'HANDLER_REFUSED',
    reason: /^nothing listens on 127\.0\.0\.1:\d+$/,
  },
  'the connection breaks before the answer': {
    page: (_heard, response) => response.socket?.resetAndDestroy(),
    code: 'HANDLER_BROKEN',
    reason: 'the connection was closed before an answer came',
  },
  'the connection breaks in the middle of the answer': {
    page: (_heard, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('<Response>', () => response.socket?.destroy());
    },
    code: 'HANDLER_BROKEN',
    reason: 'the connection was closed in the middle of the answer, after 10 bytes of the body',
  },
  'no answer comes': {
    page: stalls(() => {}),
    code: 'HANDLER_TIMEOUT',
    reason: 'timed out after 10000 ms waiting for headers',
    slow: true,
  },
  'the headers come too slowly': {
    page: stalls(({ socket }) => socket?.write('HTTP/1.1 200 OK\r\nContent-Ty')),
    code: 'HANDLER_TIMEOUT',
    reason: 'timed out after 10000 ms waiting for headers',
    slow: true,
  },
  'the body comes too slowly': {
    page: stalls((response) => {
      response.writeHead(200, { 'content-length': 100 });
      const drip = (text: string) => {
        if (text) response.write(text[0], () => setImmediate(drip, text.slice(1)));
      };
      drip('<Response>..');
    }),
    code: 'HANDLER_TIMEOUT',
    reason: 'timed out after 10000 ms waiting for the body (12 bytes so far)',
    slow: true,
  },
  'status 500': { page: status(500), code: 'HANDLER_STATUS', reason: 'answered with status 500' },
  'status 404': { page: status(404), code: 'HANDLER_STATUS', reason: 'answered with status 404' },
  'status 303': {
    page: status(303, { location: '/good' }),
    code: 'HANDLER_REDIRECTS',
    reason: 'status 303 redirects in a way that does not repeat the request',
  },
  'a redirect without a place': {
    page: status(302),
    code: 'HANDLER_REDIRECTS',
    reason: 'status 302 without a Location',
  },
  'a redirect to no URL': {
    page: status(302, { location: 'http://[' }),
    code: 'URL_NOT_VALID',
    reason: 'redirected to "http://[", which is not a URL',
  },
  'a redirect to another scheme': {
    page: status(302, { location: 'tel:+61255501234' }),
    code: 'URL_SCHEME',
    reason: 'redirected to tel: which is not http: or https:',
  },
  'redirects without end': {
    page: status(307, { location: '/fault' }),
    code: 'HANDLER_REDIRECTS',
    reason: 'redirected more than 5 times',
    attempts: 6,
  },
  'a redirect to a private address': {
    page: status(302, { location: 'http://10.0.0.1/' }),
    code: 'URL_NOT_ALLOWED',
    reason: /^10\.0\.0\.1 is a private address/,
    attempts: 2,
  },
  'a URL of another scheme': {
    url: async () => 'ftp://app.example/',
    code: 'URL_SCHEME',
    reason: 'nothing can be asked of ftp: URLs',
  },
  'no URL at all': { url: async () => '/start', code: 'URL_NOT_VALID', reason: '"/start" is not a URL' },
  'an answer of 10 MB': {
    page: says(`<Response>${' '.repeat(10_000_000)}</Response>`),
    code: 'HANDLER_TOO_LARGE',
    reason: 'the answer is larger than 262144 bytes',
  },
  'a web page': {
    page: says('<html><body>Welcome</body></html>', 'text/html; charset=utf-8'),
    code: 'DOCUMENT_ROOT',
    reason: /^1:1 the root element is <html>; .*; the answer came as text\/html; charset=utf-8$/,
    document: true,
  },
  JSON: {
    page: says('{"error":"oops"}', 'application/json'),
    code: 'DOCUMENT_NOT_XML',
    reason: /^1:1 .*; the answer came as application\/json$/,
    document: true,
  },
  'a compressed answer that nobody asked for': {
    page: (_heard, response) => response.setHeader('content-encoding', 'gzip').end('\x1f\x8b'),
    code: 'DOCUMENT_ENCODING',
    reason: 'the document came compressed (gzip), which was not asked for',
    document: true,
  },
  'bytes in another encoding than said': {
    page: says(Buffer.from('<Response><Say>gr\xfc\xdfe</Say></Response>', 'latin1')),
    code: 'DOCUMENT_ENCODING',
    reason: /^1:18 .*the bytes are not UTF-8/,
    document: true,
  },
  'XML that is not finished': bad('<Response><Say>unclosed</Response>', 'DOCUMENT_NOT_XML', /^1:24 /),
  'a document type with entities': bad(
    '<!DOCTYPE r [<!ENTITY a "b">]><Response><Say>&a;</Say></Response>',
    'DOCUMENT_DOCTYPE',
    /^1:1 /,
  ),
  'an unknown action': bad(
    '<Response>\n  <Hangup/>\n</Response>',
    'ELEMENT_UNKNOWN',
    /^2:3 there is no element <Hangup>/,
  ),
  'an attribute out of range': bad(
    '<Response><Input MaxDigitCount="129"/></Response>',
    'ATTRIBUTE_NOT_VALID',
    /^1:18 MaxDigitCount is "129"/,
  ),
  'an attribute given twice': bad(
    '<Response><Say Voice="a" Voice="b">x</Say></Response>',
    'DOCUMENT_NOT_XML',
    /^1:26 .*repeated/,
  ),
};

const rows = Object.entries(faults);

describe.for([
  ['the first of two URLs', ['fault', 'good']],
  ['the last of two URLs', ['broken', 'fault']],
  ['the only URL', ['fault']],
] as const)('at %s', ([, order]) => {
  test.concurrent.for(rows)('%s', async ([, fault]) => {
    const { asked, pending, urls } = await meet(fault, order);
    const { code, reason, attempts = 1, document = false } = fault;

    const went = {
      fault: [...Array(attempts - 1).fill(fine), [code, matching(reason)]],
      good: [fine],
      broken: [['HANDLER_STATUS', 'answered with status 500']],
    };
    expect(asked.attempts.map((attempt) => [attempt.code, attempt.reason])).toEqual(
      order.flatMap((name) => went[name]),
    );
    expect(asked.answers).toEqual([
      order.at(-1) === 'good'
        ? { type: 'program', program: expect.objectContaining({ url: urls.good }) }
        : {
            type: 'refused',
            code: document ? 'DOCUMENT_NOT_VALID' : 'HANDLER_UNAVAILABLE',
            reason: expect.stringContaining(asked.attempts.at(-1)?.reason ?? '?'),
          },
    ]);
    expect(pending).toBe(0);
  });

  test.for([
    ['status 204', status(204)],
    ['an empty body', says('')],
  ] as const)('%s is an empty document, not a fault', async ([, page]) => {
    const { asked, urls } = await meet({ page }, order);
    expect(asked.answers).toEqual([{ type: 'program', program: emptyProgram(urls.fault) }]);
    expect(asked.attempts.map(({ code }) => code)).toEqual(
      order[0] === 'fault' ? [undefined] : ['HANDLER_STATUS', undefined],
    );
  });
});

/** Code and reason of an attempt that gave what was asked for, or led on. */
const fine = [undefined, undefined];

const matching = (reason: string | RegExp) => (typeof reason === 'string' ? reason : expect.stringMatching(reason));

const emptyProgram = (url: string) => ({ dialect: 'voiceml', url, purpose: 'main', instructions: [] });

/** Asks an application that has the fault, and sees to it that nothing is left open. */
async function meet(
  { page = status(404), url, slow }: Pick<Fault, 'page' | 'url' | 'slow'>,
  order: readonly ('fault' | 'good' | 'broken')[],
): Promise<{ asked: Asked; pending: number; urls: { fault: string; good: string } }> {
  const app = await application({ '/fault': page, '/good': says('<Response/>'), '/broken': status(500) });
  const { ask, clock, close } = asker(slow ? { patienceMs } : {});
  const urls = {
    fault: (await url?.()) ?? `${app.origin}/fault`,
    good: `${app.origin}/good`,
    broken: `${app.origin}/broken`,
  };
  const asked = await ask(order.map((name) => urls[name]));
  await close();
  await app.quiet();
  await app.close();
  return { asked, pending: clock.pending, urls };
}

test('docs/handlers.md tells of every fault and its code, and of no other', () => {
  const page = readFileSync(new URL('../../docs/handlers.md', import.meta.url), 'utf8');
  const table = [...page.matchAll(/^\| ([^|]+?) \| `([A-Z_]+)` \|/gm)].map(([, name, code]) => [name, code]);
  expect(table).toEqual(rows.map(([name, { code }]) => [name, code]));
});

test('every attempt of a chain of redirects is told, with where it led', async () => {
  const app = await application({
    '/one': status(301, { location: '/two?x=1' }),
    '/two': status(308, { location: `http://localhost:0/` }),
  });
  const { ask, close } = asker();
  const { attempts } = await ask([`${app.origin}/one`]);
  expect(attempts.map(({ url, status, redirectedTo, code }) => ({ url, status, redirectedTo, code }))).toEqual([
    { url: `${app.origin}/one`, status: 301, redirectedTo: `${app.origin}/two?x=1`, code: undefined },
    { url: `${app.origin}/two?x=1`, status: 308, redirectedTo: 'http://localhost:0/', code: undefined },
    { url: 'http://localhost:0/', status: undefined, redirectedTo: undefined, code: expect.any(String) },
  ]);
  await close();
  await app.close();
});

test('a list without URLs, and one with too many', async () => {
  const port = await deadPort();
  const { ask, close } = asker();
  const none = await ask([]);
  const many = await ask(Array.from({ length: 7 }, (_, index) => `http://127.0.0.1:${port}/${index}`));
  expect([none, many].map(({ attempts, answers }) => [attempts.length, answers])).toEqual([
    [0, [{ type: 'refused', code: 'HANDLER_UNAVAILABLE', reason: 'there is no handler URL' } satisfies Answer]],
    [
      5,
      [
        {
          type: 'refused',
          code: 'HANDLER_UNAVAILABLE',
          reason: `none of 5 handler URLs gave a document; the last, http://127.0.0.1:${port}/4: nothing listens on 127.0.0.1:${port}`,
        },
      ],
    ],
  ]);
  await close();
});
