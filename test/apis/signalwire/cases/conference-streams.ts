import { expect } from 'vitest';
import { type Api, accounts, app } from '../api.ts';
import { type Case, done, expectRefused, missing, shows } from '../case.ts';
import { talking } from './calls.ts';
import { meeting } from './rooms.ts';

const ears = 'wss://ears.example/room';

/** A conference of two, and what is asked of its streams. */
async function streaming(api: Api) {
  api.streams[ears] = {};
  const { sid } = await meeting(api);
  const ask = (form: Record<string, string>, stream = '') =>
    api.ask('POST', `${api.base}/Conferences/${sid}/Streams${stream}`, { form });
  return { sid, ask };
}

/** Told as one text beside what clients read. */
function expectInText({ status, body, text }: Awaited<ReturnType<Api['ask']>>, code: number): void {
  const { message } = body as { message: string };
  const about = { message: expect.stringMatching(/./), more_info: expect.stringMatching(/^http/) };
  expect(body, text).toEqual({ code, status: 422, ...about, errors: [message] });
  expect(status).toBe(422);
}

const toldAt = (api: Api, path: string) =>
  api.asked.flatMap(({ url, form }) => (url === app + path ? [`${form.StreamName} ${form.StreamEvent}`] : []));

export const conferenceStreams: Case[] = [
  shows(
    'conferences.streams.create life',
    'streams what everybody in a conference says, until it is stopped by its sid; its callback hears of both',
    async (api) => {
      const { sid } = await streaming(api);
      const client = api.signalwire();
      const uri = `${api.url}/2010-04-01/Accounts/${accounts.uuid}/Conferences/${sid}/Streams`;
      const data = {
        Url: ears,
        Name: 'minutes',
        Track: 'inbound_track',
        StatusCallback: `${app}/told`,
        StreamCodec: 'L16@16000h',
        StreamRealTime: 'true',
        'Parameter1.Name': 'team',
        'Parameter1.Value': 'blue',
        AuthorizationBearerToken: 't-123',
      };
      const made = await client.request({ method: 'POST', uri, data });
      const stream = made.body as Record<string, string>;
      expect([made.statusCode, stream]).toEqual([
        200,
        {
          sid: expect.stringMatching(/^[0-9a-f-]{36}$/),
          account_sid: accounts.uuid,
          conference_sid: sid,
          name: 'minutes',
          status: 'queued',
          date_updated: expect.stringMatching(/ \+0000$/),
          uri: `${api.base}/Conferences/${sid}/Streams/${stream.sid}.json`,
        },
      ]);
      await api.pass(1_000);
      expect(api.opened.at(-1)).toMatchObject({
        url: ears,
        track: 'received',
        codec: 'L16@16000h',
        realtime: true,
        bothWays: false,
        parameters: { team: 'blue' },
      });
      expect(api.opened.at(-1)?.bearerToken?.reveal()).toBe('t-123');
      const stopped = await client.request({
        method: 'POST',
        uri: `${uri}/${stream.sid}`,
        data: { Status: 'stopped' },
      });
      expect([stopped.statusCode, stopped.body]).toEqual([
        200,
        { ...stream, status: 'stopped', date_updated: expect.stringMatching(/ \+0000$/) },
      ]);
      await api.pass(1_000);
      expect(JSON.stringify([...api.store.journal(), ...api.store.deliveries()])).not.toContain('t-123');
      const told = api.asked.filter(({ url }) => url === `${app}/told`);
      expect(told.map(({ form }) => form)).toEqual(
        ['stream-started', 'stream-stopped'].map((event) => ({
          AccountSid: accounts.uuid,
          ConferenceSid: sid,
          StreamSid: stream.sid,
          StreamName: 'minutes',
          StreamEvent: event,
          StreamTrack: 'inbound_track',
          Timestamp: expect.stringMatching(/^2026-01-01T.*Z$/),
          'Unique-ID': sid,
        })),
      );
    },
  ),
  shows(
    'conferences.streams.create twilio',
    'spells sids as whoever asks; without a Name it has none, and carries both sides unless told otherwise',
    async (api) => {
      const { sid } = await streaming(api);
      const conference = `CF${sid.replaceAll('-', '')}`;
      const answer = await api.ask(
        'POST',
        `/2010-04-01/Accounts/${accounts.ac}/Conferences/${conference}/Streams.json`,
        {
          as: [accounts.ac, 'demo-token'],
          form: { Url: ears },
        },
      );
      expect(answer.body).toMatchObject({
        sid: expect.stringMatching(/^MZ/),
        account_sid: accounts.ac,
        conference_sid: conference,
        name: null,
      });
      await api.pass(100);
      expect(api.opened.at(-1)).toMatchObject({ track: 'both', codec: 'PCMU@8000h', realtime: false });
    },
  ),
  shows('conferences.streams.create codecs', 'knows five codecs', async (api) => {
    const { ask } = await streaming(api);
    for (const StreamCodec of ['PCMU', 'PCMA', 'L16', 'L16@16000h', 'L16@24000h'])
      expect((await ask({ Url: ears, StreamCodec })).status).toBe(200);
    await api.pass(100);
    expect(api.opened.map(({ codec }) => codec)).toEqual([
      'PCMU@8000h',
      'PCMA@8000h',
      'L16@8000h',
      'L16@16000h',
      'L16@24000h',
    ]);
    expectInText(await ask({ Url: ears, StreamCodec: 'OPUS' }), 10000);
  }),
  shows('conferences.streams.create url', 'needs a wss URL without a query, and says so in one text', async (api) => {
    const { ask } = await streaming(api);
    expectInText(await ask({}), 21401);
    for (const Url of ['https://app.example', 'ears', `${ears}?team=blue`, 'wss://ears.example/a b'])
      expectInText(await ask({ Url }), 31922);
    expectInText(await ask({ Url: ears, StatusCallback: 'ftp://app.example' }), 21402);
    expectInText(await ask({ Url: ears, StreamRealTime: 'soon' }), 10000);
  }),
  shows('conferences.streams.create name', 'refuses a name that a stream of the conference has', async (api) => {
    const { ask } = await streaming(api);
    const form = { Url: ears, Name: 'one', StatusCallback: `${app}/told` };
    expect((await ask(form)).status).toBe(200);
    expectInText(await ask({ ...form, StatusCallback: `${app}/taken` }), 10000);
    await api.pass(1_000);
    expect([toldAt(api, '/told'), toldAt(api, '/taken')]).toEqual([['one stream-started'], ['one stream-error']]);
  }),
  shows('conferences.streams.create unreached', 'tells its callback why no server is there', async (api) => {
    const { ask } = await streaming(api);
    await ask({ Url: 'wss://nobody.example/', StatusCallback: `${app}/told` });
    await api.pass(1_000);
    expect(api.asked.at(-1)?.form).toMatchObject({ StreamEvent: 'stream-error', StreamError: 'connection_refused' });
  }),
  shows('conferences.streams.create waits', 'waits for a conference that has not begun', async (api) => {
    api.streams[ears] = {};
    api.documents['/alone'] = '<Response><Dial><Conference>Alone</Conference></Dial></Response>';
    await talking(api, { Url: `${app}/alone` });
    const { conferences } = await done(api, 'GET', '/Conferences');
    const { sid } = (conferences as unknown as { sid: string }[])[0]!;
    const ask = (form: Record<string, string>, stream = '') =>
      done(api, 'POST', `/Conferences/${sid}/Streams${stream}`, { form });
    expect((await ask({ Url: ears, Name: 'one', StatusCallback: `${app}/told` })).status).toBe('queued');
    await ask({ Url: ears, Name: 'two', StatusCallback: `${app}/told` });
    expect((await ask({ Status: 'stopped' }, '/two')).status).toBe('stopped');
    await api.pass(10_000);
    expect([api.opened.length, toldAt(api, '/told')]).toEqual([0, []]);
    await talking(api, { Url: `${app}/alone`, To: '+15550100098' });
    expect([api.opened.length, toldAt(api, '/told')]).toEqual([1, ['one stream-started']]);
  }),
  shows('conferences.streams.create ended', 'streams nothing of a conference that has ended', async (api) => {
    const { sid, ask } = await streaming(api);
    await ask({ Url: ears, Name: 'one', StatusCallback: `${app}/told` });
    await api.pass(1_000);
    await done(api, 'POST', `/Conferences/${sid}`, { form: { Status: 'completed' } });
    await api.pass(1_000);
    expect(toldAt(api, '/told')).toEqual(['one stream-started', 'one stream-stopped']);
    expectInText(await ask({ Url: ears }), 10000);
  }),
  shows('conferences.streams.create unknown', 'knows no conference of others, nor one that is none', async (api) => {
    const { sid } = await streaming(api);
    const form = { Url: ears };
    expectRefused(await api.ask('POST', `${api.base}/Conferences/x/Streams`, { form }), missing);
    const others = `/api/laml/2010-04-01/Accounts/${accounts.other}/Conferences/${sid}/Streams`;
    expectRefused(await api.ask('POST', others, { as: [accounts.other, 'other-token'], form }), missing);
  }),
  shows('conferences.streams.update name', 'ends a stream by its name, once', async (api) => {
    const { ask } = await streaming(api);
    await ask({ Url: ears, Name: 'one' });
    await api.pass(1_000);
    expect((await ask({ Status: 'stopped' }, '/one')).body).toMatchObject({ name: 'one', status: 'stopped' });
    await api.pass(1_000);
    expectRefused(await ask({ Status: 'stopped' }, '/one'), missing);
  }),
  shows('conferences.streams.update status', 'knows no other status, and needs one', async (api) => {
    const { ask } = await streaming(api);
    await ask({ Url: ears, Name: 'one' });
    for (const form of [{}, { Status: 'paused' }])
      expectInText(await ask(form as Record<string, string>, '/one'), 10000);
  }),
];
