import { expect } from 'vitest';
import { routes } from '../../../../src/apis/signalwire/routes.ts';
import { accounts } from '../api.ts';
import { type Case, done, expectRefused, missing, refuses, shows } from '../case.ts';
import { talking } from './calls.ts';

const unauthenticated = { status: 401, code: 20003 };

/** With sids that are well-formed for whatever the path names. */
const concrete = (path: string) =>
  path.replace(':account', accounts.uuid).replace(/:\w+/g, '019b78c9-0a80-7000-8102-ff150fdc7f00');

const paths = routes.map(({ method, path }) => ({ method, path: concrete(path) }));

export const access: Case[] = [
  shows('api nobody', 'refuses whoever shows no token, at every route', async (api) => {
    for (const { method, path } of paths)
      expectRefused(await api.ask(method, `/api/laml/2010-04-01${path}`, { as: null }), unauthenticated);
  }),
  shows(
    'api wrong',
    'refuses a wrong token, a wrong account, and the account of another with a token of one’s own',
    async (api) => {
      const wrong = [
        [accounts.uuid, 'nothing'],
        [accounts.uuid, ''],
        ['', 'demo-token'],
        [accounts.other, 'demo-token'],
        ['demo', 'demo-token'],
        [`${accounts.ac}0`, 'demo-token'],
        [accounts.uuid, '__proto__'],
      ] as const;
      for (const as of wrong) expectRefused(await api.ask('GET', `${api.base}/Calls`, { as }), unauthenticated);
      for (const authorization of [
        'Basic',
        'Basic !!!',
        'Basic YQ==',
        'Bearer demo-token',
        `Basic ${'a'.repeat(9_000)}`,
      ])
        expectRefused(
          await api.ask('GET', `${api.base}/Calls`, { as: null, headers: { authorization } }),
          unauthenticated,
        );
    },
  ),
  shows('api challenge', 'says how to authenticate', async (api) => {
    const { headers } = await api.ask('GET', `${api.base}/Calls`, { as: null });
    expect(headers.get('www-authenticate')).toBe('Basic realm="callflow"');
  }),
  shows('api scope', 'refuses a token that is not for this, as 401', async (api) => {
    const as = [accounts.uuid, 'reader-token'] as const;
    expect((await api.ask('GET', `${api.base}/Calls`, { as })).status).toBe(200);
    for (const { method, path } of paths)
      if (method !== 'GET')
        expectRefused(
          await api.ask(method, `/2010-04-01${path}`, { as, ...(method === 'POST' && { form: {} }) }),
          unauthenticated,
        );
  }),
  shows('api other-account', 'says of the account of another what it says of none', async (api) => {
    for (const account of [accounts.other, 'x', `AC${'0'.repeat(32)}`])
      expectRefused(await api.ask('GET', `/2010-04-01/Accounts/${account}/Calls`), missing);
  }),
  shows('api other-ids', 'finds nothing that another project has', async (api) => {
    const sid = await talking(api);
    const base = api.base.replace(accounts.uuid, accounts.other);
    const as = [accounts.other, 'other-token'] as const;
    for (const method of ['GET', 'DELETE'] as const)
      expectRefused(await api.ask(method, `${base}/Calls/${sid}`, { as }), missing);
    expectRefused(await api.ask('POST', `${base}/Calls/${sid}`, { as, form: { Status: 'completed' } }), missing);
    expect((await done(api, 'GET', `/Calls/${sid}`)).status).toBe('in-progress');
    expect((await api.ask('GET', `${base}/Calls`, { as })).body).toMatchObject({ calls: [] });
  }),
  shows('api token-of-another-list', 'takes no page token of another project or another list', async (api) => {
    await talking(api);
    await talking(api, { To: '+15550100098' });
    const { next_page_uri: next } = await done(api, 'GET', '/Calls?PageSize=1');
    const token = new URL(String(next), api.url).searchParams.get('PageToken') ?? '';
    const query = `Page=1&PageSize=1&PageToken=${token}`;
    expect((await api.ask('GET', `${api.base}/Calls?${query}`)).status).toBe(200);
    expect((await api.ask('GET', `/2010-04-01/Accounts/${accounts.ac}/Calls.json?${query}`)).status).toBe(200);
    const base = api.base.replace(accounts.uuid, accounts.other);
    const refused = { status: 400, code: 21481 };
    expectRefused(await api.ask('GET', `${base}/Calls?${query}`, { as: [accounts.other, 'other-token'] }), refused);
    expectRefused(await api.ask('GET', `${api.base}/Recordings?${query}`), refused);
    expectRefused(await api.ask('GET', `${api.base}/Calls?To=x&${query}`), refused);
  }),
  ...['application/json; charset=utf-8', 'multipart/form-data; boundary=x'].map((type) =>
    refuses(
      `api body ${type.split(';')[0]}`,
      `says of a body that is ${type.split(';')[0]} that it must be a form`,
      ['POST', '/Queues', { form: { FriendlyName: 'x' }, headers: { 'content-type': type } }],
      { status: 422, code: 20422 },
    ),
  ),
  shows('api both-bases', 'has every route under both bases, with and without .json', async (api) => {
    const sid = await talking(api);
    for (const base of ['/2010-04-01', '/api/laml/2010-04-01'])
      for (const end of ['/Calls', '/Calls.json', `/Calls/${sid}`, `/Calls/${sid}.json`, '.json', ''])
        expect((await api.ask('GET', `${base}/Accounts/${accounts.uuid}${end}`)).status, base + end).toBe(200);
  }),
  shows('api not-offered', 'has no notifications or events', async (api) => {
    const sid = await talking(api);
    for (const what of ['Notifications', 'Events', 'Notifications.json'])
      expectRefused(await api.ask('GET', `${api.base}/Calls/${sid}/${what}`), missing);
    await expect(api.signalwire().calls(sid).notifications.list()).rejects.toMatchObject({ status: 404, code: 20404 });
  }),
  shows(
    'api unknown-path',
    'answers 404 in JSON where there is nothing, after it has asked for a token',
    async (api) => {
      for (const path of ['/2010-04-01', '/2010-04-01/x', '/api/laml/2010-04-01/Accounts/x/y/z']) {
        expectRefused(await api.ask('GET', path), missing);
        expectRefused(await api.ask('PUT', path), missing);
        expectRefused(await api.ask('GET', path, { as: null }), unauthenticated);
      }
    },
  ),
  shows('api method', 'answers 405 to a method that a path does not have, and says which it has', async (api) => {
    const media = ['', '/Calls/:call', '/Conferences/:conference'].map((place) => ({
      method: 'GET',
      path: `/Accounts/:account${place}/Recordings/:recording`,
    }));
    const byPath = Map.groupBy([...routes, ...media], ({ path }) => path);
    for (const [path, has] of byPath) {
      const methods = new Set(has.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])));
      for (const base of ['/2010-04-01', '/api/laml/2010-04-01'])
        for (const end of ['', '.json'])
          for (const method of ['PUT', 'PATCH', 'OPTIONS', 'GET', 'POST', 'DELETE']) {
            if (methods.has(method)) continue;
            const answer = await api.ask(method, base + concrete(path) + end);
            expectRefused(answer, { status: 405, code: 20004 });
            const allow = answer.headers.get('allow') ?? '';
            expect([path, ...allow.split(', ').sort()]).toEqual([path, ...[...methods].sort()]);
          }
    }
    expectRefused(await api.ask('PUT', `${api.base}/Calls`, { as: null }), unauthenticated);
    expect((await api.ask('HEAD', `${api.base}/Calls`)).status).toBe(200);
  }),
  shows('api unreadable-path', 'answers broken percent-encoding in JSON', async (api) => {
    expectRefused(await api.ask('GET', '/2010-04-01/Accounts/%E0%A4%A'), missing);
  }),
  shows('api hostile', 'keeps no name with control characters, or that is not UTF-8', async (api) => {
    const hostile = ['a%00b', 'a%0ab', 'a%7f', '%FF', '%C3%28', '%1b%5b2J'];
    const kept: readonly (readonly [path: string, rest: string, ...names: string[]])[] = [
      ['/Queues', '', 'FriendlyName'],
      ['/Applications', '&FriendlyName=x', 'VoiceUrl', 'VoiceMethod', 'StatusCallback'],
      ['/Applications', '', 'FriendlyName'],
      ['/IncomingPhoneNumbers', '&PhoneNumber=%2B15550100500', 'FriendlyName', 'VoiceUrl', 'VoiceApplicationSid'],
      ['/LamlBins', '&Contents=%3CResponse/%3E', 'Name'],
      ['', '', 'FriendlyName'],
    ];
    for (const [path, rest, ...names] of kept)
      for (const name of names)
        for (const value of hostile) {
          const answer = await api.ask('POST', `${api.base}${path}`, { body: `${name}=${value}${rest}` });
          expect([path, name, value, answer.status]).toEqual([path, name, value, 400]);
        }
    const bin = await done(api, 'POST', '/LamlBins', {
      form: { Name: 'ä', Contents: '<Response>\r\n\t<Hangup/>\n</Response>' },
    });
    expect([bin.name, bin.contents]).toEqual(['ä', '<Response>\r\n\t<Hangup/>\n</Response>']);
    expect((await api.ask('POST', `${api.base}/LamlBins`, { body: 'Name=x&Contents=%00' })).status).toBe(400);
  }),
  shows('api large', 'refuses a body that is too large', async (api) => {
    const answer = await api.ask('POST', `${api.base}/Calls`, { form: { To: 'x'.repeat(300_000) } });
    expectRefused(answer, { status: 413, code: 20422 });
  }),
];
