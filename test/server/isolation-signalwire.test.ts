/** Accounts of one server, some below others: each sees what is its own, and what is below it under the sid of that. */
import { expect, onTestFinished, test } from 'vitest';
import type { OpenApiDocument } from '../../src/operations/open-api.ts';
import { accountSid } from '../../src/vendors/signalwire/sids.ts';
import { application, type Page } from '../http/far-side.ts';
import { startHere } from '../in-process.ts';
import { becomes } from './asking.ts';

const tokenOf = (project: string) => `token-of-the-${project}`;

const config = `
projects:
  shop: { tokens: [${tokenOf('shop')}] }
  branch: { parent: shop, tokens: [${tokenOf('branch')}] }
  bank: { tokens: [${tokenOf('bank')}] }
urlGuard: { allow: [loopback] }
drainSeconds: 0
`;

const base = '/api/laml/2010-04-01';

type Ids = Readonly<Record<string, string>>;
type Ask = ReturnType<typeof askerOf>;

/** Whoever has the token of a project asks as its account. */
const askerOf =
  (url: string, project: string, token = tokenOf(project)) =>
  async (method: string, path: string, form?: Record<string, string>) => {
    const authorization = `Basic ${Buffer.from(`${accountSid(project)}:${token}`).toString('base64')}`;
    const response = await fetch(url + path, {
      method: method.toUpperCase(),
      headers: { authorization },
      signal: AbortSignal.timeout(20_000),
      ...(form && { body: new URLSearchParams(form) }),
    });
    const text = await response.text();
    const body = (text.startsWith('{') ? JSON.parse(text) : {}) as Readonly<Record<string, unknown>>;
    return { status: response.status, code: body.code as number | undefined, text, body };
  };

interface Route {
  method: string;
  path: string;
}

/** Every route that needs a token: what is added later is here too. */
async function routesOf(url: string): Promise<Route[]> {
  const { paths = {}, servers } = (await (await fetch(`${url}/openapi/signalwire.json`)).json()) as OpenApiDocument;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { security }]) => security?.length !== 0)
      .map(([method, operation]) => ({ method, path: `${(operation.servers ?? servers)?.[0]?.url ?? ''}${path}` })),
  );
}

const filled = (path: string, ids: Ids) => path.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? 'nothing');

/** A form that is not the reason of a refusal, where it can be avoided. */
const formFor = ({ method }: Route, ids: Ids): Record<string, string> | undefined =>
  method === 'post'
    ? { Status: 'completed', Url: 'https://a.example/', Name: 'x', FriendlyName: 'x', To: ids.phone!, From: ids.phone! }
    : undefined;

/** Something of every kind that an account can have before it is called. */
async function settle(ask: Ask, account: string, phone: string) {
  const page =
    (document: string): Page =>
    (_, response) => {
      response.setHeader('content-type', 'text/xml');
      response.end(`<Response>${document}</Response>`);
    };
  const app = await application({
    '/': page('<Record maxLength="2" playBeep="false" transcribe="true" action="/over"/>'),
    '/over': page('<Hangup/>'),
  });
  onTestFinished(() => app.close());
  const at = `${base}/Accounts/${account}`;
  const made = async (path: string, form: Record<string, string>) => {
    const { status, text, body } = await ask('POST', at + path, form);
    expect([200, 201], text).toContain(status);
    return body as { sid: string };
  };
  const { sid: number } = await made('/IncomingPhoneNumbers', { PhoneNumber: phone });
  const { sid: queue } = await made('/Queues', { FriendlyName: 'desk' });
  const { sid: app1 } = await made('/Applications', { FriendlyName: 'shop' });
  const { sid: bin } = await made('/LamlBins', { Name: 'hello' });
  const { sid: message } = await made('/Messages', { To: '+15555550100', From: phone, Body: 'On our way.' });
  const { sid: call } = await made('/Calls', { To: '+15555550100', From: phone, Url: `${app.origin}/` });
  /** The first one of a list, once it is as it will stay. */
  const first = async (path: string, key: string): Promise<string> => {
    const one = await becomes(
      async () => ((await ask('GET', at + path)).body[key] as { sid: string; status: string }[])[0],
      (found) => found?.status === 'completed',
    );
    return one!.sid;
  };
  await first('/Calls', 'calls');
  await becomes(
    async () => (await ask('GET', `${at}/Messages/${message}`)).body.status,
    (status) => status === 'sent',
  );
  const recording = await first('/Recordings', 'recordings');
  const transcription = await first('/Transcriptions', 'transcriptions');
  const ids: Ids = { account, message, number, queue, application: app1, bin, call, recording, transcription, phone };
  return { ids, at };
}

/** Everything of an account that is there to be listed. */
async function everythingOf(ask: Ask, at: string): Promise<string[]> {
  const lists = [
    'Calls',
    'Recordings',
    'Queues',
    'Applications',
    'IncomingPhoneNumbers',
    'LamlBins',
    'Transcriptions',
    'Messages',
  ];
  const answers = await Promise.all(
    [`${at}.json`, ...lists.map((list) => `${at}/${list}`)].map((path) => ask('GET', path)),
  );
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  return answers.map(({ text }) => text);
}

