import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mp3Bytes } from '../../src/files/mp3-length.ts';
import { Mp3s } from '../../src/files/mp3s.ts';
import { toWav } from '../../src/telephony/simulated/wav.ts';
import { temporaryFolder } from './folder.ts';

/** A WAV file of somebody who speaks for so long. */
function record(folder: string, ms: number, channels: 1 | 2 = 1, name = 'a.wav') {
  const file = join(folder, name);
  const part = { channel: 0, offsetMs: 0, intoMs: 0, ms, sound: { kind: 'speech', text: 'hello', ms } } as const;
  const wav = toWav([part], ms, channels);
  writeFileSync(file, wav);
  return { file, bytes: wav.length };
}

/** The frames of an MP3 of 8 kHz: how many samples there are, on how many channels. */
function framesOf(mp3: Buffer): { frames: number; channels: Set<number> } {
  const channels = new Set<number>();
  let frames = 0;
  for (let at = 0; at < mp3.length; frames++) {
    // MPEG 2.5, layer III, no checksum; then the index of the bit rate, and that of 8 kHz.
    expect(mp3.readUInt16BE(at)).toBe(0xffe3);
    const kbps = { 4: 32, 8: 64 }[mp3[at + 2]! >> 4]!;
    expect((mp3[at + 2]! >> 2) & 3).toBe(2);
    channels.add(mp3[at + 3]! >> 6 === 3 ? 1 : 2);
    at += kbps * 9;
  }
  return { frames, channels };
}

test.for([
  [1, 1],
  [71, 1],
  [72, 1],
  [73, 1],
  [5_000, 1],
  [5_000, 2],
  [61_234, 2],
] as const)('a recording of %d ms on %d channels becomes an MP3 as long as was said before', async ([ms, channels]) => {
  using folder = temporaryFolder();
  const { file, bytes } = record(folder.path, ms, channels);
  const mp3s = new Mp3s();
  const made = await mp3s.of(file);
  const mp3 = readFileSync(made!);
  const { frames, channels: found } = framesOf(mp3);
  expect([mp3.length, [...found]]).toEqual([mp3Bytes(bytes, channels), [channels]]);
  // What is held back at first adds no more than two frames of 72 ms.
  expect(frames).toBe(Math.ceil(ms / 72) + 2);
  expect(readdirSync(folder.path)).toEqual(['a.mp3', 'a.wav']);
});

test('the same recording becomes the same MP3', async () => {
  using folder = temporaryFolder();
  const [one, other] = ['a.wav', 'b.wav'].map((name) => record(folder.path, 2_000, 2, name).file);
  const mp3s = new Mp3s();
  const [first, second] = await Promise.all([mp3s.of(one!), mp3s.of(other!)]);
  expect(readFileSync(first!)).toEqual(readFileSync(second!));
});

test('whoever asks while it is made gets the same, and it is made once', async () => {
  using folder = temporaryFolder();
  const { file } = record(folder.path, 60_000);
  const mp3s = new Mp3s();
  const paths = await Promise.all([mp3s.of(file), mp3s.of(file), mp3s.of(file)]);
  expect(new Set(paths)).toEqual(new Set([join(folder.path, 'a.mp3')]));
  writeFileSync(paths[0]!, 'what is there already');
  expect(readFileSync((await mp3s.of(file))!, 'utf8')).toBe('what is there already');
});

test('what is no recording becomes no MP3, and leaves nothing', async () => {
  using folder = temporaryFolder();
  const mp3s = new Mp3s();
  expect(await mp3s.of(join(folder.path, 'nothing.wav'))).toBeUndefined();
  const broken = join(folder.path, 'broken.wav');
  writeFileSync(broken, 'RIFF and what follows');
  await expect(mp3s.of(broken)).rejects.toThrow('broken.wav is not a WAV file');
  await expect(mp3s.of(broken)).rejects.toThrow('broken.wav is not a WAV file');
  expect(readdirSync(folder.path)).toEqual(['broken.wav']);
  expect(await mp3s.of(record(folder.path, 100).file)).toBe(join(folder.path, 'a.mp3'));
});

test('a recording that is removed while its MP3 is made leaves neither', async () => {
  using folder = temporaryFolder();
  const [first, second] = ['a.wav', 'b.wav'].map((name) => record(folder.path, 60_000, 2, name).file);
  const mp3s = new Mp3s();
  const asked = [mp3s.of(first!), mp3s.of(second!)];
  for (const file of [second!, first!]) {
    rmSync(file);
    await mp3s.remove(file);
  }
  expect(await Promise.all(asked)).toEqual([undefined, undefined]);
  expect(readdirSync(folder.path)).toEqual([]);
});

test('ending ends what is being made, and leaves nothing half made', async () => {
  using folder = temporaryFolder();
  const { file } = record(folder.path, 60_000);
  const mp3s = new Mp3s();
  const asked = mp3s.of(file);
  await new Promise((done) => setImmediate(done));
  await mp3s.close();
  expect(await asked).toBeUndefined();
  expect(readdirSync(folder.path)).toEqual(['a.wav']);
});

test('so many wait, and no more', async () => {
  using folder = temporaryFolder();
  const mp3s = new Mp3s();
  const files = Array.from({ length: 101 }, (_, n) => record(folder.path, 20, 1, `${n}.wav`).file);
  const asked = files.map((file) => mp3s.of(file).catch((error: { code: string; status: number }) => error));
  const turnedAway = await Promise.race(asked);
  expect(turnedAway).toMatchObject({ code: 'FILES_BUSY', status: 503 });
  await mp3s.close();
});
