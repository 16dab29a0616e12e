import { expect, onTestFinished, test } from 'vitest';
import type { OpenApiDocument, Operation } from '../../src/operations/open-api.ts';
import { application } from '../http/far-side.ts';
import { startHere } from '../in-process.ts';

/** Two servers with projects of the same names: shop and bank at each, with credentials of their own. */
const tokenOf = (project: string, server: string) => `token-of-${project}-at-${server}`;

const configOf = (server: string, more = '') => `
projects:
  shop: { tokens: [${tokenOf('shop', server)}] }
  bank: { tokens: [${tokenOf('bank', server)}] }
urlGuard: { allow: [loopback] }
drainSeconds: 0
${more}`;

type Ids = Readonly<Record<string, string>>;

interface Asked {
  method: string;
  path: string;
  body?: unknown;
}

const askerOf =
  (url: string, token: string) =>
  async ({ method, path, body }: Asked) => {
    const response = await fetch(path.startsWith('http') ? path : url + path, {
      method: method.toUpperCase(),
      signal: AbortSignal.timeout(20_000),
      headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      text,
      body: text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {},
    };
  };

type Ask = ReturnType<typeof askerOf>;

interface Route {
  method: string;
  path: string;
  operation: Operation;
}

/** Every route that needs a token, of every API: what is added later is here too. */
async function routesOf(url: string): Promise<Route[]> {
  const documents = await Promise.all(
    ['enfonica', 'simulator'].map(
      async (name) => (await (await fetch(`${url}/openapi/${name}.json`)).json()) as OpenApiDocument,
    ),
  );
  return documents.flatMap(({ paths = {} }) =>
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, { security }]) => security?.length !== 0)
        .map(([method, operation]) => ({ method, path, operation })),
    ),
  );
}

/** What a route is asked with: bodies are taken from its description. */
const requestOf = ({ method, path, operation }: Route, ids: Ids): Asked => {
  const [content] = Object.values(operation.requestBody?.content ?? {});
  const query = (operation.parameters ?? [])
    .filter((one) => one.in === 'query' && one.required)
    .map(({ name }) => `${name}=${name === 'countryCode' ? 'AU' : 'some-id'}`);
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(ids[name] ?? `no-${name}`));
  return {
    method,
    path: `${filled}${query.length > 0 ? `?${query.join('&')}` : ''}`,
    ...(content && { body: content.example ?? {} }),
  };
};

/** Something of every kind that a project can have, and a link and page tokens to it. */
async function settle(url: string, ask: Ask, project: string, number: string) {
  const done = async (asked: Asked) => {
    const answer = await ask(asked);
    expect([200, 201], answer.text).toContain(answer.status);
    return answer.body;
  };
  const app = await application({
    '/': (_, response) => response.end('<Response><Record MaxDurationSeconds="1"/></Response>'),
  });
  onTestFinished(() => app.close());
  const base = `/v1beta1/projects/${project}`;
  const options = { handlerUris: [`${app.origin}/`] };
  const call = { to: '+15555550100', from: '+61255501234', options };
  const { name } = await done({ method: 'POST', path: `${base}/calls`, body: call });
  await done({ method: 'POST', path: `${base}/calls`, body: call });
  const sipDomain = `${project}-desk`;
  await done({ method: 'POST', path: `${base}/sipDomains?sipDomainId=${sipDomain}`, body: {} });
  await done({ method: 'POST', path: `${base}/sipDomains?sipDomainId=${sipDomain}-2`, body: {} });
  await done({ method: 'POST', path: `${base}/sipDomains/${sipDomain}/aliases?aliasId=sales`, body: {} });
  await done({ method: 'POST', path: `${base}/sipDomains/${sipDomain}/users?userId=anna`, body: {} });
  const body = { phoneNumber: { phoneNumber: number }, incomingCallHandlerUris: options.handlerUris };
  await done({ method: 'POST', path: `${base}/phoneNumberInstances`, body });
  const caller = { to: number, from: '+61491570006' };
  const live = await done({ method: 'POST', path: '/simulator/calls', body: caller });
  const session = { method: 'POST', path: '/simulator/sessions', body: { url: 'https://a.example/', handler: {} } };
  const { id: sessionId } = await done(session);
  type Listed = { recordings?: { name: string; audio?: { uri: string }[] }[] };
  let listed: Listed = {};
  while (!listed.recordings?.[0]?.audio?.[0]) {
    listed = (await done({ method: 'GET', path: `${base}/recordings?view=FULL` })) as Listed;
    await new Promise((turn) => setImmediate(turn));
  }
  const [recording] = listed.recordings;
  const tokens: Record<string, string> = {};
  for (const list of ['calls', 'sipDomains'])
    tokens[list] = String((await done({ method: 'GET', path: `${base}/${list}?pageSize=1` })).nextPageToken);
  const last = (text: unknown) => String(text).split('/').at(-1)!;
  return {
    url,
    ask,
    project,
    tokens,
    link: recording!.audio![0]!.uri,
    ids: {
      project,
      call: recording!.name.split('/')[3]!,
      recording: last(recording!.name),
      transcription: last(recording!.name),
      fax: last(name),
      sipDomain,
      alias: 'sales',
      user: 'anna',
      phoneNumberInstance: number.slice(1),
      id: last(live.id),
      session: String(sessionId),
    },
  };
}