async function startAll() {
  const { url } = await startHere(config);
  const [shop, branch, bank] = [askerOf(url, 'shop'), askerOf(url, 'branch'), askerOf(url, 'bank')];
  const { body } = await shop('POST', `${base}/Accounts`, { FriendlyName: 'made' });
  const { sid: made } = body as { sid: string };
  const settled = await Promise.all([
    settle(shop, accountSid('shop'), '+15550100001'),
    settle(branch, accountSid('branch'), '+15550100002'),
    settle(shop, made, '+15550100003'),
    settle(bank, accountSid('bank'), '+15550100004'),
  ]);
  const accounts = { shop: settled[0], branch: settled[1], made: settled[2], bank: settled[3] };
  return { url, shop, branch, bank, accounts, routes: await routesOf(url) };
}

test('no token shows anything of an account that is neither its own nor below it', async () => {
  const { url, shop, branch, bank, accounts, routes } = await startAll();
  expect(routes.length).toBeGreaterThan(60);
  const before = await Promise.all(
    Object.entries(accounts).map(([name, { at }]) => everythingOf(name === 'bank' ? bank : shop, at)),
  );
  const strangers = [
    [bank, accounts.shop],
    [bank, accounts.branch],
    [bank, accounts.made],
    [branch, accounts.shop],
    [branch, accounts.made],
    [branch, accounts.bank],
    [shop, accounts.bank],
  ] as const;
  for (const route of routes.filter(({ path }) => path.includes('{account}')))
    for (const [ask, { ids }] of strangers) {
      const { status, code, text } = await ask(route.method, filled(route.path, ids), formFor(route, ids));
      expect([status, code, `${route.method} ${route.path}`], text).toEqual([
        404,
        20404,
        `${route.method} ${route.path}`,
      ]);
    }
  const wrong = [
    askerOf(url, 'shop', 'no-token-at-all'),
    askerOf(url, 'shop', tokenOf('branch')),
    askerOf(url, 'branch', tokenOf('shop')),
  ];
  for (const route of routes)
    for (const ask of wrong) {
      const { status, code } = await ask(
        route.method,
        filled(route.path, accounts.made.ids),
        formFor(route, accounts.made.ids),
      );
      expect([status, code, route.path]).toEqual([401, 20003, route.path]);
    }
  const after = await Promise.all(
    Object.entries(accounts).map(([name, { at }]) => everythingOf(name === 'bank' ? bank : shop, at)),
  );
  expect(after).toEqual(before);
}, 120_000);

test('what another account has is under one’s own sid what nobody has, also above and below', async () => {
  const { shop, branch, accounts, routes } = await startAll();
  const nobody = '019b78c9-0a80-7000-8102-ff150fdc7f00';
  const asks = [
    [shop, accounts.shop, accounts.branch],
    [shop, accounts.shop, accounts.made],
    [shop, accounts.shop, accounts.bank],
    [shop, accounts.made, accounts.shop],
    [shop, accounts.branch, accounts.made],
    [branch, accounts.branch, accounts.shop],
  ] as const;
  // What is named there is nobody's: a country, and a conference that begins with the request.
  const has = routes.filter(
    ({ method, path }) =>
      /\{(?!account)/.test(path) &&
      !path.includes('AvailablePhoneNumbers') &&
      !(method === 'post' && path.endsWith('/Participants')),
  );
  expect(has.length).toBeGreaterThan(30);
  for (const route of has)
    for (const [ask, { ids: own }, { ids: theirs }] of asks) {
      const none = Object.fromEntries(Object.keys(theirs).map((name) => [name, nobody]));
      const form = formFor(route, own);
      const [known, unknown] = [
        await ask(route.method, filled(route.path, { ...theirs, account: own.account! }), form),
        await ask(route.method, filled(route.path, { ...none, account: own.account! }), form),
      ];
      const title = `${route.method} ${route.path}: ${known.status} ${known.text}`;
      expect(known.status, title).toBeGreaterThanOrEqual(400);
      const without = (text: string, { account: _, ...ids }: Ids) =>
        Object.values(ids).reduce((left, id) => left.replaceAll(id, '…'), text);
      expect(without(known.text, theirs), title).toBe(without(unknown.text, none));
    }
  for (const [ask, { at, ids }, others] of [
    [shop, accounts.shop, [accounts.branch, accounts.made, accounts.bank]],
    [shop, accounts.made, [accounts.shop, accounts.branch, accounts.bank]],
    [branch, accounts.branch, [accounts.shop, accounts.made, accounts.bank]],
  ] as const) {
    const all = (await everythingOf(ask, at)).slice(1).join('\n');
    const { account: _, phone: __, ...own } = ids;
    for (const sid of Object.values(own)) expect(all).toContain(sid);
    for (const other of others) for (const sid of Object.values(other.ids)) expect(all, sid).not.toContain(sid);
  }
}, 120_000);
