/** What a recording shows from its beginning until its audio is there, and its audio. */
import { expect } from 'vitest';
import { type Api, accounts, app, ours, somebody } from '../api.ts';
import { type Case, done, expectRefused, missing, shows } from '../case.ts';
import { talking } from './calls.ts';
import { leave, only, type Shown } from './recorded.ts';

/** What changes in it. */
function changing({ status, start_time, end_time, date_updated, duration }: Shown) {
  const time = (date: unknown) => (date === null ? null : String(date).slice(17, 25));
  return [status, time(start_time), time(end_time), time(date_updated), duration];
}

/** How it stands after each of so many milliseconds. */
async function life(api: Api, ...after: number[]) {
  const stations = [];
  for (const ms of after) {
    await api.pass(ms);
    stations.push(changing(await only(api)));
  }
  return stations;
}

/** It begins at 09:00:02, and they speak for two seconds. */
const ends = [
  ['maximum', 'at its maximum', leave('maxLength="4"'), [{ after: 1.2, say: 'One and two and three and four.' }]],
  ['silence', 'with silence', leave('timeout="2"'), [{ after: 0.2, say: 'One and two and three and four.' }]],
  [
    'key',
    'with a key',
    leave('timeout="0" finishOnKey="#"'),
    [
      { after: 1.2, say: 'One and two and three and four.' },
      { after: 1, press: '#' },
    ],
  ],
  [
    'hang-up',
    'with the call',
    leave('timeout="0"'),
    [
      { after: 1.2, say: 'One and two and three and four.' },
      { after: 1, hangUp: true },
    ],
  ],
] as const;

