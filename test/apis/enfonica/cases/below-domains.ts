import { expect } from 'vitest';
import { alreadyExists, type Case, done, expectRefused, invalidArgument, notFound, refuses, shows } from '../case.ts';
import { makeDomain } from './sip-domains.ts';

const domain = '/v1beta1/projects/demo/sipDomains/desk';

const kinds = [
  { many: 'aliases', idField: 'aliasId', one: 'alias' },
  { many: 'users', idField: 'userId', one: 'user' },
] as const;

const both = kinds.flatMap(({ many, idField, one }): Case[] => {
  const path = `${domain}/${many}`;
  const named = {
    name: `${path.slice('/v1beta1/'.length)}/sales`,
    [idField]: 'sales',
    createTime: '2026-01-01T09:00:00Z',
  };
  return [
    shows(`${many}.create made`, `sets up one and shows it again`, async (api) => {
      await makeDomain(api);
      const made = await done(api, 'POST', `${path}?${idField}=sales`, { body: { displayName: 'Sales' } });
      expect(made).toEqual({ ...named, displayName: 'Sales' });
      expect(await done(api, 'GET', `${path}/sales`)).toEqual(made);
      expect(await done(api, 'GET', path)).toEqual({ [many]: [made] });
    }),
    refuses(
      `${many}.create id`,
      'refuses an id of another form',
      ['POST', `${path}?${idField}=Sales!`],
      invalidArgument(idField),
    ),
    refuses(
      `${many}.create display-name`,
      'refuses a name of more than 100 characters',
      ['POST', `${path}?${idField}=sales`, { body: { displayName: 'x'.repeat(101) } }],
      invalidArgument(`${one}.displayName`),
    ),
    refuses(
      `${many}.create no-domain`,
      'sets up none where there is no domain',
      ['POST', `${path}?${idField}=sales`],
      notFound,
    ),
    refuses(
      `${many}.create other-domain`,
      'sets up none in a domain of another project',
      ['POST', `${path}?${idField}=sales`],
      notFound,
      async (api) => void (await makeDomain(api, {}, 'desk', 'other')),
    ),
    shows(`${many}.create taken`, 'refuses an id that the domain has, and no other', async (api) => {
      await makeDomain(api);
      await makeDomain(api, {}, 'shop');
      await done(api, 'POST', `${path}?${idField}=sales`);
      expectRefused(await api.ask('POST', `${path}?${idField}=sales`), alreadyExists);
      await done(api, 'POST', `${path.replace('desk', 'shop')}?${idField}=sales`);
    }),
    shows(`${many}.get not-there`, 'finds none that is not there, or below another domain', async (api) => {
      await makeDomain(api);
      await makeDomain(api, {}, 'shop');
      await done(api, 'POST', `${path}?${idField}=sales`);
      for (const other of [
        `${path}/none`,
        `${path.replace('desk', 'shop')}/sales`,
        `${path.replace('desk', 'none')}/sales`,
      ])
        expectRefused(await api.ask('GET', other), notFound);
    }),
    shows(`${many}.list pages`, 'lists those of the domain in pages, the newest first', async (api) => {
      await makeDomain(api);
      for (const id of ['aa', 'bb', 'cc']) {
        await done(api, 'POST', `${path}?${idField}=${id}`);
        await api.clock.advance(1);
      }
      const first = await done(api, 'GET', `${path}?pageSize=2`);
      const second = await done(api, 'GET', `${path}?pageToken=${encodeURIComponent(first.nextPageToken as string)}`);
      const idsOf = (page: Record<string, unknown>) =>
        (page[many] as Record<string, string>[]).map((each) => each[idField]);
      expect([idsOf(first), idsOf(second)]).toEqual([['cc', 'bb'], ['aa']]);
    }),
    refuses(`${many}.list no-domain`, 'lists none of a domain that is not there', ['GET', path], notFound),
    shows(`${many}.update mask`, 'changes what the mask names', async (api) => {
      await makeDomain(api);
      await done(api, 'POST', `${path}?${idField}=sales`, { body: { displayName: 'Sales' } });
      const after = await done(api, 'PATCH', `${path}/sales?updateMask=display_name`, {
        body: { displayName: 'More' },
      });
      expect(after).toEqual({ ...named, displayName: 'More' });
      expectRefused(
        await api.ask('PATCH', `${path}/sales?updateMask=${idField}`, { body: {} }),
        invalidArgument('updateMask'),
      );
      expectRefused(await api.ask('PATCH', `${path}/none`, { body: {} }), notFound);
    }),
    shows(`${many}.delete gone`, 'deletes, answers {}, and finds it no more', async (api) => {
      await makeDomain(api);
      await done(api, 'POST', `${path}?${idField}=sales`);
      expect(await done(api, 'DELETE', `${path}/sales`)).toEqual({});
      for (const method of ['GET', 'DELETE']) expectRefused(await api.ask(method, `${path}/sales`), notFound);
      await done(api, 'POST', `${path}?${idField}=sales`);
    }),
  ];
});

const endpoint = (differing: object = {}) => ({ uri: 'sip:desk7@pbx.example', ...differing });

const refusesEndpoint = (rule: string, differing: object, field: string): Case =>
  refuses(
    `aliases.create endpoint-${rule}`,
    `refuses an endpoint with ${JSON.stringify(differing)}`,
    ['POST', `${domain}/aliases?aliasId=sales`, { body: { loadBalancerConfig: { endpoints: [endpoint(differing)] } } }],
    invalidArgument(`alias.loadBalancerConfig.endpoints[0].${field}`),
  );

export const belowDomains: Case[] = [
  ...both,
  shows('aliases.create endpoints', 'keeps the endpoints, with a weight of 10 unless told otherwise', async (api) => {
    await makeDomain(api);
    const config = {
      endpoints: [endpoint({ priority: 65_535, weight: 1, enabled: true }), endpoint({ priority: 0 })],
      failoverCallHandlerUris: ['https://app.example.test/failover'],
    };
    const made = await done(api, 'POST', `${domain}/aliases?aliasId=sales`, { body: { loadBalancerConfig: config } });
    expect(made.loadBalancerConfig).toEqual({
      ...config,
      endpoints: [endpoint({ priority: 65_535, weight: 1, enabled: true }), endpoint({ weight: 10 })],
    });
  }),
  refusesEndpoint('uri', { uri: 'https://pbx.example' }, 'uri'),
  refusesEndpoint('no-uri', { uri: null }, 'uri'),
  refusesEndpoint('priority', { priority: 65_536 }, 'priority'),
  refusesEndpoint('priority-negative', { priority: -1 }, 'priority'),
  refusesEndpoint('weight', { weight: 65_536 }, 'weight'),
  refuses(
    'aliases.create endpoints-11',
    'refuses more than 10 endpoints',
    [
      'POST',
      `${domain}/aliases?aliasId=sales`,
      { body: { loadBalancerConfig: { endpoints: Array(11).fill(endpoint()) } } },
    ],
    invalidArgument('alias.loadBalancerConfig.endpoints'),
  ),
];
