/** Which calls a list has, and how it is walked (LaML 6.2, 6.3). */
import { expect } from 'vitest';
import { type Api, app, ours, somebody } from '../api.ts';
import { bothClients, type Case, done, expectRefused, shows } from '../case.ts';
import { newCall, numberSid } from './calls.ts';

interface Page {
  calls: { sid: string; to: string; status: string }[];
  uri: string;
  first_page_uri: string;
  next_page_uri: string | null;
  previous_page_uri: string | null;
  page: number;
  page_size: number;
}

const pageAt = async (api: Api, uri: string): Promise<Page> => (await api.ask('GET', uri)).body as Page;

const listed = (api: Api, query: string): Promise<Page> => pageAt(api, `${api.base}/Calls?${query}`);

/** The last digits of who was called, of each call. */
const tos = ({ calls }: Page) => calls.map(({ to }) => to.slice(-2));

/** A call to +155501002.., which ends after so many seconds of talking. */
async function call(api: Api, last: number, seconds: number): Promise<string> {
  const form = newCall({ To: `+155501002${String(last).padStart(2, '0')}`, TimeLimit: String(seconds) });
  return (await done(api, 'POST', '/Calls', { form })).sid!;
}

/** Ten calls, a minute apart: those with an even number end soon. */
async function tenCalls(api: Api): Promise<string[]> {
  const sids: string[] = [];
  for (let n = 0; n < 10; n++) {
    sids.push(await call(api, n, n % 2 === 0 ? 5 : 5_000));
    await api.pass(60_000);
  }
  return sids;
}

/** Every page from the first to the last, and back again. */
async function walk(api: Api, query: string): Promise<{ onward: string[][]; back: string[][] }> {
  const onward: string[][] = [];
  const back: string[][] = [];
  let page = await listed(api, query);
  for (onward.push(tos(page)); page.next_page_uri !== null; onward.push(tos(page)))
    page = await pageAt(api, page.next_page_uri);
  for (back.push(tos(page)); page.previous_page_uri !== null; back.unshift(tos(page)))
    page = await pageAt(api, page.previous_page_uri);
  return { onward, back };
}

const rfc = (time: string) => encodeURIComponent(`Thu, 01 Jan 2026 ${time} +0000`);

/** Queries, and whom the calls went to that they find: of ten calls, at 9:00, 9:01 … */
const filters: readonly (readonly [string, string, readonly number[]])[] = [
  ['a status', 'Status=completed', [8, 6, 4, 2, 0]],
  ['a status in another case', 'Status=In-Progress', [9, 7, 5, 3, 1]],
  ['a status that none has', 'Status=busy', []],
  ['who was called', 'To=%2B15550100203', [3]],
  ['who calls', `From=${encodeURIComponent(ours)}`, [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]],
  ['nobody', 'To=%2B15550109999', []],
  ['a part of a number', 'To=%2B1555010', []],
  ['a day', 'StartTime=2026-01-01', [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]],
  ['another day', 'StartTime=2025-12-31', []],
  ['a day and later ones', 'StartTime%3E=2026-01-01', [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]],
  ['later days', 'StartTime%3E=2026-01-02', []],
  ['a day and earlier ones', 'StartTime%3C=2026-01-01', [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]],
  ['earlier days', 'StartTime%3C=2025-12-31', []],
  ['a moment', 'StartTime=2026-01-01T09:03:00Z', [3]],
  ['a moment of RFC 2822', `StartTime=${rfc('09:03:00')}`, [3]],
  ['a moment in another zone', `StartTime=${encodeURIComponent('2026-01-01T19:03:00+10:00')}`, [3]],
  ['a moment whose plus is not encoded', 'StartTime=Thu,%2001%20Jan%202026%2009:03:00%20+0000', [3]],
  ['a moment without a zone', 'StartTime=2026-01-01T09:03:00', [3]],
  ['a moment between', 'StartTime=2026-01-01T09:03:30Z', []],
  ['on or after a moment', `StartTime%3E=${rfc('09:07:00')}`, [9, 8, 7]],
  ['on or before a moment', `StartTime%3C=${rfc('09:02:00')}`, [2, 1, 0]],
  ['from one moment to another', 'StartTime>=2026-01-01T09:02:00Z&StartTime<=2026-01-01T09:04:00Z', [4, 3, 2]],
  ['an end on or before a moment', 'EndTime<=2026-01-01T09:03:00Z', [2, 0]],
  ['an end on a day', 'EndTime=2026-01-01', [8, 6, 4, 2, 0]],
  [
    'everything at once',
    `Status=completed&From=${encodeURIComponent(ours)}&StartTime>=2026-01-01T09:03:00Z&EndTime<=2026-01-01`,
    [8, 6, 4],
  ],
  ['what is empty', 'Status=&To=&From=&StartTime=&EndTime%3E=&ParentCallSid=', [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]],
  ['what is not known', 'Colour=red&StartTime%3D=x', [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]],
  ['a name twice, of which the first counts', 'To=%2B15550100203&To=%2B15550100204', [3]],
  ['a parent that is none', 'ParentCallSid=x', []],
];

