import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { errorNumber } from '../../src/vendors/signalwire/error-number.ts';
import { deadPort, type FarSide, wire } from '../http/far-side.ts';
import { bad, type Faults, faultMatrix, says, stalls, status } from './faulty.ts';

const plain: FarSide[] = [];

afterAll(async () => {
  for (const far of plain) await far.close();
});

/** A port on which nobody speaks TLS. */
async function plainPort(): Promise<number> {
  const far = await wire((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  plain.push(far);
  return far.port;
}

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
  'something that is not HTTP': {
    page: (_heard, { socket }) => socket?.end('SSH-2.0-OpenSSH_9.6\r\n'),
    code: 'HANDLER_NOT_HTTP',
    reason: /^the answer is not HTTP: /,
  },
  'HTTP of another version': {
    page: (_heard, { socket }) => socket?.end('HTTP/3.0 200 OK\r\n\r\n'),
    code: 'HANDLER_HTTP_VERSION',
    reason: /Invalid HTTP version/,
  },
  'https where plain HTTP is spoken': {
    url: async () => `https://127.0.0.1:${await plainPort()}/`,
    code: 'HANDLER_NOT_TLS',
    reason: /^127\.0\.0\.1:\d+ does not speak TLS$/,
  },
  'a cookie without a name': {
    page: (heard, response) => says('<Response/>')(heard, response.setHeader('set-cookie', '=1')),
    code: 'HANDLER_NOT_HTTP',
    reason: '"=1" is no cookie',
  },
  'no answer comes': {
    page: stalls(() => {}),
    code: 'HANDLER_TIMEOUT',
    reason: 'timed out after 5000 ms waiting for headers',
    slow: true,
  },
  'the body comes too slowly': {
    page: stalls((response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('<Response>');
    }),
    code: 'HANDLER_TIMEOUT',
    reason: 'timed out after 5000 ms waiting for the body (10 bytes so far)',
    slow: true,
  },
  'status 500': { page: status(500), code: 'HANDLER_STATUS', reason: 'answered with status 500' },
  'status 404': { page: status(404), code: 'HANDLER_STATUS', reason: 'answered with status 404' },
  'status 401': { page: status(401), code: 'HANDLER_STATUS', reason: 'answered with status 401' },
  'a redirect without a place': {
    page: status(302),
    code: 'HANDLER_REDIRECTS',
    reason: 'status 302 without a Location',
  },
  'a redirect to another scheme': {
    page: status(302, { location: 'tel:+61255501234' }),
    code: 'URL_SCHEME',
    reason: 'redirected to tel: which is not http: or https:',
  },
  'redirects without end': {
    page: status(307, { location: '/fault' }),
    code: 'HANDLER_REDIRECTS',
    reason: 'redirected more than 3 times',
    attempts: 4,
  },
  'a redirect to a private address': {
    page: status(302, { location: 'http://10.0.0.1/' }),
    code: 'URL_NOT_ALLOWED',
    reason: /^10\.0\.0\.1 is a private address/,
    attempts: 2,
  },
  'a URL of another scheme': {
    url: async () => 'tel:+61255501234',
    code: 'URL_SCHEME',
    reason: 'nothing can be asked of tel: URLs',
  },
  'no URL at all': { url: async () => '/start', code: 'URL_NOT_VALID', reason: '"/start" is not a URL' },
  'an answer of 10 MB': {
    page: says(`<Response>${' '.repeat(10_000_000)}</Response>`),
    code: 'HANDLER_TOO_LARGE',
    reason: 'the answer is larger than 65536 bytes',
  },
  'status 204': { page: status(204), code: 'CONTENT_TYPE', reason: /./, document: true },
  'an empty body': { page: says(''), code: 'DOCUMENT_EMPTY', reason: /./, document: true },
  'no content type': {
    page: (_heard, response) => response.end('<Response/>'),
    code: 'CONTENT_TYPE',
    reason: /./,
    document: true,
  },
  JSON: {
    page: says('{"error":"oops"}', 'application/json'),
    code: 'CONTENT_TYPE',
    reason: /application\/json/,
    document: true,
  },
  'a web page': {
    page: says('<html><body>Welcome</body></html>', 'text/html; charset=utf-8'),
    code: 'DOCUMENT_ROOT',
    reason: /the root element is <html>/,
    document: true,
  },
  'XML that is not finished': bad('<Response><Say>unclosed</Response>', 'DOCUMENT_NOT_XML', /^1:24 /),
  'an attribute given twice': bad(
    '<Response><Say voice="a" voice="b">x</Say></Response>',
    'DOCUMENT_NOT_XML',
    /^1:26 .*repeated/,
  ),
};

faultMatrix('laml', faults);

test('docs/laml-requests.md tells of every fault, its code and its number, and of no other', () => {
  const page = readFileSync(new URL('../../docs/laml-requests.md', import.meta.url), 'utf8');
  const table = [...page.matchAll(/^\| ([^|]+?) \| `([A-Z_]+)` \| (\d+) \|/gm)].map((row) => row.slice(1));
  expect(table).toEqual(Object.entries(faults).map(([name, { code }]) => [name, code, String(errorNumber(code))]));
});
