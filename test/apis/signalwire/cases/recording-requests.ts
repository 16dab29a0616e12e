/** How recordings are begun, steered and found, and what is shown of nobody else's. */
import { expect } from 'vitest';
import { accounts, app, ours, somebody } from '../api.ts';
import { type Case, done, expectRefused, missing, shows } from '../case.ts';
import { talking } from './calls.ts';
import { meeting, only, sidsOf } from './recorded.ts';

export const recordingRequests: Case[] = [
  shows('recordings.list conference', 'shows a recording of a conference under no call', async (api) => {
    const { conference, calls } = await meeting(api, 'record="record-from-start"');
    const { sid } = await only(api);
    for (const call of calls) {
      expect(sidsOf(await done(api, 'GET', `/Recordings?CallSid=${call}`))).toEqual([]);
      const below = `${api.base}/Calls/${call}/Recordings`;
      expect((await api.ask('GET', below)).body).toMatchObject({ recordings: [] });
      expectRefused(await api.ask('GET', `${below}/${sid}.json`), missing);
      expectRefused(await api.ask('POST', `${below}/${sid}`, { form: { Status: 'paused' } }), missing);
      expectRefused(await api.ask('DELETE', `${below}/${sid}`), missing);
    }
    expect(sidsOf(await done(api, 'GET', `/Recordings?ConferenceSid=${conference}`))).toEqual([sid]);
    expect(sidsOf(await done(api, 'GET', `/Recordings?ConferenceSid=${conference}&CallSid=${calls[0]}`))).toEqual([]);
    expect(sidsOf(await done(api, 'GET', `/Recordings?ConferenceSid=${calls[0]}`))).toEqual([]);
  }),
  shows('conferences.recordings.list pages', 'lists them the newest first, in pages, by day', async (api) => {
    const { conference } = await meeting(api);
    const path = `/Conferences/${conference}/Recordings`;
    const made: string[] = [];
    for (let count = 0; count < 3; count++) {
      made.unshift((await done(api, 'POST', path, { form: {} })).sid!);
      await api.pass(1_000);
    }
    const client = api.signalwire().conferences(conference).recordings;
    expect((await client.list({ pageSize: 1 })).map(({ sid }: { sid: string }) => sid)).toEqual(made);
    const first = await done(api, 'GET', `${path}?PageSize=2`);
    const second = await api.ask('GET', api.url + first.next_page_uri);
    expect([sidsOf(first), sidsOf(second.body as never)]).toEqual([made.slice(0, 2), made.slice(2)]);
    expect(await client.list({ dateCreatedAfter: new Date('2026-01-02') })).toEqual([]);
  }),
  shows(
    'calls.recordings.update current',
    'means by Twilio.CURRENT the newest recording that goes on, of this call alone',
    async (api) => {
      const [call, other] = [await talking(api), await talking(api, { To: '+15550100098' })];
      const of = (one: string) => `/Calls/${one}/Recordings`;
      const begin = async (one: string) => (await done(api, 'POST', of(one), { form: {} })).sid!;
      const current = (Status: string) =>
        api.ask('POST', `${api.base}${of(call)}/Twilio.CURRENT.json`, { form: { Status } });
      const steered = async (Status: string) => ((await current(Status)).body as { sid: string; status: string }).sid;
      const first = await begin(call);
      await api.pass(1_000);
      const second = await begin(call);
      await api.pass(1_000);
      await begin(other);
      expect(await steered('paused')).toBe(second);
      expect(await steered('in-progress')).toBe(second);
      expect(await steered('stopped')).toBe(second);
      expect(await steered('paused')).toBe(first);
      expect(await steered('stopped')).toBe(first);
      expectRefused(await current('stopped'), missing);
    },
  ),
  shows('conferences.recordings.update current', 'knows Twilio.CURRENT of a conference too', async (api) => {
    const { conference } = await meeting(api, 'record="record-from-start"');
    const { sid } = await only(api);
    const current = api.signalwire().conferences(conference).recordings('Twilio.CURRENT');
    expect(await current.update({ status: 'paused' })).toMatchObject({ sid, status: 'paused' });
    expect(await current.update({ status: 'stopped' })).toMatchObject({ sid, status: 'stopped' });
    await expect(current.update({ status: 'stopped' })).rejects.toMatchObject({ status: 404, code: 20404 });
  }),
  ...(
    [
      ['channels', 'other channels than mono and dual', { RecordingChannels: 'stereo' }, 10000],
      ['track', 'an unknown track', { RecordingTrack: 'x' }, 10000],
      ['callback', 'a callback that is no URL', { RecordingStatusCallback: 'x' }, 21456],
      ['method', 'a method that is neither GET nor POST', { RecordingStatusCallbackMethod: 'PUT' }, 21209],
      ['event', 'an unknown event', { RecordingStatusCallbackEvent: 'completed x' }, 13621],
      ['trim', 'an unknown Trim', { Trim: 'x' }, 13699],
    ] as const
  ).flatMap(([id, what, form, code]) => [
    shows(`calls.recordings.create ${id}`, `refuses ${what}`, async (api) => {
      const call = await talking(api);
      const answer = await api.ask('POST', `${api.base}/Calls/${call}/Recordings`, { form });
      expectRefused(answer, { status: 400, code });
      expect((await done(api, 'GET', '/Recordings')).recordings).toEqual([]);
    }),
  ]),
  shows('calls.recordings.create defaults', 'records both sides on one channel, and trims nothing', async (api) => {
    const call = await talking(api);
    const { body, status } = await api.ask('POST', `${api.base}/Calls/${call}/Recordings`, { form: {} });
    expect(status).toBe(200);
    const { sid } = body as { sid: string };
    expect(body).toEqual({
      sid,
      account_sid: accounts.uuid,
      api_version: '2010-04-01',
      call_sid: call,
      conference_sid: null,
      channel: '1',
      channels: '1',
      date_created: 'Thu, 01 Jan 2026 09:00:10 +0000',
      date_updated: 'Thu, 01 Jan 2026 09:00:10 +0000',
      start_time: 'Thu, 01 Jan 2026 09:00:10 +0000',
      end_time: null,
      duration: 0,
      price: null,
      price_unit: 'USD',
      source: 'StartCallRecordingApi',
      status: 'in-progress',
      error_code: null,
      uri: `${api.base}/Recordings/${sid}.json`,
      subresource_uris: { transcriptions: `${api.base}/Recordings/${sid}/Transcriptions.json` },
      encryption_details: null,
      trim: 'do-not-trim',
    });
  }),
  shows('calls.recordings.create events', 'tells the events that are repeated, or stand side by side', async (api) => {
    const call = await talking(api);
    const told = async (...events: string[]) => {
      const before = api.asked.length;
      const form: [string, string][] = events.map((event) => ['RecordingStatusCallbackEvent', event]);
      form.push(['RecordingStatusCallback', `${app}/told`], ['RecordingStatusCallbackMethod', 'GET']);
      const { sid } = await done(api, 'POST', `/Calls/${call}/Recordings`, { form });
      await api.pass(1_000);
      await done(api, 'POST', `/Calls/${call}/Recordings/${sid}`, { form: { Status: 'stopped' } });
      await api.pass(3_000);
      return api.asked
        .slice(before)
        .map(({ method, url }) => [method, new URL(url).searchParams.get('RecordingStatus')]);
    };
    expect(await told()).toEqual([]);
    expect(await told('in-progress', 'absent')).toEqual([
      ['GET', 'in-progress'],
      ['GET', 'absent'],
    ]);
    expect(await told('absent completed')).toEqual([['GET', 'absent']]);
  }),
  ...(
    [
      ['status-missing', 'needs a Status', {}],
      ['status', 'knows no other Status', { Status: 'completed' }],
      ['pause-behavior', 'knows no other PauseBehavior', { Status: 'paused', PauseBehavior: 'x' }],
    ] as [string, string, Record<string, string>][]
  ).map(([id, what, form]) =>
    shows(`calls.recordings.update ${id}`, what, async (api) => {
      const call = await talking(api);
      const { sid } = await done(api, 'POST', `/Calls/${call}/Recordings`, { form: {} });
      const answer = await api.ask('POST', `${api.base}/Calls/${call}/Recordings/${sid}`, { form });
      expectRefused(answer, { status: 400, code: 10000 });
      expect((await only(api)).status).toBe('in-progress');
    }),
  ),
  shows('recordings.get below', 'is the audio, or the recording, below its call or conference as well', async (api) => {
    api.phones[somebody] = { script: Array.from({ length: 20 }, () => ({ after: 1, say: 'One and two.' })) };
    const { conference, calls } = await meeting(api);
    for (const path of [`/Calls/${calls[0]}`, `/Conferences/${conference}`]) {
      const { sid } = await done(api, 'POST', `${path}/Recordings`, { form: {} });
      await api.pass(3_000);
      await done(api, 'POST', `${path}/Recordings/${sid}`, { form: { Status: 'stopped' } });
      await api.pass(2_000);
      const at = `${api.base}${path}/Recordings/${sid}`;
      const headers = { accept: 'application/json' };
      expect((await api.ask('GET', at, { headers })).body).toMatchObject({ sid });
      expect((await api.ask('GET', `${at}.json`)).body).toMatchObject({ sid });
      expectRefused(await api.ask('GET', `${at}.json`, { as: null }), { status: 401, code: 20003 });
      for (const url of [at, `${at}.wav`, at.replace(path, '')]) {
        const audio = await api.ask('GET', url, { headers, as: null });
        expect([audio.status, audio.headers.get('content-type')]).toEqual([200, 'audio/x-wav']);
      }
    }
  }),
  shows('recordings.list pages', 'lists the newest first, in pages that keep the filter', async (api) => {
    const call = await talking(api);
    const made: string[] = [];
    for (let count = 0; count < 5; count++) {
      made.unshift((await done(api, 'POST', `/Calls/${call}/Recordings`, { form: {} })).sid!);
      await api.pass(60_000);
    }
    const since = 'DateCreated%3E=2026-01-01T09:01:10Z';
    for (const path of ['/Recordings', `/Calls/${call}/Recordings`]) {
      const first = await done(api, 'GET', `${path}?${since}&PageSize=2`);
      const { body: second } = await api.ask('GET', api.url + first.next_page_uri);
      expect([sidsOf(first), sidsOf(second as never)]).toEqual([made.slice(0, 2), made.slice(2, 4)]);
      expect(second).toMatchObject({ next_page_uri: null, page: 1 });
    }
    for (const [query, found] of [
      ['DateCreated=2026-01-01', made],
      ['DateCreated=2026-01-02', []],
      ['DateCreated=2026-01-01T09:00:10Z', made.slice(4)],
      ['DateCreated%3C=2026-01-01T09:01:10Z', made.slice(3)],
      ['DateCreated=Thu,%2001%20Jan%202026%2009:00:10%20%2B0000', made.slice(4)],
      [`CallSid=${call}`, made],
      [`CallSid=CA${call.replaceAll('-', '')}`, made],
      ['CallSid=x', []],
      ['ConferenceSid=x', []],
    ] as const)
      expect([query, sidsOf(await done(api, 'GET', `/Recordings?${query}`))]).toEqual([query, found]);
    expectRefused(await api.ask('GET', `${api.base}/Recordings?DateCreated=x`), { status: 400, code: 10000 });
  }),
  shows('calls.recordings.create not-yet', 'records no call that waits or rings', async (api) => {
    api.phones[somebody] = { answers: 30 };
    const { sid } = await done(api, 'POST', '/Calls', { form: { To: somebody, From: ours, Url: `${app}/hold` } });
    for (const ms of [0, 5_000]) {
      await api.pass(ms);
      expectRefused(await api.ask('POST', `${api.base}/Calls/${sid}/Recordings`, { form: {} }), {
        status: 400,
        code: 21220,
      });
    }
  }),
];
