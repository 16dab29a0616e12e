import { expect } from 'vitest';
import type { Api } from '../api.ts';
import { app } from '../call-fields.ts';
import {
  alreadyExists,
  type Case,
  done,
  expectRefused,
  failedPrecondition,
  invalidArgument,
  notFound,
  permissionDenied,
  refuses,
  shows,
} from '../case.ts';

const path = '/v1beta1/projects/demo/phoneNumberInstances';
const id = '61255501000';
const at = `${path}/${id}`;

const phoneNumber = { phoneNumber: `+${id}` };

export const makeNumber = (api: Api, differing: object = {}, as = 'demo') =>
  done(api, 'POST', path.replace('demo', as), { body: { phoneNumber, ...differing }, as });

const made = {
  name: `projects/demo/phoneNumberInstances/${id}`,
  phoneNumber: {
    name: `phoneNumbers/${id}`,
    phoneNumber: `+${id}`,
    capabilities: ['VOICE'],
    numberType: 'LOCAL',
    countryCode: 'AU',
  },
  createTime: '2026-01-01T09:00:00Z',
  activateTime: '2026-01-01T09:00:00Z',
  lifecycleState: 'ACTIVE',
  compliant: true,
};

const fields = {
  displayName: 'Front desk',
  labels: { site: 'sydney' },
  incomingMessageHandlerUris: ['https://app.example.test/message'],
  incomingCallHandlerUris: [app, 'tel:+61491570156', 'sip:desk@pbx.example'],
  callRecordingTrigger: 'BRIDGE',
  regulatoryListing: 'listings/1',
};

const refusesField = (rule: string, body: object, field: string): Case =>
  refuses(
    `phoneNumberInstances.create ${rule}`,
    `refuses ${JSON.stringify(body).slice(0, 90)}`,
    ['POST', path, { body: { phoneNumber, ...body } }],
    invalidArgument(`phoneNumberInstance.${field}`),
  );

const numbersOf = (page: Record<string, unknown>, list = 'phoneNumberInstances') =>
  ((page[list] ?? []) as { phoneNumber: { phoneNumber: string } | string }[]).map(({ phoneNumber: one }) =>
    typeof one === 'string' ? one : one.phoneNumber,
  );

