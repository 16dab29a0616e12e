import { expect } from 'vitest';
import { type Api, accounts, app, somebody } from '../api.ts';
import { bothClients, type Case, done, expectRefused, missing, refuses, shows } from '../case.ts';
import { talking } from './calls.ts';

const prefixed = (letters: string, sid: string) => letters + sid.replaceAll('-', '');

/** Whoever is called has much to say. */
function talks(api: Api): void {
  api.phones[somebody] = { script: Array.from({ length: 20 }, () => ({ after: 1, say: 'One and two and three.' })) };
}

/** A call that was recorded for some seconds, and its recording. */
export async function recorded(api: Api): Promise<{ call: string; sid: string }> {
  talks(api);
  const call = await talking(api, { Record: 'true', TimeLimit: '20', Trim: 'do-not-trim' });
  await api.pass(60_000);
  const { recordings } = await done(api, 'GET', '/Recordings');
  return { call, sid: (recordings as unknown as { sid: string }[])[0]!.sid };
}

async function meetingRecorded(api: Api): Promise<{ conference: string; sid: string }> {
  api.documents['/room'] = '<Response><Dial><Conference record="record-from-start">Room</Conference></Dial></Response>';
  await talking(api, { Url: `${app}/room` });
  await talking(api, { Url: `${app}/room`, To: '+15550100098' });
  const { conferences } = await done(api, 'GET', '/Conferences');
  const conference = (conferences as unknown as { sid: string }[])[0]!.sid;
  const { recordings } = await done(api, 'GET', `/Conferences/${conference}/Recordings`);
  return { conference, sid: (recordings as unknown as { sid: string }[])[0]!.sid };
}

/** A message that somebody has left, written down. */
export async function writtenDown(api: Api): Promise<{ sid: string; recordingSid: string }> {
  talks(api);
  api.documents['/message'] =
    `<Response><Record action="${app}/hold" maxLength="5" transcribe="true" transcribeCallback="${app}/text"/></Response>`;
  await talking(api, { Url: `${app}/message` });
  await api.pass(60_000);
  const [one] = await api.signalwire().transcriptions.list();
  return one;
}

const status = async (api: Api, path: string) => (await done(api, 'GET', `${path}.json`)).status;

