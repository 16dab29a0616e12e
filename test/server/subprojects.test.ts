/** Projects below others: made by the API or by the configuration, with the keys, limits and permissions of their parent. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import twilio from 'twilio';
import { expect, test } from 'vitest';
import { accountSid, prefixed } from '../../src/vendors/signalwire/sids.ts';
import type { Page } from '../http/far-side.ts';
import { app, becomes, fine } from './asking.ts';
import { folder, type Serving, serve } from './serving.ts';

const token = 'a-token-of-the-shop';
const key = Buffer.alloc(64, 7).toString('base64');
const theirs = '+15550100700';
const somebody = '+15555550100';

const configuration = (more: string) => `
projects:
  shop:
    tokens: [${token}]
    signingKeys: [${key}]
    limits: { concurrentCalls: 2, spendPerDay: 5 }
    outgoing: { allow: ["+1"] }
    rates: { currency: USD, outgoing: { +1: 0.02 } }
${more}
urlGuard: { allow: [loopback] }
`;

const pages: Readonly<Record<string, Page>> = {
  '/hold': (_, response) => {
    response.setHeader('content-type', 'text/xml');
    response.end('<Response><Say>Hello.</Say><Pause length="600"/></Response>');
  },
  '/told': fine,
};

/** The client of a program that acts for an account with the credentials of the shop. */
function clientOf({ url }: Pick<Serving, 'url'>, account: string, [user, password] = [accountSid('shop'), token]) {
  const client = twilio(prefixed('AC', user), password, { accountSid: account });
  client.api.baseUrl = url;
  return client;
}

async function startServer(data: string, more = ''): Promise<Serving> {
  const config = join(data, 'callflow.yaml');
  writeFileSync(config, configuration(more));
  return serve(['--data', data, '--config', config]);
}

const shop = prefixed('AC', accountSid('shop'));

test('a subproject that was made by the API is there after a restart, with all that it has', async () => {
  const { origin, heard } = await app(pages);
  const data = folder();
  const server = await startServer(data);
  const { sid } = await clientOf(server, shop).api.accounts.create({ friendlyName: 'Branch' });
  const before = clientOf(server, sid);
  await before.incomingPhoneNumbers.create({ phoneNumber: theirs, voiceUrl: `${origin}/hold` });
  await before.queues.create({ friendlyName: 'desk' });
  await before.queues.create({ friendlyName: 'till' });
  const order = { to: somebody, from: theirs, url: `${origin}/hold`, statusCallback: `${origin}/told` };
  const call = await before.calls.create(order);
  await becomes(
    async () => heard.map(({ url }) => url),
    (urls) => urls.includes('/hold'),
  );
  const page = await before.queues.page({ pageSize: 1 });

  server.signal('SIGKILL');
  await server.ended;
  const again = await startServer(data);
  const after = clientOf(again, sid);
  expect(await clientOf(again, shop).api.accounts(sid).fetch()).toMatchObject({
    friendlyName: 'Branch',
    status: 'active',
    ownerAccountSid: shop,
  });
  expect((await after.incomingPhoneNumbers.list()).map(({ phoneNumber }) => phoneNumber)).toEqual([theirs]);
  const [next] = (
    (await (
      await fetch(again.url + page.nextPageUrl!.slice(server.url.length), {
        headers: { authorization: `Basic ${Buffer.from(`${shop}:${token}`).toString('base64')}` },
      })
    ).json()) as { queues: { friendly_name: string }[] }
  ).queues;
  expect(next?.friendly_name).toBe('desk');
  expect(await after.calls(call.sid).fetch()).toMatchObject({ accountSid: sid, status: 'completed' });
  await becomes(
    async () => heard.map(({ url }) => url),
    (urls) => urls.includes('/told'),
  );
  for (const one of heard) {
    const form = Object.fromEntries(new URLSearchParams(one.body));
    expect(prefixed('AC', form.AccountSid!)).toBe(sid);
    expect(twilio.validateRequest(key, String(one.headers['x-twilio-signature']), origin + one.url, form)).toBe(true);
  }
}, 60_000);