const instances: Case[] = [
  shows('phoneNumberInstances.create every-field', 'takes a number and keeps every field', async (api) => {
    const answer = await makeNumber(api, fields);
    expect(answer).toEqual({ ...made, ...fields });
    expect(await done(api, 'GET', at)).toEqual(answer);
  }),
  shows('phoneNumberInstances.create any-number', 'takes a number that is not in the stock', async (api) => {
    expect(
      await makeNumber(api, { phone_number: { phone_number: '+12' }, phoneNumber: { phoneNumber: '+4930901820' } }),
    ).toMatchObject({
      phoneNumber: { name: 'phoneNumbers/4930901820', phoneNumber: '+4930901820', capabilities: ['VOICE'] },
    });
  }),
  refusesField('number-required', { phoneNumber: null }, 'phoneNumber'),
  refusesField('number-required-within', { phoneNumber: {} }, 'phoneNumber.phoneNumber'),
  refusesField('number-e164', { phoneNumber: { phoneNumber: '0255501000' } }, 'phoneNumber.phoneNumber'),
  refusesField('display-name', { displayName: 'x'.repeat(101) }, 'displayName'),
  refusesField(
    'labels-51',
    { labels: Object.fromEntries(Array.from({ length: 51 }, (_, key) => [`k${key}`, ''])) },
    'labels',
  ),
  refusesField('labels-key', { labels: { ['x'.repeat(101)]: 'x' } }, 'labels'),
  refusesField('labels-value', { labels: { x: 'x'.repeat(1_001) } }, 'labels'),
  refusesField('call-handlers-six', { incomingCallHandlerUris: Array(6).fill(app) }, 'incomingCallHandlerUris'),
  refusesField('call-handler-scheme', { incomingCallHandlerUris: ['ws://x.example'] }, 'incomingCallHandlerUris[0]'),
  refusesField(
    'message-handlers-six',
    { incomingMessageHandlerUris: Array(6).fill(app) },
    'incomingMessageHandlerUris',
  ),
  refusesField(
    'message-handler-web',
    { incomingMessageHandlerUris: ['tel:+61491570156'] },
    'incomingMessageHandlerUris[0]',
  ),
  refusesField('trigger', { callRecordingTrigger: 'ALWAYS' }, 'callRecordingTrigger'),
  refusesField('range-101', { range: { size: 101 } }, 'range.size'),
  refuses(
    'phoneNumberInstances.create taken',
    'refuses a number that anybody has',
    ['POST', path, { body: { phoneNumber } }],
    alreadyExists,
    async (api) => void (await makeNumber(api, {}, 'other')),
  ),
  shows(
    'phoneNumberInstances.create at-once',
    'gives a number to one of those who want it at the same time',
    async (api) => {
      const answers = await Promise.all(
        ['demo', 'other', 'demo'].map((as) => api.ask('POST', path.replace('demo', as), { as, body: { phoneNumber } })),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    },
  ),
  refuses('phoneNumberInstances.get not-there', 'finds none that is not there', ['GET', at], notFound),
  refuses(
    'phoneNumberInstances.get other-number',
    'finds none of another project',
    ['GET', at],
    notFound,
    async (api) => void (await makeNumber(api, {}, 'other')),
  ),
  shows('phoneNumberInstances.list prefix', 'lists by how numbers begin, also as within Australia', async (api) => {
    for (const number of ['+61491570156', '+61255501001', '+442079460001']) {
      await makeNumber(api, { phoneNumber: { phoneNumber: number } });
      await api.clock.advance(1);
    }
    const found = async (query: string) => numbersOf(await done(api, 'GET', `${path}${query}`));
    expect(await found('')).toEqual(['+442079460001', '+61255501001', '+61491570156']);
    expect(await found('?prefix=%2B61')).toEqual(['+61255501001', '+61491570156']);
    expect(await found('?prefix=0491')).toEqual(['+61491570156']);
    expect(await found('?prefix=%2B1')).toEqual([]);
    for (const prefix of ['61', '+61', "%2B61' OR 1=1", '%25', '%2B61*'])
      expectRefused(await api.ask('GET', `${path}?prefix=${prefix}`), invalidArgument('prefix'));
  }),
  shows('phoneNumberInstances.update mask', 'changes what the mask names, and never the number', async (api) => {
    await makeNumber(api, fields);
    const body = { incomingCallHandlerUris: ['https://new.example.test/'], phoneNumber: { phoneNumber: '+12' } };
    const mask = 'incoming_call_handler_uris,displayName';
    const { displayName: _, ...others } = fields;
    const after = await done(api, 'PATCH', `${at}?updateMask=${mask}`, { body });
    expect(after).toEqual({ ...made, ...others, incomingCallHandlerUris: ['https://new.example.test/'] });
    expectRefused(await api.ask('PATCH', `${at}?updateMask=phoneNumber`, { body }), invalidArgument('updateMask'));
    expectRefused(await api.ask('PATCH', `${path}/1`, { body }), notFound);
  }),
  shows('phoneNumberInstances.delete soft', 'gives a number back, and shows it still', async (api) => {
    await makeNumber(api);
    await api.clock.advance(1_000);
    const deleted = await done(api, 'DELETE', at);
    expect(deleted).toEqual({ ...made, lifecycleState: 'DELETED', deleteTime: '2026-01-01T09:00:01Z' });
    expect(await done(api, 'GET', at)).toEqual(deleted);
    expect(await done(api, 'GET', path)).toEqual({});
    expect(await done(api, 'GET', `${path}?includeDeleted=true`)).toEqual({ phoneNumberInstances: [deleted] });
    for (const method of ['PATCH', 'DELETE']) expectRefused(await api.ask(method, at, { body: {} }), notFound);
    await makeNumber(api, {}, 'other');
  }),
  shows('phoneNumberInstances.move same', 'takes a new listing in its own project', async (api) => {
    await makeNumber(api);
    const body = { destinationParent: 'projects/demo', regulatoryListing: 'listings/2' };
    expect(await done(api, 'POST', `${at}:move`, { body })).toEqual({ ...made, regulatoryListing: 'listings/2' });
  }),
  shows('phoneNumberInstances.move other', 'moves nothing to a project that the token is not for', async (api) => {
    await makeNumber(api);
    for (const project of ['other', 'no-such-project'])
      expectRefused(
        await api.ask('POST', `${at}:move`, { body: { destinationParent: `projects/${project}` } }),
        permissionDenied,
      );
    for (const destinationParent of ['', 'demo', 'projects/', 'projects/a/b'])
      expectRefused(
        await api.ask('POST', `${at}:move`, { body: { destinationParent } }),
        invalidArgument('destinationParent'),
      );
    expectRefused(await api.ask('POST', `${path}/1:move`, { body: { destinationParent: 'projects/demo' } }), notFound);
  }),
  refuses('phoneNumberInstances.move unknown-verb', 'knows no other verb', ['POST', `${at}:sell`], {
    code: 405,
    status: 'UNIMPLEMENTED',
  }),
];

const range = (first: string, last: string, size: number) => ({
  primaryPhoneNumberInstance: `projects/demo/phoneNumberInstances/${first}`,
  startPhoneNumber: `+${first}`,
  endPhoneNumber: `+${last}`,
  size,
});

const ranges: Case[] = [
  shows('phoneNumberInstances.create range', 'takes numbers that follow each other, each of them', async (api) => {
    expect(await makeNumber(api, { range: { size: 3 } })).toEqual({ ...made, range: range(id, '61255501002', 3) });
    for (const number of ['+61255501001', '+61255501002'])
      expectRefused(await api.ask('POST', path, { body: { phoneNumber: { phoneNumber: number } } }), alreadyExists);
    expectRefused(
      await api.ask('POST', path, { body: { phoneNumber: { phoneNumber: '+61255500999' }, range: { size: 2 } } }),
      alreadyExists,
    );
  }),
  shows('phoneNumberInstances.splitRange two', 'makes two ranges of one', async (api) => {
    await makeNumber(api, { ...fields, range: { size: 5 } });
    const { first, second } = await done(api, 'POST', `${at}:splitRange`, { body: { size: '2' } });
    expect(first).toEqual({ ...made, ...fields, range: range(id, '61255501001', 2) });
    expect(second).toMatchObject({ ...fields, range: range('61255501002', '61255501004', 3) });
    expect(await done(api, 'GET', `${path}/61255501002`)).toEqual(second);
    await done(api, 'DELETE', at);
    for (const number of ['+61255501000', '+61255501001'])
      await makeNumber(api, { phoneNumber: { phoneNumber: number } }, 'other');
    expectRefused(
      await api.ask('POST', path, { body: { phoneNumber: { phoneNumber: '+61255501004' } } }),
      alreadyExists,
    );
  }),
  shows('phoneNumberInstances.splitRange singles', 'leaves numbers alone when nothing follows them', async (api) => {
    await makeNumber(api, { range: { size: 2 } });
    const { first, second } = await done(api, 'POST', `${at}:splitRange`, { body: { size: 1 } });
    expect([first, second].map((one) => (one as { range?: object }).range)).toEqual([undefined, undefined]);
  }),
  refuses(
    'phoneNumberInstances.splitRange alone',
    'splits no single number',
    ['POST', `${at}:splitRange`, { body: { size: 1 } }],
    failedPrecondition,
    async (api) => void (await makeNumber(api)),
  ),
  ...[0, 3, -1, 'x'].map((size) =>
    refuses(
      `phoneNumberInstances.splitRange size ${size}`,
      `splits no three numbers at ${size}`,
      ['POST', `${at}:splitRange`, { body: { size } }],
      invalidArgument('size'),
      async (api) => void (await makeNumber(api, { range: { size: 3 } })),
    ),
  ),
];

const searchPath = '/v1beta1/phoneNumbers:search';

const searches: readonly [query: string, count: number, first: string | undefined][] = [
  ['countryCode=AU', 54, '+611300975707'],
  ['country_code=AU&numberType=MOBILE', 4, '+61491570156'],
  ['countryCode=AU&numberType=3', 4, '+61491570156'],
  ['countryCode=AU&prefix=%2B612', 20, '+61255501000'],
  ['countryCode=AU&prefix=03', 20, '+61370101000'],
  ['countryCode=GB&prefix=07', 20, '+447700900000'],
  ['countryCode=GB&supportsSms=true', 20, '+447700900000'],
  ['countryCode=US&supportsMms=true', 20, '+12125550100'],
  ['countryCode=US&supportsVoice=true', 40, '+12125550100'],
  ['countryCode=ZZ', 0, undefined],
];

const search: Case[] = [
  ...searches.map(([query, count, first]) =>
    shows(`phoneNumbers.search ${query}`, `finds ${count} numbers by ${query}`, async (api) => {
      const found = numbersOf(await done(api, 'GET', `${searchPath}?${query}&pageSize=100`), 'phoneNumbers');
      expect([found.length, found[0]]).toEqual([count, first]);
    }),
  ),
  shows('phoneNumbers.search taken', 'leaves out what anybody has', async (api) => {
    await makeNumber(api, { phoneNumber: { phoneNumber: '+61491570156' }, range: { size: 2 } }, 'other');
    const found = await done(api, 'GET', `${searchPath}?countryCode=AU&numberType=MOBILE`);
    expect(found).toEqual({
      phoneNumbers: ['61491570158', '61491570159'].map((number) => ({
        name: `phoneNumbers/${number}`,
        phoneNumber: `+${number}`,
        capabilities: ['SMS', 'VOICE'],
        numberType: 'MOBILE',
        countryCode: 'AU',
      })),
    });
  }),
  shows('phoneNumbers.search pages', 'gives every number once', async (api) => {
    const seen: string[] = [];
    let token = '';
    do {
      const page = await done(api, 'GET', `${searchPath}?countryCode=US&pageSize=15&pageToken=${token}`);
      seen.push(...numbersOf(page, 'phoneNumbers'));
      token = encodeURIComponent((page.nextPageToken as string) ?? '');
    } while (token !== '');
    expect([seen.length, new Set(seen).size]).toEqual([40, 40]);
  }),
  refuses(
    'phoneNumbers.search country-required',
    'refuses a search without a country',
    ['GET', searchPath],
    invalidArgument('countryCode'),
  ),
  refuses(
    'phoneNumbers.search country',
    'refuses a country that is not two capitals',
    ['GET', `${searchPath}?countryCode=Australia`],
    invalidArgument('countryCode'),
  ),
  refuses(
    'phoneNumbers.search type',
    'refuses a kind of number that nobody knows',
    ['GET', `${searchPath}?countryCode=AU&numberType=GOLD`],
    invalidArgument('numberType'),
  ),
];

export const numbers = [...instances, ...ranges, ...search];
