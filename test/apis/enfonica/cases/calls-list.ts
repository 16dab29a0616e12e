import { expect } from 'vitest';
import type { CallRecord, CallState } from '../../../../src/records/call.ts';
import { callRecord, idOf } from '../../../vendors/records.ts';
import type { Api } from '../api.ts';
import { callsPath, make } from '../call-fields.ts';
import { type Case, done, expectRefused, invalidArgument, refuses, shows } from '../case.ts';
import { put } from '../seed.ts';

const day = 86_400_000;
const midnight = Date.UTC(2026, 0, 1);

/** Five calls, each of another kind, the newest last; and one of somebody else. */
function seed(api: Api): void {
  const make = (last: string, state: CallState, more: Partial<CallRecord>) =>
    callRecord({ id: idOf(last), family: idOf(last), state, ...more });
  const calls = [
    make('a1', 'completed', { createTime: midnight - day }),
    make('a2', 'failed', { createTime: midnight, to: '+6499999999', direction: 'outgoing', createMethod: 'api' }),
    make('a3', 'notAnswered', { createTime: midnight + 1, from: '+64211111111' }),
    make('a4', 'canceled', { createTime: midnight + day, transport: 'SIP', to: 'sip:desk7@pbx.example' }),
    make('a5', 'inProgress', { createTime: midnight + 2 * day, to: '+61255509999' }),
    make('b1', 'completed', { project: 'other' }),
  ];
  put(api, ...calls.map((record) => ({ type: 'call', record }) as const));
}

const lastOf = ({ name }: { name: string }) => name.slice(-2);

async function found(api: Api, filter: string): Promise<string[]> {
  const { calls = [] } = await done(api, 'GET', `${callsPath}?filter=${encodeURIComponent(filter)}`);
  return (calls as { name: string }[]).map(lastOf);
}

const finds = (filter: string, wanted: readonly string[], says = `finds by ${filter}`): Case =>
  shows(`calls.list filter ${filter}`, says, async (api) => {
    seed(api);
    expect(await found(api, filter)).toEqual(wanted);
  });

const refusesFilter = (filter: string, says = `refuses the filter ${filter}`): Case =>
  refuses(
    `calls.list not-a-filter ${filter.slice(0, 60)}`,
    says.slice(0, 120),
    ['GET', `${callsPath}?filter=${encodeURIComponent(filter)}`],
    invalidArgument('filter'),
    async (api) => seed(api),
  );

const filters = [
  finds('', ['a5', 'a4', 'a3', 'a2', 'a1'], 'finds everything by an empty filter, the newest first'),
  finds("to = '+61255501234'", ['a3', 'a1']),
  finds('to = +61255501234', ['a3', 'a1']),
  finds('to="+61255501234"', ['a3', 'a1']),
  finds("to = '+612*'", ['a5', 'a3', 'a1']),
  finds("to != '+61*'", ['a4', 'a2']),
  finds("from != '+61491570006'", ['a3']),
  finds("to = '*'", ['a5', 'a4', 'a3', 'a2', 'a1']),
  finds("to = 'sip:desk7@pbx.example'", ['a4']),
  finds('state = COMPLETED', ['a1']),
  finds("state = 'in_progress'", ['a5']),
  finds('state = NOT_ANSWERED', ['a4', 'a3'], 'finds calls that were canceled among those not answered'),
  finds('state != not_answered', ['a5', 'a2', 'a1']),
  finds('direction = OUTGOING', ['a2']),
  finds('transport != PSTN', ['a4']),
  finds('createTime >= 2026-01-02', ['a5', 'a4']),
  finds("createTime < '2026-01-01'", ['a1']),
  finds('createTime = 2026-01-01T00:00:00Z', ['a2']),
  finds('createTime > 2026-01-01T00:00:00.000Z AND createTime <= 2026-01-02', ['a4', 'a3']),
  finds('createTime = 2026-01-01T10:00:00+10:00', ['a2']),
  finds('createTime != 2026-01-01T00:00:00', ['a5', 'a4', 'a3', 'a1']),
  finds('create_time >= 2026-01-03', ['a5']),
  finds(
    'direction = INCOMING AND state = FAILED OR state = COMPLETED AND transport = PSTN',
    ['a1'],
    'binds OR tighter than AND',
  ),
  finds('(direction = INCOMING AND state = FAILED) OR (state = COMPLETED AND transport = PSTN)', ['a1']),
  finds('(state = FAILED OR (direction = INCOMING AND state = COMPLETED))', ['a2', 'a1']),
  finds('state=FAILED OR state=COMPLETED OR state=QUEUED', ['a2', 'a1']),
  finds("to = \"' OR '1'='1\"", []),
  finds("to = '%'", []),
  finds("to = '+61255501234\\'", []),
  finds("to = 'AND'", []),
];

const notFilters = [
  'state',
  'state =',
  '= COMPLETED',
  'state COMPLETED',
  'state == COMPLETED',
  'state = DONE',
  'state = 5',
  'state = __proto__',
  'state > QUEUED',
  "to >= '+61'",
  "to = '+61*5'",
  'to = +61*',
  "to = '+61",
  'to = )',
  "createTime = '*'",
  'createTime = yesterday',
  'createTime = 2026-02-30',
  'createTime = 2026-01-01T25:00:00Z',
  'createTime = 1767225600',
  'state = COMPLETED and state = FAILED',
  'state = COMPLETED state = FAILED',
  'state = COMPLETED AND',
  'OR state = COMPLETED',
  'NOT state = COMPLETED',
  '(state = COMPLETED',
  'state = COMPLETED)',
  '()',
  "labels.order = '1'",
  "'state' = COMPLETED",
  "state '=' COMPLETED",
  '1=1; DROP TABLE calls; --',
  `${'('.repeat(40)}state = FAILED${')'.repeat(40)}`,
  `to = '${'x'.repeat(5_000)}'`,
].map((filter) => refusesFilter(filter));

