import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Answer } from '../../src/journal/journal.ts';
import { application, deadPort } from '../http/far-side.ts';
import { asker } from './asked.ts';
import { bad, type Faults, faultMatrix, meet, says, stalls, status } from './faulty.ts';

const faults: Faults = {
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

faultMatrix('voiceml', faults);

describe.for([
  ['the first of two URLs', ['fault', 'good']],
  ['the last of two URLs', ['broken', 'fault']],
  ['the only URL', ['fault']],
] as const)('at %s', ([, order]) => {
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

const emptyProgram = (url: string) => ({ dialect: 'voiceml', url, purpose: 'main', instructions: [] });

test('docs/handlers.md tells of every fault and its code, and of no other', () => {
  const page = readFileSync(new URL('../../docs/handlers.md', import.meta.url), 'utf8');
  const table = [...page.matchAll(/^\| ([^|]+?) \| `([A-Z_]+)` \|/gm)].map(([, name, code]) => [name, code]);
  expect(table).toEqual(Object.entries(faults).map(([name, { code }]) => [name, code]));
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