/** In the simulator's paths, `id` is of a call or of a session. */
const idsFor = ({ path }: Route, ids: Ids): Ids =>
  path.includes('/sessions') ? { ...ids, id: ids.session ?? '' } : ids;

/** Names of the same form that nobody has. */
const invented = (ids: Ids): Ids =>
  Object.fromEntries(
    Object.entries(ids).map(([name, id]) => [name, id.replaceAll(/[0-9a-z]/g, (one) => (/\d/.test(one) ? '7' : 'q'))]),
  );

/** An answer without the names that were asked for. */
const without = (text: string, ids: Ids) =>
  Object.values(ids)
    .sort((one, other) => other.length - one.length)
    .reduce((left, id) => left.replaceAll(id, '…'), text);

const has = ({ path }: Route) => /\{(?!project\})/.test(path);

/** Whoever asks for what is somebody else's hears what he hears of what nobody has, and nothing comes of it. */
async function learnsNothing(routes: readonly Route[], ask: Ask, theirs: Ids): Promise<string[]> {
  const wrong: string[] = [];
  for (const route of routes) {
    const [known, unknown] = [
      idsFor(route, theirs),
      idsFor(route, { ...invented(theirs), project: theirs.project ?? '' }),
    ];
    const [answer, other] = [await ask(requestOf(route, known)), await ask(requestOf(route, unknown))];
    const title = `${route.method} ${route.path}: ${answer.status} ${answer.text}`;
    if (answer.status < 400) wrong.push(`${title} is no refusal`);
    if (without(answer.text, known) !== without(other.text, unknown)) wrong.push(`${title} is not ${other.text}`);
  }
  return wrong;
}

async function everythingOf({ ask, ids, project }: Awaited<ReturnType<typeof settle>>) {
  const base = `/v1beta1/projects/${project}`;
  const paths = [
    `${base}/sipDomains`,
    `${base}/sipDomains/${ids.sipDomain}/aliases`,
    `${base}/sipDomains/${ids.sipDomain}/users`,
    `${base}/phoneNumberInstances/${ids.phoneNumberInstance}`,
    `${base}/calls/${ids.call}/recordings/${ids.recording}?view=BASIC`,
    `/simulator/sessions/${ids.session}`,
  ];
  const answers = await Promise.all(paths.map((path) => ask({ method: 'GET', path })));
  expect(answers.map(({ status }) => status)).toEqual(paths.map(() => 200));
  return answers.map(({ text }) => text);
}

test('what is good at one server is good for nothing at another, also under the same names', async () => {
  const [a, b] = [await startHere(configOf('a')), await startHere(configOf('b'))];
  const here = await settle(a.url, askerOf(a.url, tokenOf('shop', 'a')), 'shop', '+61255501234');
  const there = await settle(b.url, askerOf(b.url, tokenOf('shop', 'b')), 'shop', '+61255501239');
  const before = await everythingOf(here);
  const routes = await routesOf(b.url);
  expect(routes.length).toBeGreaterThan(45);

  const intruder = askerOf(b.url, tokenOf('shop', 'a'));
  for (const route of routes) {
    const { status, text } = await intruder(requestOf(route, idsFor(route, there.ids)));
    expect([status, `${route.method} ${route.path}`], text).toEqual([401, `${route.method} ${route.path}`]);
  }
  // What is chosen by people may be the same on both: only what A has made is strange to B.
  const strange = { ...here.ids, sipDomain: 'strange-desk' };
  expect(await learnsNothing(routes.filter(has), there.ask, strange)).toEqual([]);

  const moved = here.link.replace(a.url, b.url);
  expect([(await fetch(here.link)).status, (await fetch(moved)).status]).toEqual([200, 403]);
  for (const [list, token] of Object.entries(here.tokens)) {
    const path = `/v1beta1/projects/shop/${list}?pageSize=1&pageToken=${encodeURIComponent(token)}`;
    expect((await here.ask({ method: 'GET', path })).status, list).toBe(200);
    expect((await there.ask({ method: 'GET', path })).status, list).toBe(400);
  }
  expect(await everythingOf(here)).toEqual(before);
}, 120_000);