export const products: Case[] = [
  shows(
    'calls.recordings.create steers',
    'records, pauses, resumes and stops, by sid and by Twilio.CURRENT',
    async (api) => {
      talks(api);
      const call = await talking(api);
      const [signalwire, twilio] = bothClients(api);
      const recording = await signalwire
        .calls(call)
        .recordings.create({ recordingChannels: 'dual', recordingStatusCallback: `${app}/ready` });
      expect(recording).toMatchObject({
        callSid: call,
        status: 'in-progress',
        source: 'StartCallRecordingApi',
        channels: 2,
      });
      const path = `/Recordings/${recording.sid}`;
      const same = twilio.calls(prefixed('CA', call)).recordings(prefixed('RE', recording.sid));
      expect((await same.update({ status: 'paused', pauseBehavior: 'skip' })).status).toBe('paused');
      expect(await status(api, path)).toBe('paused');
      expect((await signalwire.calls(call).recordings('Twilio.CURRENT').update({ status: 'in-progress' })).status).toBe(
        'in-progress',
      );
      await api.pass(5_000);
      expect((await signalwire.calls(call).recordings(recording.sid).update({ status: 'stopped' })).status).toBe(
        'stopped',
      );
      await api.pass(1_000);
      expect(await status(api, path)).toBe('completed');
      expect(api.asked.at(-1)?.url).toBe(`${app}/ready`);
    },
  ),
  shows(
    'calls.recordings.update pauses',
    'keeps the time of a pause as silence, or cuts it out, as PauseBehavior says',
    async (api) => {
      talks(api);
      const call = await talking(api);
      const lengths = [];
      for (const behavior of [{}, { PauseBehavior: 'silence' }, { PauseBehavior: 'skip' }]) {
        const { sid } = await done(api, 'POST', `/Calls/${call}/Recordings`, { form: {} });
        const path = `/Calls/${call}/Recordings/${sid}`;
        await api.pass(2_000);
        await done(api, 'POST', path, { form: { Status: 'paused', ...behavior } });
        await api.pass(3_000);
        await done(api, 'POST', path, { form: { Status: 'in-progress' } });
        await api.pass(4_000);
        await done(api, 'POST', path, { form: { Status: 'stopped' } });
        await api.pass(2_000);
        lengths.push((await done(api, 'GET', `/Recordings/${sid}.json`)).duration);
      }
      expect(lengths).toEqual([9, 9, 6]);
    },
  ),
  shows(
    'calls.recordings.update stopped',
    'shows a recording that was stopped as stopped until its audio is there, and stops it once',
    async (api) => {
      talks(api);
      const call = await talking(api);
      const { sid } = await done(api, 'POST', `/Calls/${call}/Recordings`, { form: {} });
      await api.pass(2_000);
      await done(api, 'POST', `/Calls/${call}/Recordings/${sid}`, { form: { Status: 'stopped' } });
      expect(await status(api, `/Recordings/${sid}`)).toBe('stopped');
      expectRefused(
        await api.ask('POST', `${api.base}/Calls/${call}/Recordings/${sid}`, { form: { Status: 'stopped' } }),
        { status: 400, code: 21220 },
      );
      await api.pass(2_000);
      expect(await status(api, `/Recordings/${sid}`)).toBe('completed');
    },
  ),
  shows('calls.recordings.create not-answered', 'records no call that is not in progress', async (api) => {
    const call = await talking(api, { TimeLimit: '1' });
    await api.pass(60_000);
    expectRefused(await api.ask('POST', `${api.base}/Calls/${call}/Recordings`, { form: {} }), {
      status: 400,
      code: 21220,
    });
  }),
  shows('conferences.recordings.create begins', 'records a conference that has begun', async (api) => {
    talks(api);
    api.documents['/room'] = '<Response><Dial><Conference>Room</Conference></Dial></Response>';
    await talking(api, { Url: `${app}/room` });
    const { conferences } = await done(api, 'GET', '/Conferences');
    const conference = (conferences as unknown as { sid: string }[])[0]!.sid;
    const path = `/Conferences/${conference}/Recordings`;
    const tooEarly = await api.ask('POST', `${api.base}${path}`, { form: {} });
    expectRefused(tooEarly, { status: 400, code: 21220 });
    await talking(api, { Url: `${app}/room`, To: '+15550100098' });
    const recording = await done(api, 'POST', path, { form: { RecordingStatusCallback: `${app}/ready` } });
    expect(recording).toMatchObject({
      conference_sid: conference,
      status: 'in-progress',
      source: 'StartConferenceRecording',
      channels: '1',
    });
    await api.pass(10_000);
    expect(await done(api, 'POST', `${path}/${recording.sid}`, { form: { Status: 'stopped' } })).toMatchObject({
      status: 'stopped',
    });
    await api.pass(2_000);
    expect(api.asked.at(-1)?.url).toBe(`${app}/ready`);
  }),
  shows('calls.recordings.update ended', 'steers no recording that has ended', async (api) => {
    const { call, sid } = await recorded(api);
    const answer = await api.ask('POST', `${api.base}/Calls/${call}/Recordings/${sid}`, { form: { Status: 'paused' } });
    expectRefused(answer, { status: 400, code: 21220 });
  }),
  shows('calls.recordings.list own', 'lists the recordings of one call', async (api) => {
    const { call, sid } = await recorded(api);
    expect(await api.signalwire().calls(call).recordings.list()).toMatchObject([{ sid }]);
    expect(await api.signalwire().calls(call).recordings(sid).fetch()).toMatchObject({ sid, callSid: call });
  }),
  shows('calls.recordings.delete own', 'deletes a recording below its call, and not below another', async (api) => {
    const { call, sid } = await recorded(api);
    const other = await talking(api);
    await expect(api.signalwire().calls(other).recordings(sid).remove()).rejects.toMatchObject({ status: 404 });
    expect(await api.signalwire().calls(call).recordings(sid).remove()).toBe(true);
  }),
  shows('recordings.list filters', 'lists recordings for both clients, by call, conference and day', async (api) => {
    const { call, sid } = await recorded(api);
    const [signalwire, twilio] = bothClients(api);
    const [one] = await signalwire.recordings.list({ callSid: call, dateCreatedAfter: new Date('2026-01-01') });
    expect(one).toMatchObject({
      sid,
      callSid: call,
      conferenceSid: null,
      duration: 20,
      channels: 1,
      status: 'completed',
      source: 'OutBoundApi',
    });
    expect(await twilio.recordings.list({ callSid: prefixed('CA', call) })).toMatchObject([
      { sid: prefixed('RE', sid) },
    ]);
    expect(await signalwire.recordings.list({ dateCreatedBefore: new Date('2025-12-31') })).toEqual([]);
    expect(await signalwire.recordings.list({ conferenceSid: call })).toEqual([]);
  }),
  shows(
    'recordings.get media',
    'gives the audio to anybody, as WAV with and without extension, and as MP3',
    async (api) => {
      const { sid } = await recorded(api);
      const get = async (path: string) => {
        const { status: http, headers } = await api.ask('GET', api.base + path, { as: null });
        return [http, headers.get('content-type')];
      };
      expect(await get(`/Recordings/${sid}`)).toEqual([200, 'audio/x-wav']);
      expect(await get(`/Recordings/${sid}.wav`)).toEqual([200, 'audio/x-wav']);
      expect(await get(`/Recordings/${sid}.mp3`)).toEqual([200, 'audio/mpeg']);
      const old = `${api.url}/2010-04-01/Accounts/${accounts.ac}/Recordings/${prefixed('RE', sid)}`;
      expect((await fetch(old)).status).toBe(200);
      expect((await fetch(`${old}.ogg`)).status).toBe(404);
      expect((await fetch(old.replace(accounts.ac, accounts.other))).status).toBe(404);
    },
  ),
  shows('recordings.get metadata', 'shows the recording only to whoever may see it', async (api) => {
    const { sid } = await recorded(api);
    expectRefused(await api.ask('GET', `${api.base}/Recordings/${sid}.json`, { as: null }), {
      status: 401,
      code: 20003,
    });
    const accept = { accept: 'application/json' };
    expect((await api.ask('GET', `${api.base}/Recordings/${sid}`, { headers: accept })).body).toMatchObject({ sid });
    for (const client of bothClients(api)) expect((await client.recordings(sid).fetch()).duration).toBe(20);
  }),
  refuses('recordings.get unknown', 'finds no other', ['GET', '/Recordings/x.json'], missing),
  shows('recordings.delete audio', 'deletes a recording with its audio', async (api) => {
    const { sid } = await recorded(api);
    expect(api.recorded.size).toBe(1);
    expect(await api.signalwire().recordings(sid).remove()).toBe(true);
    expect(api.recorded.size).toBe(0);
    expectRefused(await api.ask('GET', `${api.base}/Recordings/${sid}`, { as: null }), missing);
  }),
  shows('recordings.delete pending', 'does not delete one that goes on', async (api) => {
    const call = await talking(api, { Record: 'true' });
    const [recording] = await api.signalwire().calls(call).recordings.list();
    await expect(api.signalwire().recordings(recording.sid).remove()).rejects.toMatchObject({
      status: 422,
      code: 20009,
    });
  }),
  shows('conferences.recordings.list own', 'lists the recordings of one conference', async (api) => {
    const { conference, sid } = await meetingRecorded(api);
    const [one] = await api.signalwire().conferences(conference).recordings.list();
    expect(one).toMatchObject({ sid, conferenceSid: conference, callSid: null, source: 'Conference' });
  }),
  shows(
    'conferences.recordings.update steers',
    'pauses a recording of a conference and goes on with it',
    async (api) => {
      const { conference, sid } = await meetingRecorded(api);
      const one = api.signalwire().conferences(conference).recordings(sid);
      expect((await one.update({ status: 'paused' })).status).toBe('paused');
      expect((await one.update({ status: 'in-progress' })).status).toBe('in-progress');
    },
  ),
  shows('conferences.recordings.delete ended', 'deletes one once it has ended', async (api) => {
    const { conference, sid } = await meetingRecorded(api);
    const one = api.signalwire().conferences(conference).recordings(sid);
    await expect(one.remove()).rejects.toMatchObject({ status: 422 });
    await api.signalwire().conferences(conference).update({ status: 'completed' });
    await api.pass(5_000);
    expect(await one.remove()).toBe(true);
  }),
  shows('transcriptions.list clients', 'lists what was said in recordings, all and of one', async (api) => {
    const { sid, recordingSid } = await writtenDown(api);
    expect(await api.twilio().transcriptions.list()).toMatchObject([{ sid: prefixed('TR', sid) }]);
    expect(await api.signalwire().recordings(recordingSid).transcriptions.list()).toMatchObject([{ sid }]);
  }),
  shows('transcriptions.get text', 'shows what was said', async (api) => {
    const { sid } = await writtenDown(api);
    expect(await api.signalwire().transcriptions(sid).fetch()).toMatchObject({
      status: 'completed',
      type: '',
      transcriptionText: expect.stringContaining('One and two'),
    });
  }),
  shows('transcriptions.delete gone', 'deletes a transcription, and not its recording', async (api) => {
    const { sid, recordingSid } = await writtenDown(api);
    expect(await api.signalwire().transcriptions(sid).remove()).toBe(true);
    expect(await api.signalwire().transcriptions.list()).toEqual([]);
    expect((await api.signalwire().recordings(recordingSid).fetch()).sid).toBe(recordingSid);
  }),
  shows(
    'recordings.transcriptions.get own',
    'shows what was said in one recording, and not in another',
    async (api) => {
      const { sid, recordingSid } = await writtenDown(api);
      const { sid: other } = await recorded(api);
      for (const client of bothClients(api)) {
        const own = await client.recordings(recordingSid).transcriptions(sid).fetch();
        expect(own.transcriptionText).toContain('One and two');
        await expect(client.recordings(other).transcriptions(sid).fetch()).rejects.toMatchObject({ code: 20404 });
      }
    },
  ),
  shows(
    'recordings.transcriptions.delete own',
    'deletes what was said in one recording, and not in another',
    async (api) => {
      const { sid, recordingSid } = await writtenDown(api);
      const { sid: other } = await recorded(api);
      const { recordings } = api.signalwire();
      await expect(recordings(other).transcriptions(sid).remove()).rejects.toMatchObject({ status: 404, code: 20404 });
      expect(await recordings(recordingSid).transcriptions(sid).remove()).toBe(true);
      expect(await api.signalwire().transcriptions.list()).toEqual([]);
    },
  ),
  shows('recordings.transcriptions.list unknown', 'finds no recording that is not there', async (api) => {
    expectRefused(await api.ask('GET', `${api.base}/Recordings/x/Transcriptions`), missing);
  }),
  ...(['streams', 'siprec', 'transcriptions'] as const).flatMap((name) => [
    shows(`calls.${name}.create not-answered`, 'begins nothing on a call that is not in progress', async (api) => {
      const call = await talking(api, { TimeLimit: '1' });
      await api.pass(60_000);
      const segment = name === 'streams' ? 'Streams' : name === 'siprec' ? 'Siprec' : 'Transcriptions';
      const form = { Url: 'wss://app.example/', ConnectorName: 'main' };
      expectRefused(await api.ask('POST', `${api.base}/Calls/${call}/${segment}`, { form }), {
        status: 400,
        code: 21220,
      });
    }),
    shows(`calls.${name}.update unknown`, 'ends nothing that does not go on', async (api) => {
      const call = await talking(api);
      const segment = name === 'streams' ? 'Streams' : name === 'siprec' ? 'Siprec' : 'Transcriptions';
      const answer = await api.ask('POST', `${api.base}/Calls/${call}/${segment}/x`, { form: { Status: 'stopped' } });
      expectRefused(answer, missing);
    }),
  ]),
  shows(
    'calls.transcriptions.create live',
    'writes down what is said while the call goes on, until it is stopped by its name',
    async (api) => {
      talks(api);
      const call = prefixed('CA', await talking(api));
      const client = api.twilio();
      const live = await client.calls(call).transcriptions.create({ name: 'desk', statusCallbackUrl: `${app}/said` });
      expect(live).toMatchObject({ sid: expect.stringMatching(/^GT/), name: 'desk', callSid: call });
      await api.pass(10_000);
      expect(api.asked.some(({ url, form }) => url === `${app}/said` && form.TranscriptionData !== undefined)).toBe(
        true,
      );
      expect((await client.calls(call).transcriptions('desk').update({ status: 'stopped' })).status).toBe('stopped');
      await api.pass(100);
      await expect(client.calls(call).transcriptions('desk').update({ status: 'stopped' })).rejects.toMatchObject({
        code: 20404,
      });
    },
  ),
  shows('calls.streams.create url', 'needs a wss URL', async (api) => {
    const call = await talking(api);
    const ask = (form: Record<string, string>) => api.ask('POST', `${api.base}/Calls/${call}/Streams`, { form });
    expectRefused(await ask({}), { status: 400, code: 21401 });
    expectRefused(await ask({ Url: 'https://app.example' }), { status: 400, code: 21402 });
  }),
];