const badDates = [
  'yesterday',
  '2026-02-30',
  '2026-13-01',
  '31 Feb 2026 10:00:00 +0000',
  '2026-01-01T25:00:00Z',
  '20260101',
  '0',
  '2026-1-1',
];

export const callLists: Case[] = [
  shows('calls.list by', 'finds calls by everything that can be asked, in pages of any size', async (api) => {
    await tenCalls(api);
    for (const [what, query, numbers] of filters) {
      const wanted = numbers.map((n) => `0${n}`);
      expect([what, ...tos(await listed(api, query))]).toEqual([what, ...wanted]);
      for (const size of [1, 3, 10]) {
        const { onward, back } = await walk(api, `${query}&PageSize=${size}`);
        expect([what, size, ...onward.flat()]).toEqual([what, size, ...wanted]);
        expect([what, size, ...back.flat()]).toEqual([what, size, ...wanted]);
        expect(onward.length).toBe(Math.max(1, Math.ceil(wanted.length / size)));
      }
    }
  }),
  shows('calls.list clients', 'finds by what both clients send', async (api) => {
    await tenCalls(api);
    const day = new Date('2026-01-01T00:00:00Z');
    const moment = new Date('2026-01-01T09:07:00Z');
    for (const client of bothClients(api)) {
      const to = async (options: object) =>
        (await client.calls.list(options)).map((one: { to: string }) => Number(one.to.slice(-2)));
      expect(await to({ startTimeAfter: moment })).toEqual([9, 8, 7]);
      expect(await to({ startTimeBefore: moment, pageSize: 2 })).toEqual([7, 6, 5, 4, 3, 2, 1, 0]);
      expect(await to({ startTime: moment })).toEqual([7]);
      expect(await to({ endTimeAfter: day, status: 'completed', pageSize: 2 })).toEqual([8, 6, 4, 2, 0]);
      expect(await to({ to: '+15550100203', from: ours })).toEqual([3]);
      expect(await to({ limit: 3 })).toEqual([9, 8, 7]);
    }
  }),
  shows(
    'calls.list parties',
    'finds clients and SIP addresses as they are shown, and no caller who is not',
    async (api) => {
      const number = await numberSid(api);
      await done(api, 'POST', `/IncomingPhoneNumbers/${number}`, { form: { VoiceUrl: `${app}/hold` } });
      await done(api, 'POST', '/Calls', { form: newCall({ To: 'client:ann' }) });
      await done(api, 'POST', '/Calls', { form: newCall({ To: 'sip:ann@pbx.example', From: 'client:bob' }) });
      const incoming = { to: ours, from: '+15550100042', transport: 'PSTN' } as const;
      api.network.callIn({ ...incoming, isPrivate: true }, { person: {} });
      await api.pass(1_000);
      api.network.callIn(incoming, { person: {} });
      await api.pass(1_000);
      const found = async (query: string) => {
        const { calls } = await done(api, 'GET', `/Calls?${query}`);
        return (calls as unknown as { from: string; to: string }[]).map(({ from, to }) => `${from} ${to}`);
      };
      expect(await found('To=client:ann')).toEqual([`${ours} client:ann`]);
      expect(await found('To=ann')).toEqual([]);
      expect(await found('To=sip:ann@pbx.example&From=client:bob')).toEqual(['client:bob sip:ann@pbx.example']);
      expect(await found('From=%2B15550100042')).toEqual([`+15550100042 ${ours}`]);
      expect(await found('From=anonymous')).toEqual([`anonymous ${ours}`]);
    },
  ),
  shows('calls.list children', 'finds the calls that a call has made, in either spelling', async (api) => {
    api.documents['/dial'] =
      '<Response><Dial><Number>+15550100296</Number><Number>+15550100297</Number></Dial></Response>';
    const made = await done(api, 'POST', '/Calls', { form: newCall({ Url: `${app}/dial` }) });
    const sid = String(made.sid);
    await api.pass(3_000);
    for (const spelled of [sid, `CA${sid.replaceAll('-', '')}`])
      expect(tos(await listed(api, `ParentCallSid=${spelled}`)).sort()).toEqual(['96', '97']);
    const [child] = (await listed(api, `ParentCallSid=${sid}`)).calls;
    expect(child).toMatchObject({ parent_call_sid: sid, direction: 'outbound' });
  }),
  shows('calls.list statuses', 'finds each call by the status that it is shown with, and by no other', async (api) => {
    const phones = {
      '01': { busy: true },
      '02': { rejects: true },
      '03': { unreachable: true },
      '04': { invalid: true },
      '05': { answers: false },
      '06': { answers: 900 },
    } as const;
    for (const [last, phone] of Object.entries(phones)) {
      api.phones[`+155501002${last}`] = phone;
      await done(api, 'POST', '/Calls', {
        form: newCall({ To: `+155501002${last}`, Timeout: last === '06' ? '600' : '5' }),
      });
    }
    await call(api, 7, 1);
    await call(api, 8, 5_000);
    await api.network.callIn({ to: '+61255501234', from: somebody, transport: 'PSTN' }, { person: {} });
    await api.pass(30_000);
    api.limits.concurrent = 0;
    const canceled = await call(api, 9, 1);
    await done(api, 'POST', `/Calls/${canceled}`, { form: { Status: 'canceled' } });
    await call(api, 10, 1);
    const all = (await listed(api, '')).calls;
    const seen: Record<string, string[]> = {};
    for (const status of ['queued', 'ringing', 'in-progress', 'canceled', 'completed', 'busy', 'failed', 'no-answer']) {
      const { calls } = await listed(api, `Status=${status}`);
      expect(calls.map(({ sid }) => sid)).toEqual(all.filter((one) => one.status === status).map(({ sid }) => sid));
      seen[status] = calls.map(({ to }) => to.slice(-2));
    }
    expect(seen).toEqual({
      queued: ['10'],
      ringing: ['06'],
      'in-progress': ['08'],
      canceled: ['09'],
      completed: ['07'],
      busy: ['02', '01'],
      failed: ['04'],
      'no-answer': ['05', '03'],
    });
  }),
  shows('calls.list links', 'keeps what was asked in its links, which begin at the server', async (api) => {
    await tenCalls(api);
    const query = 'StartTime%3E=2026-01-01&From=%2B15550100001&To=&Odd=a%3Fb%26c';
    const page = await listed(api, `${query}&PageSize=4`);
    const base = `${api.base}/Calls?StartTime%3E=2026-01-01&From=%2B15550100001&To=&Odd=a%3Fb%26c`;
    expect({ ...page, calls: page.calls.length }).toEqual({
      uri: `${base}&Page=0&PageSize=4`,
      first_page_uri: `${base}&Page=0&PageSize=4`,
      next_page_uri: expect.stringMatching(/&Page=1&PageSize=4&PageToken=PA[\w.-]+$/),
      previous_page_uri: null,
      page: 0,
      page_size: 4,
      calls: 4,
    });
    const second = await pageAt(api, page.next_page_uri!);
    const third = await pageAt(api, second.next_page_uri!);
    expect([second.uri, second.previous_page_uri]).toEqual([page.next_page_uri, page.first_page_uri]);
    expect(third.previous_page_uri).toMatch(/&Page=1&PageSize=4&PageToken=PB[\w.-]+$/);
    expect([second.page, third.page, third.next_page_uri, third.calls.length]).toEqual([1, 2, null, 2]);
    const raw = await pageAt(api, `${api.base}/Calls?To=sip:a@b?X=1&PageSize=1`);
    expect(raw.uri, 'a query may have question marks').toBe(
      `${api.base}/Calls?To=sip%3Aa%40b%3FX%3D1&Page=0&PageSize=1`,
    );
  }),
  shows('calls.list size', 'has 50 calls on a page unless told otherwise, and 1000 at most', async (api) => {
    api.limits.concurrent = 0;
    for (let n = 0; n < 51; n++) await call(api, n % 10, 1);
    const first = await listed(api, '');
    expect([first.page_size, first.calls.length]).toEqual([50, 50]);
    expect((await pageAt(api, first.next_page_uri!)).calls).toHaveLength(1);
    expect((await listed(api, 'PageSize=1000')).calls).toHaveLength(51);
    // They were all made in the same millisecond.
    const { onward, back } = await walk(api, 'PageSize=7');
    expect([onward.flat().length, onward]).toEqual([51, back]);
  }),
  shows('calls.list page-values', 'refuses every Page, PageSize and PageToken that is none', async (api) => {
    const wrong: readonly (readonly [string, number])[] = [
      ...['-1', '1.5', 'x', '%00', '1e1', '9999999999'].map((value) => [`Page=${value}`, 54453] as const),
      ...['-1', '0', '1001', '1.5', 'x', '%FF', '99999999999'].map((value) => [`PageSize=${value}`, 54454] as const),
      ...['x', 'PA', 'PA.', '.', '%00', 'x'.repeat(5_000)].map((value) => [`PageToken=${value}`, 21481] as const),
      ['Page=1', 54453],
      ['Page=0&PageSize=', 0],
      ['Page=&PageSize=2&PageToken=', 0],
    ];
    for (const [query, code] of wrong) {
      const answer = await api.ask('GET', `${api.base}/Calls?${query}`);
      if (code > 0) expectRefused(answer, { status: 400, code });
      else expect([query, answer.status]).toEqual([query, 200]);
    }
  }),
  shows('calls.list dates', 'refuses every date that is none', async (api) => {
    for (const name of ['StartTime', 'StartTime>', 'StartTime<', 'EndTime', 'EndTime>', 'EndTime<'])
      for (const date of badDates) {
        const query = `${encodeURIComponent(name)}=${encodeURIComponent(date)}`;
        expectRefused(await api.ask('GET', `${api.base}/Calls?${query}`), { status: 400, code: 10000 });
      }
  }),
  shows('calls.list gone', 'goes on where a page ended, though the call there has been deleted since', async (api) => {
    const sids = await tenCalls(api);
    const query = 'Status=completed&PageSize=2';
    const first = await listed(api, query);
    const second = await pageAt(api, first.next_page_uri!);
    expect([tos(first), tos(second)]).toEqual([
      ['08', '06'],
      ['04', '02'],
    ]);
    for (const n of [6, 4, 2]) await done(api, 'DELETE', `/Calls/${sids[n]}`);
    expect(tos(await pageAt(api, first.next_page_uri!))).toEqual(['00']);
    expect(tos(await pageAt(api, second.next_page_uri!))).toEqual(['00']);
  }),
];