test('calls of a subproject cost, count and may what those of its parent do', async () => {
  const { origin } = await app(pages);
  const server = await startServer(folder());
  const { sid } = await clientOf(server, shop).api.accounts.create();
  const client = clientOf(server, sid);
  await client.incomingPhoneNumbers.create({ phoneNumber: theirs, voiceUrl: `${origin}/hold` });
  const order = { to: somebody, from: theirs, url: `${origin}/hold` };
  await expect(client.calls.create({ ...order, to: '+61491570156' })).rejects.toMatchObject({ code: 21216 });

  const calls: { sid: string }[] = [];
  for (let count = 0; count < 3; count++) calls.push(await client.calls.create(order));
  const statuses = async () =>
    (await Promise.all(calls.map((call) => client.calls(call.sid).fetch()))).map(({ status }) => status);
  // Two at once, as the shop may, and the third once one of them has ended.
  await becomes(statuses, (now) => now[0] === 'in-progress' && now[1] === 'in-progress');
  expect(await statuses()).toEqual(['in-progress', 'in-progress', 'queued']);
  await client.calls(calls[0]!.sid).update({ status: 'completed' });
  await becomes(statuses, ([, , third]) => third === 'in-progress');
  const ended = await becomes(
    () => client.calls(calls[0]!.sid).fetch(),
    ({ price }) => price !== null,
  );
  expect([Number(ended.price), ended.priceUnit]).toEqual([0.02, 'USD']);
}, 60_000);

test('a subproject that the configuration names has tokens of its own, whoever has made it', async () => {
  const data = folder();
  const branch = '\n  branch: { parent: shop, tokens: [a-token-of-the-branch] }';
  const server = await startServer(data, branch);
  const made = await clientOf(server, shop).api.accounts.create({ friendlyName: 'Made' });
  const id = sidOfAccount(made.sid);
  expect((await clientOf(server, shop).api.accounts.list()).map((one) => one.friendlyName)).toEqual([
    'Made',
    'shop',
    'branch',
  ]);
  const ownSid = prefixed('AC', accountSid('branch'));
  const ofBranch = clientOf(server, ownSid, [accountSid('branch'), 'a-token-of-the-branch']);
  await ofBranch.queues.create({ friendlyName: 'desk' });
  expect(await clientOf(server, ownSid).queues.list()).toHaveLength(1);
  expect(await clientOf(server, shop).queues.list()).toEqual([]);

  writeFileSync(
    join(data, 'callflow.yaml'),
    configuration(`${branch}\n  ${id}: { parent: shop, tokens: [a-token-for-the-made] }`),
  );
  server.signal('SIGHUP');
  const ofMade = clientOf(server, made.sid, [id, 'a-token-for-the-made']);
  const own = await becomes(
    () => ofMade.api.accounts.list().catch(() => []),
    (list) => list.length > 0,
  );
  expect(own.map((one) => [one.sid, one.friendlyName])).toEqual([[made.sid, 'Made']]);
  await expect(ofMade.api.accounts(shop).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  await expect(clientOf(server, shop).api.accounts(made.sid).update({ status: 'closed' })).rejects.toMatchObject({
    code: 10000,
  });
}, 60_000);

test('the API of Enfonica knows a subproject by its own token only', async () => {
  const server = await startServer(folder(), '  branch: { parent: shop, tokens: [a-token-of-the-branch] }');
  const made = await clientOf(server, shop).api.accounts.create();
  const ask = async (project: string, bearer: string, path: string) => {
    const headers = { authorization: `Bearer ${bearer}` };
    return (await fetch(`${server.url}/v1beta1/projects/${project}/${path}`, { headers })).status;
  };
  expect([
    await ask('branch', 'a-token-of-the-branch', 'calls'),
    await ask('branch', token, 'calls'),
    await ask('branch', token, 'calls/x'),
    await ask(sidOfAccount(made.sid), token, 'calls'),
    await ask('shop', 'a-token-of-the-branch', 'calls'),
  ]).toEqual([200, 403, 404, 403, 403]);
});

test('the simulator plays callers of subprojects for whoever has the token of their parent', async () => {
  const { origin } = await app(pages);
  const server = await startServer(folder(), '  bank: { tokens: [a-token-of-the-bank] }');
  const { sid } = await clientOf(server, shop).api.accounts.create();
  await clientOf(server, sid).incomingPhoneNumbers.create({ phoneNumber: theirs, voiceUrl: `${origin}/hold` });
  const ask = async (bearer: string, method: string, path: string, body?: object) => {
    const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' };
    const response = await fetch(`${server.url}/simulator${path}`, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as { id?: string; error?: { code: string } } };
  };
  const caller = { to: theirs, from: '+15550100001' };
  expect((await ask('a-token-of-the-bank', 'POST', '/calls', caller)).body.error?.code).toBe('CALL_NO_ROUTE');
  const { status, body } = await ask(token, 'POST', '/calls', caller);
  expect(status).toBe(201);
  expect((await ask(token, 'GET', `/calls/${body.id}`)).status).toBe(200);
  expect((await ask('a-token-of-the-bank', 'GET', `/calls/${body.id}`)).status).toBe(404);
  expect(await clientOf(server, sid).calls.list()).toMatchObject([{ to: theirs, direction: 'inbound' }]);
});

/** As the configuration names it: the spelling with hyphens. */
const sidOfAccount = (sid: string) => sid.slice(2).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
