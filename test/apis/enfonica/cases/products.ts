import { expect } from 'vitest';
import type { Changed } from '../../../../src/records/changed.ts';
import { callRecord, faxRecord, idOf, recordingRecord, transcriptionRecord } from '../../../vendors/records.ts';
import type { Api } from '../api.ts';
import {
  type Case,
  done,
  expectRefused,
  failedPrecondition,
  invalidArgument,
  notFound,
  refuses,
  shows,
} from '../case.ts';
import { put } from '../seed.ts';

const call = idOf('c1');
const recording = `/v1beta1/projects/demo/calls/${call}/recordings/${idOf('e1')}`;
const transcription = `/v1beta1/projects/demo/calls/${call}/transcriptions/${idOf('a1')}`;
const fax = `/v1beta1/projects/demo/faxes/${idOf('fa')}`;

/** A call with a recording, a transcription and a fax; a second one with the like; and one of another project. */
export function seed(api: Api): void {
  const of = (project: string, last: string, createTime?: number): Changed[] => {
    const differing = { project, call: idOf(`c${last}`), ...(createTime && { createTime }) };
    const family = { id: idOf(`c${last}`), family: idOf(`c${last}`), project };
    return [
      { type: 'call', record: callRecord({ ...family, state: 'completed' }) },
      {
        type: 'recording',
        record: recordingRecord({ ...differing, id: idOf(`e${last}`), file: `/data/e${last}.wav` }),
      },
      { type: 'transcription', record: transcriptionRecord({ ...differing, id: idOf(`a${last}`) }) },
      {
        type: 'fax',
        record: faxRecord({ ...differing, id: idOf(last === '1' ? 'fa' : `f${last}`), file: '/data/f.tiff' }),
      },
    ];
  };
  put(api, ...of('demo', '1'), ...of('demo', '2', api.clock.now()), ...of('other', '3'));
  for (const each of ['1', '2', '3']) api.recorded.set(`/data/e${each}.wav`, Buffer.from('RIFF and what follows'));
  api.recorded.set('/data/e1.mp3', Buffer.from('the same as MP3'));
  api.recorded.set('/data/f.tiff', Buffer.from('II*'));
}

interface Shown {
  audio?: { uri?: string }[];
  uri?: string;
  utterances?: object[];
}

const kinds = [
  {
    many: 'recordings',
    path: recording,
    views: ['BASIC', 'FULL'],
    whole: ({ audio }: Shown) => audio?.[0]?.uri !== undefined,
  },
  {
    many: 'transcriptions',
    path: transcription,
    views: ['TRANSCRIPTION_VIEW_BASIC', 'TRANSCRIPTION_VIEW_FULL'],
    whole: ({ utterances }: Shown) => utterances !== undefined,
  },
  { many: 'faxes', path: fax, views: ['BASIC', 'FULL'], whole: ({ uri }: Shown) => uri !== undefined },
] as const;

const views = kinds.flatMap(({ many, path, views: [basic, full], whole }): Case[] => [
  shows(`${many}.get view`, 'shows everything unless BASIC is asked for', async (api) => {
    seed(api);
    const wholes: boolean[] = [];
    for (const query of ['', `?view=${full}`, '?view=2', '?view=0', `?view=${basic}`, '?view=1'])
      wholes.push(whole(await done(api, 'GET', `${path}${query}`)));
    expect(wholes).toEqual([true, true, true, true, false, false]);
  }),
  shows(`${many}.list view`, 'leaves links and texts out unless FULL is asked for', async (api) => {
    seed(api);
    const wholes: boolean[] = [];
    for (const query of ['', `?view=${basic}`, `?view=${full}`, '?view=2']) {
      const { [many]: all } = await done(api, 'GET', `/v1beta1/projects/demo/${many}${query}`);
      wholes.push(...(all as Shown[]).map(whole));
    }
    expect(wholes).toEqual([false, false, false, false, true, true, true, true]);
  }),
  refuses(
    `${many}.get view-unknown`,
    'refuses a view that nobody knows',
    ['GET', `${path}?view=HALF`],
    invalidArgument('view'),
    async (api) => seed(api),
  ),
  refuses(
    `${many}.get not-there`,
    'finds none that is not there',
    ['GET', `${path.slice(0, -1)}0`],
    notFound,
    async (api) => seed(api),
  ),
  shows(`${many}.list pages`, 'lists those of the project in pages, the newest first', async (api) => {
    seed(api);
    const first = await done(api, 'GET', `/v1beta1/projects/demo/${many}?pageSize=1`);
    const token = encodeURIComponent(first.nextPageToken as string);
    const second = await done(api, 'GET', `/v1beta1/projects/demo/${many}?pageSize=5&pageToken=${token}`);
    const namesOf = (page: Record<string, unknown>) =>
      (page[many] as { name: string }[]).map(({ name }) => name.slice(-1));
    expect([namesOf(first), namesOf(second), second.nextPageToken]).toEqual([['2'], [path.slice(-1)], undefined]);
  }),
]);