const hidden: Case[] = [
  shows('calls.list filter-private', 'does not find out who has asked for privacy', async (api) => {
    seed(api);
    const isPrivate = { isPrivate: true, from: '+61491570999' } as const;
    put(api, { type: 'call', record: callRecord({ ...isPrivate, id: idOf('d1'), createTime: midnight + 9 * day }) });
    put(api, {
      type: 'call',
      record: callRecord({ ...isPrivate, id: idOf('d2'), transport: 'SIP', createTime: midnight }),
    });
    expect(await found(api, "from = '+614915709*'")).toEqual(['d2']);
    expect(await found(api, "from = '+61491570999'")).toEqual(['d2']);
    expect(await found(api, "from != '+61491570999' AND createTime > 2026-01-03")).toEqual(['d1']);
    expect(await found(api, "from = ''")).toEqual(['d1']);
    expect(await found(api, "from != ''")).not.toContain('d1');
  }),
  shows('calls.list filter-caller-pages', 'fills pages of callers that are not somebody', async (api) => {
    for (let call = 0; call < 12; call++) await make(api, { from: call % 3 === 0 ? '+61255501001' : '+61255501002' });
    const query = `pageSize=3&filter=${encodeURIComponent("from != '+61255501002'")}`;
    const { calls, nextPageToken } = await done(api, 'GET', `${callsPath}?${query}`);
    expect(calls).toHaveLength(3);
    const next = await done(
      api,
      'GET',
      `${callsPath}?${query}&pageToken=${encodeURIComponent(nextPageToken as string)}`,
    );
    expect([(next.calls as object[]).length, next.nextPageToken]).toEqual([1, undefined]);
  }),
];

const pages = [
  shows('calls.list page-sizes', 'gives 10 unless told otherwise, and 100 at most', async (api) => {
    for (let call = 0; call < 105; call++) await make(api);
    const sizeOf = async (query: string) =>
      ((await done(api, 'GET', `${callsPath}${query}`)).calls as unknown[]).length;
    expect(await sizeOf('')).toBe(10);
    expect(await sizeOf('?pageSize=0')).toBe(10);
    expect(await sizeOf('?pageSize=3')).toBe(3);
    expect(await sizeOf('?page_size=4')).toBe(4);
    expect(await sizeOf('?pageSize=1000')).toBe(100);
  }),
  shows('calls.list whole', 'gives every call once, the newest first, whatever comes meanwhile', async (api) => {
    const names: string[] = [];
    for (let call = 0; call < 7; call++) names.unshift(await make(api));
    const seen: string[] = [];
    let token = '';
    do {
      const query = `pageSize=3&pageToken=${encodeURIComponent(token)}`;
      const { calls, nextPageToken = '' } = await done(api, 'GET', `${callsPath}?${query}`);
      seen.push(...(calls as { name: string }[]).map(({ name }) => name));
      token = nextPageToken as string;
      await make(api);
    } while (token !== '');
    expect(seen).toEqual(names);
  }),
  shows('calls.list empty', 'leaves an empty list and an empty token out', async (api) => {
    expect(await done(api, 'GET', `${callsPath}?`)).toEqual({});
  }),
  shows('calls.list same-as-get', 'shows calls as they are shown alone', async (api) => {
    const name = await make(api);
    await api.clock.run();
    const { calls } = await done(api, 'GET', callsPath);
    expect(calls).toEqual([await done(api, 'GET', `/v1beta1/${name}`)]);
  }),
  shows('calls.list other-calls', 'shows only calls of the project', async (api) => {
    seed(api);
    expect((await done(api, 'GET', '/v1beta1/projects/other/calls', { as: 'other' })).calls).toHaveLength(1);
  }),
  shows('calls.list token-bound', 'takes a token only where it was given', async (api) => {
    seed(api);
    const { nextPageToken } = await done(api, 'GET', `${callsPath}?pageSize=1&filter=transport%3DPSTN`);
    const token = encodeURIComponent(nextPageToken as string);
    const with_ = (path: string, as = 'demo') => api.ask('GET', `${path}pageToken=${token}`, { as });
    expect((await with_(`${callsPath}?pageSize=2&filter=transport%3DPSTN&`)).status).toBe(200);
    for (const [path, as] of [
      [`${callsPath}?pageSize=1&`],
      [`${callsPath}?pageSize=1&filter=transport%3DSIP&`],
      ['/v1beta1/projects/demo/recordings?'],
      ['/v1beta1/projects/other/calls?filter=transport%3DPSTN&', 'other'],
    ] as const)
      expectRefused(await with_(path, as), invalidArgument('pageToken'));
  }),
  ...['x', '.', 'a.b.c', 'W10.AAAA', "' OR 1=1", '__proto__', 'x'.repeat(3_000)].map((token) =>
    refuses(
      `calls.list bad-token ${token.slice(0, 20)}`,
      'refuses a token that it did not give',
      ['GET', `${callsPath}?pageToken=${encodeURIComponent(token)}`],
      invalidArgument('pageToken'),
    ),
  ),
  ...['-1', 'ten', '1.5', '1e2', '99999999999', '1&pageSize=2'].map((size) =>
    refuses(
      `calls.list page-size ${size}`,
      `refuses pageSize=${size}`,
      ['GET', `${callsPath}?pageSize=${size}`],
      invalidArgument('pageSize'),
    ),
  ),
];

export const callsList = [...pages, ...hidden, ...filters, ...notFilters];
