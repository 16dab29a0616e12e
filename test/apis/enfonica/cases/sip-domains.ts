import { expect } from 'vitest';
import type { Api } from '../api.ts';
import { app } from '../call-fields.ts';
import { alreadyExists, type Case, done, expectRefused, invalidArgument, notFound, refuses, shows } from '../case.ts';

const path = '/v1beta1/projects/demo/sipDomains';
const create = `${path}?sipDomainId=desk`;

const whole = {
  displayName: 'Desks',
  allowRegister: true,
  callTerminationMode: 'PROGRAMMABLE',
  callTerminationHandlerUris: [app],
  cidrBlocks: [{ displayName: 'Office', cidrBlock: '192.0.2.0/24' }],
  callRecording: { trigger: 'ANSWER', transcribe: 'DEFAULT' },
};

export const makeDomain = (api: Api, body: object = {}, id = 'desk', as = 'demo') =>
  done(api, 'POST', `/v1beta1/projects/${as}/sipDomains?sipDomainId=${id}`, { body, as });

const named = {
  name: 'projects/demo/sipDomains/desk',
  sipDomainId: 'desk',
  fqdn: 'desk.sip.enfonica.com',
  createTime: '2026-01-01T09:00:00Z',
};

const refusesField = (rule: string, body: object, field: string): Case =>
  refuses(
    `sipDomains.create ${rule}`,
    `refuses ${JSON.stringify(body).slice(0, 90)}`,
    ['POST', create, { body }],
    invalidArgument(`sipDomain.${field}`),
  );

const { callRecording } = whole;

const updates: readonly [rule: string, says: string, mask: string | undefined, body: object, after: object][] = [
  [
    'no-mask',
    'changes what is given when there is no mask',
    undefined,
    { displayName: 'New' },
    { ...whole, displayName: 'New' },
  ],
  [
    'mask',
    'changes only what the mask names',
    'displayName',
    { displayName: 'New', allowRegister: false },
    { ...whole, displayName: 'New' },
  ],
  [
    'mask-clears',
    'clears what the mask names and the body does not have',
    'displayName,cidrBlocks,allow_register',
    {},
    { callTerminationMode: 'PROGRAMMABLE', callTerminationHandlerUris: [app], callRecording },
  ],
  [
    'mask-nested',
    'changes a field within a field',
    'callRecording.trigger',
    { callRecording: { trigger: 'BRIDGE' } },
    { ...whole, callRecording: { ...callRecording, trigger: 'BRIDGE' } },
  ],
  [
    'mask-snake',
    'understands the mask in snake_case',
    'call_recording.trigger, display_name',
    { call_recording: { trigger: 3 }, display_name: 'New' },
    { ...whole, displayName: 'New', callRecording: { ...callRecording, trigger: 'BRIDGE' } },
  ],
  ['mask-all', 'changes everything by *', '*', { displayName: 'New' }, { displayName: 'New' }],
];

const updating: Case[] = updates.map(([rule, says, mask, body, after]) =>
  shows(`sipDomains.update ${rule}`, says, async (api) => {
    await makeDomain(api, whole);
    const query = mask === undefined ? '' : `?updateMask=${encodeURIComponent(mask)}`;
    const answer = await done(api, 'PATCH', `${path}/desk${query}`, { body });
    expect(answer).toEqual({ ...named, ...after });
    expect(await done(api, 'GET', `${path}/desk`)).toEqual(answer);
  }),
);

const refusedMasks: Case[] = [
  'name',
  'sipDomainId',
  'createTime',
  'nothing',
  'displayName.more',
  '__proto__',
  ',',
  'callRecording.nothing',
].map((mask) =>
  refuses(
    `sipDomains.update mask-unknown ${mask}`,
    `refuses the mask ${mask}`,
    ['PATCH', `${path}/desk?updateMask=${encodeURIComponent(mask)}`, { body: { displayName: 'New' } }],
    invalidArgument('updateMask'),
    async (api) => void (await makeDomain(api)),
  ),
);