const collections = (['recordings', 'transcriptions'] as const).flatMap((many): Case[] => [
  shows(`${many}.listAll calls-minus`, 'lists the same for the call `-`', async (api) => {
    seed(api);
    const all = await done(api, 'GET', `/v1beta1/projects/demo/${many}`);
    expect(await done(api, 'GET', `/v1beta1/projects/demo/calls/-/${many}`)).toEqual(all);
    expect(all[many]).toHaveLength(2);
  }),
  shows(`${many}.list of-call`, 'lists those of one call', async (api) => {
    seed(api);
    expect((await done(api, 'GET', `/v1beta1/projects/demo/calls/${call}/${many}`))[many]).toHaveLength(1);
  }),
  refuses(
    `${many}.list no-call`,
    'finds no call of another project',
    ['GET', `/v1beta1/projects/demo/calls/${idOf('c3')}/${many}`],
    notFound,
    async (api) => seed(api),
  ),
  shows(`${many}.get other-parent`, 'finds nothing below another call than its own', async (api) => {
    seed(api);
    const path = many === 'recordings' ? recording : transcription;
    expectRefused(await api.ask('GET', path.replace(call, idOf('c2'))), notFound);
    expectRefused(await api.ask('GET', path.replace(call, '-')), notFound);
    expectRefused(await api.ask('GET', path.replace(call, idOf('c3')).replace(/1$/, '3')), notFound);
  }),
  shows(`${many}.delete gone`, 'deletes, answers with a body, and finds it no more', async (api) => {
    seed(api);
    const path = many === 'recordings' ? recording : transcription;
    const { name } = await done(api, 'GET', path);
    const answer = await done(api, 'DELETE', `${path}?`);
    expect(answer).toEqual(many === 'recordings' ? expect.objectContaining({ name }) : {});
    for (const method of ['GET', 'DELETE']) expectRefused(await api.ask(method, path), notFound);
    expect((await done(api, 'GET', `/v1beta1/projects/demo/${many}`))[many]).toHaveLength(1);
  }),
  refuses(
    `${many}.delete pending`,
    'does not delete what is not finished',
    ['DELETE', many === 'recordings' ? recording : transcription],
    failedPrecondition,
    async (api) => {
      seed(api);
      const pending = { state: 'pending' } as const;
      if (many === 'recordings') put(api, { type: 'recording', record: recordingRecord(pending) });
      else put(api, { type: 'transcription', record: transcriptionRecord(pending) });
    },
  ),
  refuses(
    `${many}.delete other-one`,
    'deletes nothing of another project',
    ['DELETE', (many === 'recordings' ? recording : transcription).replace(call, idOf('c3')).replace(/1$/, '3')],
    notFound,
    async (api) => seed(api),
  ),
]);

const others: Case[] = [
  shows('recordings.get fields', 'shows a recording as webhooks do, with a link to its audio', async (api) => {
    seed(api);
    expect(await done(api, 'GET', recording)).toEqual({
      name: recording.slice('/v1beta1/'.length),
      state: 'SUCCEEDED',
      source: 'RECORD_ACTION',
      duration: '4.250s',
      channelCount: 1,
      postProcessing: ['TRIM_SILENCE'],
      audio: [
        {
          mimeType: 'audio/x-wav',
          encoding: 'AUDIO_ENCODING_PCM_16BIT',
          sampleRate: 8000,
          sizeBytes: 68_044,
          uri: expect.stringContaining(`${api.url}${recording}/audio.wav?`),
        },
        {
          mimeType: 'audio/mpeg',
          encoding: 'AUDIO_ENCODING_MP3',
          sampleRate: 8000,
          sizeBytes: 17_856,
          uri: expect.stringContaining(`${api.url}${recording}/audio.mp3?`),
        },
      ],
      startTime: '2024-05-01T12:00:00.120Z',
      createTime: '2024-05-01T12:00:00Z',
      readyUri: 'https://app.example.test/recording',
    });
  }),
  shows('recordings.delete audio', 'removes the audio too', async (api) => {
    seed(api);
    const { audio } = (await done(api, 'GET', recording)) as Shown;
    await done(api, 'DELETE', recording);
    expect([...api.recorded.keys()]).not.toContain('/data/e1.wav');
    expectRefused(await api.ask('GET', audio?.[0]?.uri ?? ''), notFound);
  }),
  shows('transcriptions.get fields', 'shows what was said, in its order', async (api) => {
    seed(api);
    expect(await done(api, 'GET', transcription)).toMatchObject({
      recording: recording.slice('/v1beta1/'.length),
      state: 'COMPLETED',
      utterances: [
        { offset: '0s', duration: '1s', text: 'Good morning.' },
        { channel: 1, offset: '1.500s', duration: '0.700s', text: 'Hello.' },
      ],
    });
  }),
  shows('faxes.get fields', 'shows a fax, which belongs to the project', async (api) => {
    seed(api);
    expect(await done(api, 'GET', fax)).toMatchObject({
      name: `projects/demo/faxes/${idOf('fa')}`,
      call: `projects/demo/calls/${call}`,
      pageCount: 2,
      uri: expect.stringContaining(`${api.url}${fax}/document?`),
    });
  }),
  refuses(
    'faxes.get other-fax',
    'finds no fax of another project',
    ['GET', `/v1beta1/projects/demo/faxes/${idOf('f3')}`],
    notFound,
    async (api) => seed(api),
  ),
];

export const products = [...others, ...views, ...collections];
