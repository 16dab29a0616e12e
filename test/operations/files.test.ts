import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { mp3Bytes } from '../../src/files/mp3-length.ts';
import { filesIn } from '../../src/operations/files.ts';
import { toWav } from '../../src/telephony/simulated/wav.ts';
import { temporaryFolder } from '../files/folder.ts';

const wav = toWav([], 1_000, 2);

test('a file is found by the last part of its name, and read in parts', async () => {
  using folder = temporaryFolder();
  const files = filesIn(folder.path);
  writeFileSync(join(folder.path, 'a.wav'), wav);
  const file = await files.openFile('/where/it/was/once/a.wav');
  expect(file).toMatchObject({ bytes: wav.length, tag: 'a.wav' });
  expect(await buffer(file!.read(8, 15))).toEqual(Buffer.from('WAVEfmt '));
  expect(await files.openFile('b.wav')).toBeUndefined();
  expect(await files.openFile('..')).toBeUndefined();
});

test('a recording is removed with its MP3, whenever that is made', async () => {
  using folder = temporaryFolder();
  const files = filesIn(folder.path);
  writeFileSync(join(folder.path, 'a.wav'), wav);
  const mp3 = await files.openMp3('recordings/a.wav');
  expect(mp3).toMatchObject({ bytes: mp3Bytes(wav.length, 2), tag: 'a.mp3' });
  expect(readdirSync(folder.path)).toEqual(['a.mp3', 'a.wav']);
  await files.removeFile('recordings/a.wav');
  expect([readdirSync(folder.path), await files.openMp3('a.wav')]).toEqual([[], undefined]);
  await files.removeFile('recordings/a.wav');
});