export const sipDomains: Case[] = [
  shows('sipDomains.create every-field', 'keeps every field', async (api) => {
    const made = await makeDomain(api, whole);
    expect(made).toEqual({ ...named, ...whole });
    expect(await done(api, 'GET', `${path}/desk`)).toEqual(made);
  }),
  shows('sipDomains.create nothing-given', 'needs no more than an id, in either case', async (api) => {
    expect(await done(api, 'POST', `${path}?sip_domain_id=desk`)).toEqual(named);
  }),
  ...['', 'a', '-desk', 'desk-', 'Desk', 'de_sk', 'x'.repeat(31), 'a.b', '../x', 'ü1'].map((id) =>
    refuses(
      `sipDomains.create id ${id}`,
      `refuses the id ${JSON.stringify(id)}`,
      ['POST', `${path}?sipDomainId=${encodeURIComponent(id)}`, { body: {} }],
      invalidArgument('sipDomainId'),
    ),
  ),
  refuses(
    'sipDomains.create taken',
    'refuses an id that the project has',
    ['POST', create, { body: {} }],
    alreadyExists,
    async (api) => void (await makeDomain(api)),
  ),
  refuses(
    'sipDomains.create taken-by-other',
    'refuses an id that anybody has',
    ['POST', create, { body: {} }],
    alreadyExists,
    async (api) => void (await makeDomain(api, {}, 'desk', 'other')),
  ),
  shows('sipDomains.create at-once', 'gives an id to one of those who want it at the same time', async (api) => {
    const answers = await Promise.all(
      ['demo', 'other', 'demo'].map((as) => api.ask('POST', create.replace('demo', as), { as, body: {} })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  }),
  refusesField('display-name', { displayName: 'x'.repeat(101) }, 'displayName'),
  refusesField('mode', { callTerminationMode: 'ON' }, 'callTerminationMode'),
  refusesField('handlers-six', { callTerminationHandlerUris: Array(6).fill(app) }, 'callTerminationHandlerUris'),
  refusesField('handlers-web', { callTerminationHandlerUris: ['tel:+61491570156'] }, 'callTerminationHandlerUris[0]'),
  refusesField('programmable-handler', { callTerminationMode: 3 }, 'callTerminationHandlerUris'),
  refusesField('cidr-101', { cidrBlocks: Array(101).fill({ cidrBlock: '192.0.2.0/24' }) }, 'cidrBlocks'),
  ...['192.0.2.0', '192.0.2.0/33', '256.0.2.0/24', '2001:db8::/32', '3/8', '192.0.2.0/24; x'].map((cidrBlock) =>
    refusesField(`cidr ${cidrBlock}`, { cidrBlocks: [{ cidrBlock }] }, 'cidrBlocks[0].cidrBlock'),
  ),
  refusesField('recording', { callRecording: { transcribe: 'DEFAULT' } }, 'callRecording.transcribe'),
  refusesField('register', { allowRegister: 'yes' }, 'allowRegister'),
  refuses('sipDomains.get not-there', 'finds none that is not there', ['GET', `${path}/desk`], notFound),
  refuses(
    'sipDomains.get other-domain',
    'finds none of another project',
    ['GET', `${path}/desk`],
    notFound,
    async (api) => void (await makeDomain(api, {}, 'desk', 'other')),
  ),
  ...updating,
  ...refusedMasks,
  refuses(
    'sipDomains.update whole',
    'judges the domain as it would be',
    ['PATCH', `${path}/desk?updateMask=callTerminationHandlerUris`, { body: {} }],
    invalidArgument('sipDomain.callTerminationHandlerUris'),
    async (api) => void (await makeDomain(api, whole)),
  ),
  refuses(
    'sipDomains.update not-there',
    'changes none that is not there',
    ['PATCH', `${path}/desk`, { body: {} }],
    notFound,
  ),
  shows('sipDomains.delete soft', 'shows a deleted domain still, to whoever asks for it', async (api) => {
    await makeDomain(api, whole);
    await api.clock.advance(1_000);
    const deleted = await done(api, 'DELETE', `${path}/desk`);
    expect(deleted).toEqual({ ...named, ...whole, deleteTime: '2026-01-01T09:00:01Z' });
    expect(await done(api, 'GET', `${path}/desk`)).toEqual(deleted);
    expect(await done(api, 'GET', path)).toEqual({});
    expect(await done(api, 'GET', `${path}?showDeleted=true`)).toEqual({ sipDomains: [deleted] });
    for (const method of ['PATCH', 'DELETE'])
      expectRefused(await api.ask(method, `${path}/desk`, { body: {} }), notFound);
  }),
  shows('sipDomains.delete frees', 'leaves the id to others, and begins anew when set up again', async (api) => {
    await makeDomain(api, whole);
    await done(api, 'POST', `${path}/desk/aliases?aliasId=sales`, { body: {} });
    await done(api, 'DELETE', `${path}/desk`);
    await makeDomain(api, {}, 'desk', 'other');
    expectRefused(await api.ask('POST', create, { body: {} }), alreadyExists);
    await done(api, 'DELETE', `${path.replace('demo', 'other')}/desk`, { as: 'other' });
    expect(await makeDomain(api)).toEqual(named);
    expect(await done(api, 'GET', `${path}/desk/aliases`)).toEqual({});
  }),
  shows('sipDomains.list pages', 'lists those of the project in pages, the newest first', async (api) => {
    for (const id of ['aa', 'bb', 'cc', 'dd']) {
      await makeDomain(api, {}, id);
      await api.clock.advance(1);
    }
    await makeDomain(api, {}, 'ee', 'other');
    const first = await done(api, 'GET', `${path}?pageSize=3`);
    const token = encodeURIComponent(first.nextPageToken as string);
    const second = await done(api, 'GET', `${path}?pageToken=${token}`);
    const idsOf = (page: Record<string, unknown>) =>
      (page.sipDomains as { sipDomainId: string }[]).map((one) => one.sipDomainId);
    expect([idsOf(first), idsOf(second)]).toEqual([['dd', 'cc', 'bb'], ['aa']]);
    expectRefused(await api.ask('GET', `${path}?showDeleted=true&pageToken=${token}`), invalidArgument('pageToken'));
  }),
];
