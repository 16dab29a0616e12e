import { expect } from 'vitest';
import { idOf, recordingRecord } from '../../../vendors/records.ts';
import type { Api } from '../api.ts';
import { app, make } from '../call-fields.ts';
import { type Case, done, expectRefused, notFound, permissionDenied, shows } from '../case.ts';
import { put } from '../seed.ts';
import { seed } from './products.ts';

const recording = `/v1beta1/projects/demo/calls/${idOf('c1')}/recordings/${idOf('e1')}`;

async function linkOf(api: Api, path = recording, form: 0 | 1 = 0): Promise<string> {
  const shown = (await done(api, 'GET', path)) as { audio?: { uri: string }[]; uri?: string };
  return shown.audio?.[form]?.uri ?? shown.uri ?? '';
}

const follow = (api: Api, link: string, headers: Record<string, string> = {}, method = 'GET') =>
  api.ask(method, link, { as: null, headers });

const parts: readonly [range: string, status: number, text: string, contentRange: string | null][] = [
  ['bytes=0-3', 206, 'RIFF', 'bytes 0-3/21'],
  ['bytes=15-', 206, 'ollows', 'bytes 15-20/21'],
  ['bytes=-6', 206, 'ollows', 'bytes 15-20/21'],
  ['bytes=-100', 206, 'RIFF and what follows', 'bytes 0-20/21'],
  ['bytes=18-100', 206, 'ows', 'bytes 18-20/21'],
  ['bytes=0-0,3-4', 200, 'RIFF and what follows', null],
  ['bytes=-', 200, 'RIFF and what follows', null],
  ['lines=1-2', 200, 'RIFF and what follows', null],
];

