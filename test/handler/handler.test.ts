import { createHmac } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { dialects } from '../../src/dialects/index.ts';
import { createHandler } from '../../src/handler/client.ts';
import type { Transport } from '../../src/http/transport.ts';
import { application, type FarSide, type Heard, type Page } from '../http/far-side.ts';
import { type Asker, asker, call, post, signingKey } from './asked.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close();
});

const serve = async (pages: Readonly<Record<string, Page>>): Promise<FarSide> => {
  const app = await application(pages);
  open.push(app);
  return app;
};
const asking = (...more: Parameters<typeof asker>): Asker => {
  const one = asker(...more);
  open.push(one);
  return one;
};

const document: Page = (_heard, response) => response.setHeader('content-type', 'text/xml').end('<Response/>');
const redirect =
  (status: number, location: string): Page =>
  (_heard, response) =>
    response.writeHead(status, { location }).end();

/** As an application checks it, from what came over the wire. */
const isSigned = ({ url, headers, body }: Heard): boolean =>
  createHmac('sha256', signingKey)
    .update(`http://${headers.host}${url}${headers['x-enfonica-event']}${body}`)
    .digest('base64') === headers['x-enfonica-signature'];

test('the request that an application sees', async () => {
  const app = await serve({ '/start': document });
  await asking().ask([`${app.origin}/start?lang=en`]);
  expect(app.heard).toEqual([
    {
      method: 'POST',
      url: '/start?lang=en',
      headers: {
        host: `127.0.0.1:${app.port}`,
        connection: 'keep-alive',
        'content-type': 'application/json; charset=utf-8',
        accept: 'text/xml, application/xml',
        'user-agent': 'callflow/0.1.0',
        'x-enfonica-event': 'CALL',
        'x-enfonica-signature': expect.stringMatching(/^[\w+/]{43}=$/),
        'content-length': String(app.heard[0]?.body.length),
      },
      body: expect.stringContaining('"parameters":{}'),
    },
  ]);
});

test.for([
  ['/start', '/start'],
  ['', '/'],
  ['?only=query', '/?only=query'],
  ['/start#fragment', '/start'],
  ['/with space?a=b c', '/with%20space?a=b%20c'],
  ['/grün', '/gr%C3%BCn'],
  ['/a/../b', '/b'],
] as const)('the URL %j is asked for as %s, and the signature fits what came over the wire', async ([path, asked]) => {
  const app = await serve({});
  await asking().ask([app.origin + path]);
  expect(app.heard.map((heard) => [heard.url, isSigned(heard)])).toEqual([[asked, true]]);
});

test.for([301, 302, 307, 308])('a %i repeats the request as it was, signed for the new URL', async (status) => {
  const app = await serve({ '/old': redirect(status, 'new?hop=1'), '/new': document });
  const { answers } = await asking().ask([`${app.origin}/old`]);
  expect(
    app.heard.map((heard) => [heard.method, heard.url, isSigned(heard), heard.body === app.heard[0]?.body]),
  ).toEqual([
    ['POST', '/old', true, true],
    ['POST', '/new?hop=1', true, true],
  ]);
  expect(answers).toMatchObject([{ type: 'program', program: { url: `${app.origin}/new?hop=1` } }]);
});

test('redirects share the time of the URL that led to them; the next URL has time of its own', async () => {
  const { clock } = asking();
  const asked: [url: string, timeoutMs: number][] = [];
  const transport: Transport = {
    send: ({ url, timeoutMs }, done) => {
      asked.push([url, timeoutMs]);
      const headers = { location: '/next' };
      const status = url.endsWith('/start') ? 302 : 500;
      clock.setTimeout(() => done({ ok: true, status, headers, setCookies: [], body: Buffer.of(), ms: 7_000 }), 7_000);
      return { abort: () => {} };
    },
  };
  const handler = createHandler({ transport, clock, dialects, signingKey: () => signingKey });
  const urls = [post('http://app.example/start'), post('http://app.example/second')];
  handler.ask({ id: 'r', call, urls, result: { type: 'nothing' } }, { attempted: () => {}, answered: () => {} });
  await clock.run();
  expect(asked).toEqual([
    ['http://app.example/start', 10_000],
    ['http://app.example/next', 3_000],
    ['http://app.example/second', 10_000],
  ]);
});

test('an attempt has everything a developer wants to see', async () => {
  const app = await serve({
    '/start': (_heard, response) =>
      response
        .writeHead(200, { 'content-type': 'text/xml', date: 'now', 'set-cookie': ['a=1', 'b=2'] })
        .end('<Response/>'),
  });
  const { attempts } = await asking().ask([`${app.origin}/start`]);
  expect(attempts).toEqual([
    {
      url: `${app.origin}/start`,
      method: 'POST',
      status: 200,
      bytes: 11,
      ms: 0,
      requestHeaders: {
        'content-type': 'application/json; charset=utf-8',
        accept: 'text/xml, application/xml',
        'user-agent': 'callflow/0.1.0',
        'x-enfonica-event': 'CALL',
        'x-enfonica-signature': app.heard[0]?.headers['x-enfonica-signature'],
      },
      requestBody: app.heard[0]?.body,
      responseHeaders: expect.objectContaining({ 'content-type': 'text/xml', 'set-cookie': 'a=1, b=2' }),
      responseBody: '<Response/>',
    },
  ]);
});

test('of a long answer an attempt has the beginning', async () => {
  const app = await serve({ '/': (_heard, response) => response.end(`<Response>${' '.repeat(20_000)}</Response>`) });
  const { attempts } = await asking().ask([app.origin]);
  expect(attempts).toMatchObject([{ bytes: 20_021, responseBody: `<Response>${' '.repeat(16 * 1024 - 10)}` }]);
});

