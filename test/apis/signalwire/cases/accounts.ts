import { expect } from 'vitest';
import { subprojectKind } from '../../../../src/config/subprojects.ts';
import type { Changed } from '../../../../src/records/changed.ts';
import { prefixed, sidOf } from '../../../../src/vendors/signalwire/sids.ts';
import { type Api, accounts, app, ours, somebody } from '../api.ts';
import { bothClients, type Case, done, expectRefused, missing, shows } from '../case.ts';
import { talking } from './calls.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const theirNumber = '+15550100700';

/** A subproject with a number of its own, and how it is asked. */
async function branch(api: Api, friendlyName = 'Branch') {
  const { sid } = (await api.signalwire().api.accounts.create({ friendlyName })) as { sid: string };
  const base = api.base.replace(accounts.uuid, sid);
  const ask = (method: string, path: string, form?: Record<string, string>) =>
    api.ask(method, base + path, form && { form });
  const number = await ask('POST', '/IncomingPhoneNumbers', { PhoneNumber: theirNumber, VoiceUrl: `${app}/hold` });
  expect(number.status, number.text).toBe(201);
  return { sid, ask };
}

const call = { To: somebody, From: theirNumber, Url: `${app}/hold` };

/** Everything of an account that is a list, and the key of it in the answer. */
const lists = [
  ['Calls', 'calls'],
  ['Recordings', 'recordings'],
  ['Conferences', 'conferences'],
  ['Queues', 'queues'],
  ['Applications', 'applications'],
  ['IncomingPhoneNumbers', 'incoming_phone_numbers'],
  ['LamlBins', 'laml_bins'],
  ['Transcriptions', 'transcriptions'],
  ['Messages', 'messages'],
] as const;

/** Of each list, what one of its resources is made with; what is not here comes of a call. */
const makes: Readonly<Record<string, Record<string, string>>> = {
  Queues: { FriendlyName: 'desk' },
  Applications: { FriendlyName: 'shop' },
  LamlBins: { Name: 'hello' },
  Messages: { To: somebody, From: theirNumber, Body: 'On our way.' },
};