export const recordingLife: Case[] = [
  ...ends.map(([id, how, document, script]) =>
    shows(
      `recordings.get ${id}`,
      `shows a recording that ends ${how} as stopped until its audio is there`,
      async (api) => {
        api.documents['/leave'] = document;
        api.phones[somebody] = { script };
        await done(api, 'POST', '/Calls', { form: { To: somebody, From: ours, Url: `${app}/leave` } });
        expect(await life(api, 2_500, 3_700, 1_000)).toEqual([
          ['in-progress', '09:00:02', null, '09:00:02', 0],
          ['stopped', '09:00:02', '09:00:06', '09:00:06', 0],
          ['completed', '09:00:02', '09:00:06', '09:00:07', 2],
        ]);
      },
    ),
  ),
  shows(
    'recordings.get conference',
    'shows the recording of a conference that has ended as stopped, too',
    async (api) => {
      api.documents['/room'] =
        '<Response><Dial><Conference record="record-from-start">Room</Conference></Dial></Response>';
      const speaks = [{ after: 0.5, say: 'One and two and three and four.' }];
      api.phones[somebody] = { script: [...speaks, { after: 1.2, hangUp: true }] };
      api.phones['+15550100098'] = {};
      for (const To of [somebody, '+15550100098'])
        await done(api, 'POST', '/Calls', { form: { To, From: ours, Url: `${app}/room` } });
      const stations = await life(api, 2_500, 3_000);
      const { conferences } = await done(api, 'GET', '/Conferences');
      const [{ sid } = { sid: '' }] = conferences as unknown as { sid: string }[];
      await done(api, 'POST', `/Conferences/${sid}`, { form: { Status: 'completed' } });
      expect([...stations, ...(await life(api, 0, 1_000))]).toEqual([
        ['in-progress', '09:00:02', null, '09:00:02', 0],
        ['in-progress', '09:00:02', null, '09:00:02', 0],
        ['stopped', '09:00:02', '09:00:05', '09:00:05', 0],
        ['completed', '09:00:02', '09:00:05', '09:00:06', 2],
      ]);
    },
  ),
  shows('transcriptions.get whole', 'shows every field of what was said, and lists them in pages', async (api) => {
    api.documents['/leave'] = leave('maxLength="4" transcribe="true"');
    for (const words of ['One.', 'Two.', 'Three.']) {
      api.phones[somebody] = { script: [{ after: 0.2, say: words }] };
      await talking(api, { Url: `${app}/leave` });
    }
    const { transcriptions } = await done(api, 'GET', '/Transcriptions');
    const all = transcriptions as unknown as { sid: string; recording_sid: string; transcription_text: string }[];
    expect(all.map((one) => one.transcription_text)).toEqual(['Three.', 'Two.', 'One.']);
    const { sid, recording_sid } = all[2]!;
    expect(await done(api, 'GET', `/Transcriptions/${sid}.json`)).toEqual({
      sid,
      account_sid: accounts.uuid,
      api_version: '2010-04-01',
      recording_sid,
      date_created: 'Thu, 01 Jan 2026 09:00:07 +0000',
      date_updated: 'Thu, 01 Jan 2026 09:00:07 +0000',
      duration: 1,
      price: null,
      price_unit: 'USD',
      status: 'completed',
      transcription_text: 'One.',
      type: '',
      uri: `${api.base}/Transcriptions/${sid}.json`,
    });
    const first = await done(api, 'GET', '/Transcriptions?PageSize=2');
    expect(first.transcriptions).toEqual(all.slice(0, 2));
    const { body } = await api.ask('GET', api.url + first.next_page_uri);
    expect(body).toMatchObject({ transcriptions: all.slice(2), next_page_uri: null });
    const { transcriptions: its } = await done(api, 'GET', `/Recordings/${recording_sid}/Transcriptions.json`);
    expect(its).toEqual([all[2]]);
    expectRefused(await api.ask('GET', `${api.base}/Transcriptions/${recording_sid}`), missing);
    expectRefused(await api.ask('DELETE', `${api.base}/Transcriptions/${recording_sid}`), missing);
  }),
  shows('recordings.get channels', 'gives two channels on one when RequestedChannels says so', async (api) => {
    api.documents['/talk'] = '<Response><Say>We are talking.</Say><Pause length="600"/></Response>';
    api.phones[somebody] = { script: [{ after: 1, say: 'One and two.' }] };
    const call = await talking(api, {
      Record: 'true',
      RecordingChannels: 'dual',
      Trim: 'do-not-trim',
      Url: `${app}/talk`,
    });
    await done(api, 'POST', `/Calls/${call}`, { form: { Status: 'completed' } });
    await api.pass(2_000);
    const { sid } = await only(api);
    const get = async (what: string, headers = {}) => {
      const answer = await fetch(`${api.url}${api.base}/Recordings/${sid}${what}`, { headers });
      return { status: answer.status, body: Buffer.from(await answer.arrayBuffer()) };
    };
    const [both, two, one] = [await get(''), await get('.wav?RequestedChannels=2'), await get('?RequestedChannels=1')];
    expect(two).toEqual(both);
    expect(
      [both, one].map(({ body }) => [body.readUInt16LE(22), body.readUInt32LE(28), body.readUInt32LE(40)]),
    ).toEqual([
      [2, 32_000, both.body.length - 44],
      [1, 16_000, one.body.length - 44],
    ]);
    expect(one.body.length - 44).toBe((both.body.length - 44) / 2);
    const heard = (frame: number) => [44, 46].reduce((sum, at) => sum + both.body.readInt16LE(at + 4 * frame), 0);
    const frames = Array.from({ length: (one.body.length - 44) / 2 }, (_, frame) => frame);
    expect(frames.map((frame) => one.body.readInt16LE(44 + 2 * frame))).toEqual(frames.map(heard));
    expect(one.body.subarray(44).some((byte) => byte !== 0)).toBe(true);
    for (const [range, from, to] of [
      ['0-20', 0, 20],
      ['40-50', 40, 50],
      ['101-99999', 101, 99_999],
      ['20001-20001', 20_001, 20_001],
    ] as const)
      expect(await get('?RequestedChannels=1', { range: `bytes=${range}` })).toEqual({
        status: 206,
        body: one.body.subarray(from, to + 1),
      });
    expect((await get('.mp3')).body.toString()).toBe('mp3');
    expect((await get('.mp3?RequestedChannels=1')).body.toString()).toBe('mixed mp3');
    for (const wrong of ['0', '3', 'x'])
      expectRefused(await api.ask('GET', `${api.base}/Recordings/${sid}?RequestedChannels=${wrong}`, { as: null }), {
        status: 400,
        code: 10000,
      });
  }),
  shows('recordings.get channels-one', 'makes no two channels of one', async (api) => {
    api.phones[somebody] = { script: [{ after: 1, say: 'One and two.' }] };
    const call = await talking(api, { Record: 'true' });
    await done(api, 'POST', `/Calls/${call}`, { form: { Status: 'completed' } });
    await api.pass(2_000);
    const path = `${api.base}/Recordings/${(await only(api)).sid}`;
    expect((await api.ask('GET', `${path}?RequestedChannels=1`)).text).toBe((await api.ask('GET', path)).text);
    expectRefused(await api.ask('GET', `${path}?RequestedChannels=2`), { status: 400, code: 10000 });
  }),
  shows('recordings.get unfinished', 'has no audio until it is finished, nor when it is silent', async (api) => {
    api.documents['/leave'] = leave('maxLength="4"');
    const audio = async () => {
      const { sid } = await only(api);
      const answers = await Promise.all(
        ['', '.wav', '.mp3'].map((form) => api.ask('GET', `${api.base}/Recordings/${sid}${form}`, { as: null })),
      );
      return [(await only(api)).status, ...answers.map((answer) => answer.status)];
    };
    api.phones[somebody] = { script: [{ after: 1, say: 'One and two.' }] };
    await done(api, 'POST', '/Calls', { form: { To: somebody, From: ours, Url: `${app}/leave` } });
    const stations = [];
    for (const ms of [3_000, 3_500, 1_000]) {
      await api.pass(ms);
      stations.push(await audio());
    }
    await done(api, 'DELETE', `/Recordings/${(await only(api)).sid}`);
    api.phones[somebody] = {};
    await talking(api, { Url: `${app}/leave` });
    stations.push(await audio());
    expect(stations).toEqual([
      ['in-progress', 404, 404, 404],
      ['stopped', 404, 404, 404],
      ['completed', 200, 200, 200],
      ['absent', 404, 404, 404],
    ]);
  }),
];