export const files: Case[] = [
  shows('files.recording whole', 'gives the audio to whoever has the link, without a token', async (api) => {
    seed(api);
    const answer = await follow(api, await linkOf(api));
    expect([answer.status, answer.text, answer.headers.get('content-type')]).toEqual([
      200,
      'RIFF and what follows',
      'audio/x-wav',
    ]);
    expect(answer.headers.get('accept-ranges')).toBe('bytes');
  }),
  shows('files.recording head', 'tells the size to whoever asks by HEAD', async (api) => {
    seed(api);
    const answer = await follow(api, await linkOf(api), {}, 'HEAD');
    expect([answer.status, answer.headers.get('content-length'), answer.text]).toEqual([200, '21', '']);
  }),
  shows('files.recording tag', 'has a tag, by which nobody fetches twice what has not changed', async (api) => {
    seed(api);
    const link = await linkOf(api);
    const etag = (await follow(api, link)).headers.get('etag') ?? '';
    const seen = async (headers: Record<string, string>) => {
      const { status, text } = await follow(api, link, headers);
      return [status, text];
    };
    expect(etag).toMatch(/^"[^"]+"$/);
    expect(await seen({ 'if-none-match': etag })).toEqual([304, '']);
    expect(await seen({ 'if-none-match': `"another", W/${etag}` })).toEqual([304, '']);
    expect(await seen({ 'if-none-match': '"another"', range: 'bytes=0-3' })).toEqual([206, 'RIFF']);
    expect(await seen({ 'if-range': etag, range: 'bytes=0-3' })).toEqual([206, 'RIFF']);
    expect(await seen({ 'if-range': '"another"', range: 'bytes=0-3' })).toEqual([200, 'RIFF and what follows']);
  }),
  shows('files.mp3 whole', 'gives the same audio as MP3, whole or in parts', async (api) => {
    seed(api);
    const link = await linkOf(api, recording, 1);
    const answer = await follow(api, link);
    expect([answer.status, answer.text, answer.headers.get('content-type')]).toEqual([
      200,
      'the same as MP3',
      'audio/mpeg',
    ]);
    const part = await follow(api, link, { range: 'bytes=-3' });
    expect([part.status, part.text, part.headers.get('content-range')]).toEqual([206, 'MP3', 'bytes 12-14/15']);
    expect(part.headers.get('etag')).toBe(answer.headers.get('etag'));
    expect(answer.headers.get('etag')).not.toBe((await follow(api, await linkOf(api))).headers.get('etag'));
  }),
  shows('files.mp3 signed', 'needs a link of its own', async (api) => {
    seed(api);
    expectRefused(await follow(api, (await linkOf(api)).replace('.wav', '.mp3')), permissionDenied);
  }),
  ...parts.map(([range, status, text, contentRange]) =>
    shows(`files.recording range ${range}`, `answers ${range} with ${contentRange ?? 'the whole'}`, async (api) => {
      seed(api);
      const answer = await follow(api, await linkOf(api), { range });
      expect([answer.status, answer.text, answer.headers.get('content-range')]).toEqual([status, text, contentRange]);
    }),
  ),
  ...['bytes=21-', 'bytes=5-3', 'bytes=-0'].map((range) =>
    shows(`files.recording no-range ${range}`, `has nothing for ${range}`, async (api) => {
      seed(api);
      const answer = await follow(api, await linkOf(api), { range });
      expectRefused(answer, { code: 416, status: 'OUT_OF_RANGE' });
      expect(answer.headers.get('content-range')).toBe('bytes */21');
    }),
  ),
  shows('files.recording hour', 'is valid for 60 minutes and no longer', async (api) => {
    seed(api);
    const link = await linkOf(api);
    await api.clock.advance(60 * 60_000 - 1);
    expect((await follow(api, link)).status).toBe(200);
    await api.clock.advance(1_000);
    expectRefused(await follow(api, link), permissionDenied);
  }),
  shows('files.recording signed', 'is good for nothing else, and not longer than it says', async (api) => {
    seed(api);
    const link = await linkOf(api);
    for (const changed of [
      link.replace(/signature=./, 'signature=_'),
      link.replace(/&signature=.*/, ''),
      link.replace(/signature=.*/, 'signature='),
      link.replace(/expires=\d+/, 'expires=99999999999'),
      link.replace(/expires=\d+/, 'expires=NaN'),
      link.replace(/expires=\d+&/, ''),
      link.replaceAll(idOf('e1'), idOf('e2')),
      link.replace('/demo/', '/other/'),
      link.replace('/demo/', '/no-such-project/'),
      link.replace('/audio.wav', '/audio%2Ewav'),
      `${link}&expires=1&signature=x`,
      `${api.url}${recording}/audio.wav`,
    ])
      expectRefused(await follow(api, changed), permissionDenied);
  }),
  shows('files.recording no-audio', 'finds nothing when there is no audio', async (api) => {
    seed(api);
    const link = await linkOf(api);
    api.recorded.clear();
    expectRefused(await follow(api, link), notFound);
    const { file: _file, ...without } = recordingRecord();
    put(api, { type: 'recording', record: without });
    expectRefused(await follow(api, link), notFound);
  }),
  shows('files.recording real', 'gives the WAV file of what was said on a call', async (api) => {
    api.documents[app] = '<Response><Record MaxDurationSeconds="5"/></Response>';
    await make(api, { to: '+15555550100' });
    await api.clock.run();
    const { recordings } = await done(api, 'GET', '/v1beta1/projects/demo/recordings?view=FULL');
    const [{ audio }] = recordings as [{ audio: [{ sizeBytes: number; uri: string }] }];
    const answer = await follow(api, audio[0].uri);
    expect([answer.status, answer.text.slice(0, 4)]).toEqual([200, 'RIFF']);
    expect(Number(answer.headers.get('content-length'))).toBe(audio[0].sizeBytes);
  }),
  shows('files.fax whole', 'gives the pages of a fax, by its type', async (api) => {
    seed(api);
    const link = await linkOf(api, `/v1beta1/projects/demo/faxes/${idOf('fa')}`);
    const answer = await follow(api, link);
    expect([answer.status, answer.text, answer.headers.get('content-type')]).toEqual([200, 'II*', 'image/tiff']);
    expectRefused(await follow(api, link.replace(idOf('fa'), idOf('f3'))), permissionDenied);
  }),
];