export const ofAccounts: Case[] = [
  shows('accounts.list own', 'lists the account of the token and those below it', async (api) => {
    const [signalwire, twilio] = bothClients(api);
    const listed = await signalwire.api.accounts.list();
    expect(listed.map(({ sid, status, type }: Record<string, string>) => [sid, status, type])).toEqual([
      [accounts.uuid, 'active', 'Full'],
      [accounts.branch, 'active', 'Full'],
    ]);
    const made = await twilio.api.accounts.create({ friendlyName: 'Branch' });
    expect((await twilio.api.accounts.list()).map(({ sid }) => sid)).toEqual([
      made.sid,
      accounts.ac,
      prefixed('AC', accounts.branch),
    ]);
  }),
  shows('accounts.list filters', 'lists those of a name or a status', async (api) => {
    const [signalwire, twilio] = bothClients(api);
    const { sid } = await signalwire.api.accounts.create({ friendlyName: 'Branch' });
    await signalwire.api.accounts(sid).update({ status: 'suspended' });
    const sidsOf = (list: readonly { sid: string }[]) => list.map((one) => one.sid);
    expect(sidsOf(await signalwire.api.v2010.accounts.list({ friendlyName: 'Branch' }))).toEqual([sid]);
    expect(sidsOf(await twilio.api.v2010.accounts.list({ status: 'suspended' }))).toEqual([prefixed('AC', sid)]);
    expect(await twilio.api.v2010.accounts.list({ status: 'closed' })).toEqual([]);
  }),
  shows('accounts.list pages', 'comes in pages, whose links both clients follow', async (api) => {
    const [signalwire, twilio] = bothClients(api);
    for (const friendlyName of ['1', '2', '3']) {
      await signalwire.api.accounts.create({ friendlyName });
      await api.pass(1000);
    }
    for (const client of [signalwire, twilio]) {
      const names = (await client.api.accounts.list({ pageSize: 2 })).map(
        (one: { friendlyName: string }) => one.friendlyName,
      );
      expect(names).toEqual(['3', '2', '1', 'demo', 'branch']);
    }
    const first = await api.ask('GET', '/api/laml/2010-04-01/Accounts?PageSize=2');
    expect(first.body).toMatchObject({
      first_page_uri: '/api/laml/2010-04-01/Accounts?Page=0&PageSize=2',
      next_page_uri: expect.stringMatching(/^\/api\/laml\/2010-04-01\/Accounts\?Page=1&PageSize=2&PageToken=PA/),
    });
  }),
  shows('accounts.create clients', 'makes a subproject, for both clients', async (api) => {
    const [signalwire, twilio] = bothClients(api);
    const one = await signalwire.api.accounts.create({ friendlyName: 'Branch' });
    expect(one).toMatchObject({
      sid: expect.stringMatching(uuid),
      friendlyName: 'Branch',
      status: 'active',
      authToken: 'redacted',
      ownerAccountSid: accounts.uuid,
    });
    const other = await twilio.api.accounts.create();
    expect(other).toMatchObject({
      sid: expect.stringMatching(/^AC[0-9a-f]{32}$/),
      friendlyName: 'SubAccount Created at 2026-01-01 09:00 am',
      ownerAccountSid: accounts.ac,
      uri: `/2010-04-01/Accounts/${other.sid}.json`,
    });
  }),
  shows('accounts.create answer', 'answers 201, and says that it is a subproject', async (api) => {
    const { status, body } = await api.ask('POST', '/api/laml/2010-04-01/Accounts', { form: { FriendlyName: 'x' } });
    const { sid } = body as { sid: string };
    expect([status, body]).toEqual([
      201,
      {
        sid,
        friendly_name: 'x',
        status: 'active',
        auth_token: 'redacted',
        type: 'Full',
        owner_account_sid: accounts.uuid,
        region_preference: null,
        subproject: true,
        signing_key: null,
        date_created: 'Thu, 01 Jan 2026 09:00:00 +0000',
        date_updated: 'Thu, 01 Jan 2026 09:00:00 +0000',
        subresource_uris: expect.objectContaining({
          calls: `/api/laml/2010-04-01/Accounts/${sid}/Calls.json`,
          usage: null,
        }),
        uri: `/api/laml/2010-04-01/Accounts/${sid}.json`,
      },
    ]);
  }),
  shows('accounts.create name', 'refuses a name of more than 64 characters', async (api) => {
    const form = { FriendlyName: 'x'.repeat(65) };
    expectRefused(await api.ask('POST', '/2010-04-01/Accounts', { form }), { status: 400, code: 20002 });
    expect(await api.signalwire().api.accounts.list()).toHaveLength(2);
  }),
  shows('accounts.create below', 'makes nothing below a subproject', async (api) => {
    const as = [accounts.branch, 'branch-token'] as const;
    expectRefused(await api.ask('POST', '/2010-04-01/Accounts', { as, form: {} }), { status: 403, code: 10001 });
  }),
  shows('accounts.create most', 'makes a thousand of them at most, closed ones aside', async (api) => {
    const changes = Array.from({ length: 999 }, (_, index): Changed => {
      const id = sidOf(String(index).padStart(28, '0'));
      const body = { status: 'active' };
      return { type: 'resource', record: { kind: subprojectKind, project: 'demo', id, name: id, body, createTime: 1 } };
    });
    await new Promise<void>((kept) => api.store.commit(() => ({ entries: [], changes, deliveries: [] }), kept));
    expectRefused(await api.ask('POST', '/2010-04-01/Accounts', { form: {} }), { status: 403, code: 20010 });
    const closed = await api.ask('POST', `/2010-04-01/Accounts/${sidOf('7'.padStart(28, '0'))}`, {
      form: { Status: 'closed' },
    });
    expect(closed.body).toMatchObject({ status: 'closed' });
    expect((await api.ask('POST', '/2010-04-01/Accounts', { form: {} })).status).toBe(201);
  }),
  shows('accounts.get never-token', 'shows the account to both clients, and never its token', async (api) => {
    const [signalwire, twilio] = bothClients(api);
    expect((await signalwire.api.accounts(accounts.uuid).fetch()).authToken).toBe('redacted');
    expect((await twilio.api.accounts(accounts.ac).fetch()).sid).toBe(accounts.ac);
  }),
  shows('accounts.get below', 'shows what is below the account, whatever has made it', async (api) => {
    const [signalwire, twilio] = bothClients(api);
    const { sid } = await branch(api);
    expect(await signalwire.api.accounts(sid).fetch()).toMatchObject({ sid, ownerAccountSid: accounts.uuid });
    expect(await twilio.api.accounts(prefixed('AC', accounts.branch)).fetch()).toMatchObject({
      friendlyName: 'branch',
      ownerAccountSid: accounts.ac,
    });
  }),
  shows('accounts.get above', 'shows the token of a subproject nothing of what is above or beside it', async (api) => {
    const { sid } = await branch(api);
    const as = [accounts.branch, 'branch-token'] as const;
    const own = await api.ask('GET', '/api/laml/2010-04-01/Accounts', { as });
    expect((own.body as { accounts: object[] }).accounts).toMatchObject([
      { sid: accounts.branch, subproject: true, owner_account_sid: accounts.uuid },
    ]);
    for (const account of [accounts.uuid, sid, accounts.other])
      for (const path of ['', '/Calls'])
        expectRefused(await api.ask('GET', `/2010-04-01/Accounts/${account}${path}`, { as }), missing);
  }),
  shows('accounts.get others', 'shows nobody else what is below a project', async (api) => {
    const { sid } = await branch(api);
    const as = [accounts.other, 'other-token'] as const;
    for (const account of [sid, prefixed('AC', sid), accounts.branch])
      for (const [method, path] of [
        ['GET', ''],
        ['POST', ''],
        ['GET', '/Calls'],
        ['POST', '/Calls'],
      ] as const)
        expectRefused(await api.ask(method, `/2010-04-01/Accounts/${account}${path}`, { as }), missing);
    const wrong = await api.ask('GET', `/2010-04-01/Accounts/${sid}`, { as: [accounts.uuid, 'nothing'] });
    expectRefused(wrong, { status: 401, code: 20003 });
    for (const token of ['demo-token', 'other-token'])
      expectRefused(await api.ask('GET', `/2010-04-01/Accounts/${sid}`, { as: [sid, token] }), {
        status: 401,
        code: 20003,
      });
  }),
  shows('accounts.update name', 'gives the account another name', async (api) => {
    expect((await api.signalwire().api.accounts(accounts.uuid).update({ friendlyName: 'Shop' })).friendlyName).toBe(
      'Shop',
    );
    expect((await api.twilio().api.accounts(accounts.ac).fetch()).friendlyName).toBe('Shop');
  }),
  shows('accounts.update below', 'gives one below it another name, for both clients', async (api) => {
    const [signalwire, twilio] = bothClients(api);
    const { sid } = await branch(api);
    await api.pass(5000);
    expect(await signalwire.api.accounts(sid).update({ friendlyName: 'North' })).toMatchObject({
      friendlyName: 'North',
      dateCreated: new Date('2026-01-01T09:00:00Z'),
      dateUpdated: new Date('2026-01-01T09:00:05Z'),
    });
    const again = await twilio.api.accounts(prefixed('AC', accounts.branch)).update({ friendlyName: 'South' });
    expect(again.friendlyName).toBe('South');
    expect((await api.twilio().api.accounts(accounts.ac).fetch()).friendlyName).toBe('demo');
  }),
  shows('accounts.update suspended', 'suspends one: nothing begins there until it is active again', async (api) => {
    const { sid, ask } = await branch(api);
    const live = (await ask('POST', '/Calls', call)).body as { sid: string };
    await api.pass(5000);
    const client = api.signalwire().api.accounts(sid);
    expect((await client.update({ status: 'suspended' })).status).toBe('suspended');
    const refused = { status: 403, code: 20010 };
    expectRefused(await ask('POST', '/Calls', call), refused);
    expectRefused(await ask('POST', '/IncomingPhoneNumbers', { PhoneNumber: '+15550100701' }), refused);
    const before = (await ask('GET', '/Calls')).body as { calls: object[] };
    api.network.callIn({ transport: 'PSTN', to: theirNumber, from: somebody });
    await api.pass(5000);
    expect(((await ask('GET', '/Calls')).body as { calls: object[] }).calls).toEqual(before.calls);
    // What goes on goes on, and can be ended.
    expect((await ask('POST', `/Calls/${live.sid}`, { Status: 'completed' })).body).toMatchObject({
      status: 'completed',
    });
    await client.update({ status: 'active' });
    expect((await ask('POST', '/Calls', call)).status).toBe(200);
    api.network.callIn({ transport: 'PSTN', to: theirNumber, from: somebody });
    await api.pass(5000);
    expect((await ask('GET', '/Calls?To=%2B15550100700')).body).toMatchObject({ calls: [{ direction: 'inbound' }] });
  }),
  shows(
    'accounts.update suspended-waiting',
    'places no calls of a suspended one that wait for their turn',
    async (api) => {
      const { sid, ask } = await branch(api);
      api.limits.perSecond = 1;
      const made = [await ask('POST', '/Calls', call), await ask('POST', '/Calls', call)];
      const [first, second] = made.map(({ body }) => (body as { sid: string }).sid);
      await api.signalwire().api.accounts(sid).update({ status: 'suspended' });
      await api.pass(10_000);
      expect((await ask('GET', '/Calls')).body).toMatchObject({
        calls: [
          { sid: second, status: 'failed', start_time: null },
          { sid: first, status: 'in-progress' },
        ],
      });
    },
  ),
  shows('accounts.update closed', 'closes one for ever: its numbers are free, what it had can be seen', async (api) => {
    const { sid, ask } = await branch(api);
    const made = (await ask('POST', '/Calls', call)).body as { sid: string };
    await api.pass(1000);
    const client = api.twilio().api.accounts(prefixed('AC', sid));
    expect((await client.update({ status: 'closed' })).status).toBe('closed');
    expect((await ask('GET', '/IncomingPhoneNumbers')).body).toMatchObject({ incoming_phone_numbers: [] });
    await done(api, 'POST', '/IncomingPhoneNumbers', { form: { PhoneNumber: theirNumber } });
    expect((await ask('GET', '/Calls')).body).toMatchObject({ calls: [{ sid: made.sid }] });
    expectRefused(await ask('POST', '/Queues', { FriendlyName: 'desk' }), { status: 403, code: 20010 });
    await expect(client.update({ status: 'active' })).rejects.toMatchObject({ status: 400, code: 10000 });
  }),
  shows('accounts.update configured', 'leaves the status of what the configuration has set up', async (api) => {
    for (const account of [accounts.uuid, accounts.branch])
      expectRefused(
        await api.ask('POST', `/2010-04-01/Accounts/${account}`, { form: { Status: 'closed', FriendlyName: 'x' } }),
        { status: 400, code: 10000 },
      );
    expect((await api.signalwire().api.accounts(accounts.uuid).fetch()).friendlyName).toBe('demo');
    expectRefused(await api.ask('POST', `/2010-04-01/Accounts/${accounts.uuid}`, { form: { Status: 'gone' } }), {
      status: 400,
      code: 10000,
    });
  }),
  shows(
    'api subproject',
    'has everything of a subproject under its sid alone, with the token of the project above it',
    async (api) => {
      const { sid, ask } = await branch(api);
      const client = api.signalwire().api.accounts(sid);
      const { sid: callSid, accountSid } = await client.calls.create({
        to: somebody,
        from: theirNumber,
        url: `${app}/hold`,
      });
      expect(accountSid).toBe(sid);
      await api.pass(10_000);
      expect(api.asked.at(-1)?.form).toMatchObject({ AccountSid: sid, CallSid: callSid });
      await client.calls(callSid).recordings.create();
      for (const [path, form] of Object.entries(makes)) expect((await ask('POST', `/${path}`, form)).status).toBe(201);
      for (const [path, key] of lists) {
        const theirs = (await ask('GET', `/${path}`)).body as Record<string, { sid: string; account_sid: string }[]>;
        const above = (await done(api, 'GET', `/${path}`)) as Record<string, { sid: string }[]>;
        const has = key in { conferences: 1, transcriptions: 1 } ? 0 : 1;
        expect([path, theirs[key]!.map((one) => one.account_sid)]).toEqual([path, Array(has).fill(sid)]);
        const names = above[key]!.map((one) => one.sid);
        for (const one of theirs[key]!) {
          expect(names, path).not.toContain(one.sid);
          const resource = path === 'Recordings' ? `/${path}/${one.sid}.json` : `/${path}/${one.sid}`;
          expectRefused(await api.ask('GET', api.base + resource), missing);
          expect((await ask('GET', resource)).status, path).toBe(200);
        }
      }
    },
  ),
  shows('api subproject-numbers', 'calls only from numbers of the subproject itself', async (api) => {
    const { ask } = await branch(api);
    const refused = { status: 400, code: 21210 };
    expectRefused(await ask('POST', '/Calls', { ...call, From: ours }), refused);
    expectRefused(await api.ask('POST', `${api.base}/Calls`, { form: call }), refused);
    expectRefused(await api.ask('POST', `${api.base}/IncomingPhoneNumbers`, { form: { PhoneNumber: theirNumber } }), {
      status: 400,
      code: 21422,
    });
  }),
  shows('api subproject-incoming', 'gives a subproject the calls to its numbers', async (api) => {
    const { sid, ask } = await branch(api);
    api.network.callIn({ transport: 'PSTN', to: theirNumber, from: somebody });
    await api.pass(5000);
    expect(api.asked.at(-1)?.form).toMatchObject({ AccountSid: sid, To: theirNumber });
    expect((await ask('GET', '/Calls')).body).toMatchObject({ calls: [{ direction: 'inbound', account_sid: sid }] });
  }),
  shows('api subproject-limits', 'counts the calls of subprojects with those of the project above', async (api) => {
    const { ask } = await branch(api);
    const statuses = [];
    for (let count = 0; count < 152; count++) statuses.push((await ask('POST', '/Calls', call)).status);
    expect([...new Set(statuses)]).toEqual([200, 429]);
    const form = { To: somebody, From: ours, Url: `${app}/hold` };
    expectRefused(await api.ask('POST', `${api.base}/Calls`, { form }), { status: 429, code: 20429 });
  }),
  shows('api subproject-others-pages', 'takes no page token of a subproject in the list above', async (api) => {
    const { ask } = await branch(api);
    await ask('POST', '/Calls', call);
    await ask('POST', '/Calls', call);
    await talking(api);
    const { next_page_uri: next } = (await ask('GET', '/Calls?PageSize=1')).body as { next_page_uri: string };
    expect((await api.ask('GET', next)).status).toBe(200);
    const query = new URL(next, api.url).search;
    expectRefused(await api.ask('GET', `${api.base}/Calls${query}`), { status: 400, code: 21481 });
  }),
];