test('a name and password in the URL are sent, and told to nobody else', async () => {
  const app = await serve({ '/start': redirect(302, '/next'), '/next': document });
  const { attempts, answers } = await asking().ask([`http://ann:secret@127.0.0.1:${app.port}/start`]);
  const authorization = `Basic ${Buffer.from('ann:secret').toString('base64')}`;
  expect(app.heard.map((heard) => [heard.headers.authorization, isSigned(heard)])).toEqual([
    [authorization, true],
    [authorization, true],
  ]);
  expect(JSON.stringify(attempts)).not.toMatch(/secret|ann|authorization/);
  expect(answers).toMatchObject([{ program: { url: `http://ann:secret@127.0.0.1:${app.port}/next` } }]);
});

test('a name and password do not follow a redirect to another host', async () => {
  const other = await serve({ '/': document });
  const app = await serve({ '/start': redirect(302, `${other.origin}/`) });
  await asking().ask([`http://ann:secret@127.0.0.1:${app.port}/start`]);
  expect(other.heard.map(({ headers }) => headers.authorization)).toEqual([undefined]);
});

test('warnings of a document come with its program', async () => {
  const app = await serve({ '/': (_heard, response) => response.end('<Response><Say Loud="yes">Hi</Say></Response>') });
  const { answers } = await asking().ask([app.origin]);
  expect(answers).toMatchObject([
    { type: 'program', problems: [{ line: 1, column: 16, code: 'ATTRIBUTE_UNKNOWN', severity: 'warning' }] },
  ]);
});

test.for(['tel:+61255501234', 'sip:desk@pbx.example'])(
  '%s in the list is a program of its own, with the rest of the list',
  async (url) => {
    const { begin, clock } = asking();
    const asked = begin([url, 'https://app.example/otherwise']);
    expect(asked.answers).toEqual([]);
    await clock.run();
    expect(asked.answers).toMatchObject([
      {
        type: 'program',
        program: {
          instructions: [{ verb: 'dial', otherwise: [{ url: 'https://app.example/otherwise', method: 'POST' }] }],
        },
      },
    ]);
    expect([asked.attempts, clock.pending]).toEqual([[], 0]);
  },
);

test('tel: is the fallback of a broken application', async () => {
  const app = await serve({});
  const { attempts, answers } = await asking().ask([`${app.origin}/gone`, 'tel:+61255501234']);
  expect(attempts).toMatchObject([{ status: 404 }]);
  expect(answers).toMatchObject([{ type: 'program', program: { url: 'tel:+61255501234' } }]);
});

test.for([
  ['an application', (app: FarSide) => [`${app.origin}/`], ['HANDLER_ABANDONED']],
  ['a telephone number', () => ['tel:+61255501234'], []],
  ['no URL at all', () => [], []],
] as const)('a cancelled asking of %s tells no answer', async ([, urlsOf, told]) => {
  const app = await serve({ '/': document });
  const { begin, clock } = asking();
  const asked = begin(urlsOf(app));
  asked.cancel();
  asked.cancel();
  await clock.run();
  expect([asked.attempts.map(({ code }) => code), asked.answers, clock.pending]).toEqual([told, [], 0]);
});

test('cancelled while the attempts are told, it tells no more', async () => {
  const app = await serve({ '/': document });
  const { handler, clock } = asking();
  const told: string[] = [];
  const { cancel } = ((): { cancel(): void } => {
    const running = handler.ask(
      {
        id: 'r',
        call,
        urls: [
          { url: `${app.origin}/gone`, method: 'POST' },
          { url: app.origin, method: 'POST' },
        ],
        result: { type: 'nothing' },
      },
      {
        attempted: ({ url }) => {
          told.push(url);
          cancel();
        },
        answered: ({ type }) => told.push(type),
      },
    );
    return { cancel: () => running.cancel() };
  })();
  await clock.run();
  expect([told, clock.pending]).toEqual([[`${app.origin}/gone`], 0]);
});

test('a dialect that nobody knows is refused', async () => {
  const { answers, attempts } = await asking().ask(['http://app.example/'], { call: { ...call, dialect: 'klingon' } });
  expect([attempts, answers]).toEqual([
    [],
    [{ type: 'refused', code: 'DIALECT_UNKNOWN', reason: 'there is no dialect "klingon"' }],
  ]);
});

test('a defect in reading a document fails over like a bad document', async () => {
  const app = await serve({ '/': document, '/second': document });
  const voiceml = {
    ...dialects.voiceml!,
    parse: (source: { body: Uint8Array; url: string }) => {
      if (source.url.endsWith('/')) throw new Error('a defect');
      return dialects.voiceml!.parse(source);
    },
  };
  const { attempts, answers } = await asking({ dialects: { voiceml } }).ask([`${app.origin}/`, `${app.origin}/second`]);
  expect(attempts).toMatchObject([
    { code: 'CALL_INTERNAL', reason: 'reading the document failed: Error: a defect' },
    {},
  ]);
  expect(answers).toMatchObject([{ type: 'program' }]);
});

test('many calls ask at once, and each gets its own answer', async () => {
  const app = await serve({
    '/': ({ url }, response) => response.end(`<Response><Say>${url.slice(4)}</Say></Response>`),
  });
  const { begin, clock } = asking();
  const all = Array.from({ length: 300 }, (_, index) =>
    begin([`${app.origin}/?n=${index}`], { call: { ...call, id: `${index}` } }),
  );
  await clock.run();
  const said = all.map(({ answers: [answer] }) => answer?.type === 'program' && answer.program.instructions[0]);
  expect(said).toMatchObject(Array.from({ length: 300 }, (_, index) => ({ sounds: [{ text: `${index}` }] })));
  expect([app.made() <= 128, clock.pending]).toEqual([true, 0]);
});