test('a project learns nothing of another one at the same server, and changes nothing there', async () => {
  const { url } = await startHere(configOf('a'));
  const shop = await settle(url, askerOf(url, tokenOf('shop', 'a')), 'shop', '+61255501234');
  const bank = await settle(url, askerOf(url, tokenOf('bank', 'a')), 'bank', '+61255501239');
  const before = await everythingOf(shop);
  const routes = await routesOf(url);

  // Under the name of its owner, and as if it were one's own.
  expect(await learnsNothing(routes.filter(has), bank.ask, shop.ids)).toEqual([]);
  expect(await learnsNothing(routes.filter(has), bank.ask, { ...shop.ids, project: 'bank' })).toEqual([]);
  for (const route of routes.filter(({ path }) => path.includes('{project}') && !has({ path } as Route))) {
    const answers = await Promise.all(['shop', 'nobody'].map((project) => bank.ask(requestOf(route, { project }))));
    expect(answers.map(({ status, text }) => [status, text.replace('shop', 'nobody')])).toEqual(
      Array(2).fill([403, answers[1]?.text]),
    );
  }
  const stolen = shop.link.replaceAll('/shop/', '/bank/');
  expect((await fetch(stolen)).status).toBe(403);
  for (const [list, token] of Object.entries(shop.tokens)) {
    const path = `/v1beta1/projects/bank/${list}?pageSize=1&pageToken=${encodeURIComponent(token)}`;
    expect((await bank.ask({ method: 'GET', path })).status, list).toBe(400);
  }
  expect(await everythingOf(shop)).toEqual(before);
}, 120_000);

const hostile = [
  "' OR '1'='1",
  '" OR ""="',
  "'; DROP TABLE calls; --",
  '%',
  '_%',
  '*',
  '..',
  '../shop/calls',
  '..%2Fshop%2Fcalls',
  '/',
  '\\',
  '\u0000',
  '\n',
  '{}',
  '[]',
  '$ne',
  '__proto__',
  'constructor',
  '-',
  '\u{1f600}',
];

test('ids, filters, prefixes and page tokens that are meant to do harm show nothing of another project', async () => {
  const { url } = await startHere(configOf('a'));
  const shop = await settle(url, askerOf(url, tokenOf('shop', 'a')), 'shop', '+61255501234');
  const bank = askerOf(url, tokenOf('bank', 'a'));
  const base = '/v1beta1/projects/bank';
  const secrets = [shop.ids.call, shop.ids.recording, shop.ids.sipDomain, shop.ids.id, '/shop/', shop.ids.session];
  for (const text of hostile) {
    const value = encodeURIComponent(text);
    const asked = [
      `${base}/calls/${value}`,
      `${base}/calls/${value}/recordings`,
      `${base}/calls/${value}/recordings/${shop.ids.recording}`,
      `${base}/sipDomains/${value}/aliases`,
      `/v1beta1/projects/${value}/calls`,
      `${base}/calls?filter=${encodeURIComponent(`to = '${text}'`)}`,
      `${base}/calls?filter=${value}`,
      `${base}/calls?pageToken=${value}`,
      `${base}/sipDomains?pageToken=${value}&showDeleted=true`,
      `${base}/phoneNumberInstances?prefix=${value}&includeDeleted=true`,
      `/simulator/calls?after=${value}`,
      `/simulator/calls/${value}`,
      `/simulator/calls/${value}/journal`,
      `/simulator/sessions/${value}`,
    ];
    for (const path of asked) {
      const { status, text: answer } = await bank({ method: 'GET', path });
      expect([200, 400, 403, 404], `${path} ${answer}`).toContain(status);
      const echoed = answer.replaceAll(text, '').replaceAll(value, '');
      const told = secrets.filter((secret) => echoed.replaceAll(path.slice(1), '').includes(secret));
      expect(
        told.filter((secret) => !path.includes(secret)),
        `${path} ${answer}`,
      ).toEqual([]);
    }
  }
}, 120_000);

test('a project that asks too often, or for too much, takes nothing from another one', async () => {
  const { url } = await startHere(configOf('a', 'limits: { requestsPerMinute: 40 }'));
  const [shop, bank] = [askerOf(url, tokenOf('shop', 'a')), askerOf(url, tokenOf('bank', 'a'))];
  const session = { method: 'POST', path: '/simulator/sessions', body: { url: 'https://a.example/', handler: {} } };
  const sessions = [];
  for (let count = 0; count < 21; count++) sessions.push((await shop(session)).status);
  expect(sessions).toEqual([...Array(20).fill(201), 429]);
  expect((await bank(session)).status).toBe(201);

  const statuses = [];
  for (let count = 0; count < 25; count++)
    statuses.push((await shop({ method: 'GET', path: '/v1beta1/projects/shop/calls' })).status);
  expect([statuses[0], statuses.at(-1)]).toEqual([200, 429]);
  expect((await bank({ method: 'GET', path: '/v1beta1/projects/bank/calls' })).status).toBe(200);
}, 60_000);

test('the same idempotency key means two things for two projects', async () => {
  const { url } = await startHere(configOf('a'));
  const call = { to: '+15555550100', from: '+61255501234', options: { handlerUris: ['https://a.example/'] } };
  const names = await Promise.all(
    ['shop', 'bank'].map(async (project) => {
      const response = await fetch(`${url}/v1beta1/projects/${project}/calls`, {
        method: 'POST',
        headers: { authorization: `Bearer ${tokenOf(project, 'a')}`, 'idempotency-key': 'one' },
        body: JSON.stringify(call),
      });
      return ((await response.json()) as { name: string }).name;
    }),
  );
  expect(names).toEqual([expect.stringContaining('/shop/'), expect.stringContaining('/bank/')]);
});
