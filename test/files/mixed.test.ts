import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mixed, mixedBytes, mixedHead, mixedPart } from '../../src/files/mixed.ts';
import { mp3Bytes } from '../../src/files/mp3-length.ts';
import { Mp3s } from '../../src/files/mp3s.ts';
import { toWav } from '../../src/telephony/simulated/wav.ts';
import { temporaryFolder } from './folder.ts';

const samples = (...values: number[]) => Buffer.from(Int16Array.from(values).buffer);

test('what is heard on two channels is heard on one, and what is too loud is cut off', () => {
  const one = mixed(samples(1, 2, -3, 1, 30_000, 30_000, -30_000, -30_000));
  expect(Buffer.from(one)).toEqual(samples(3, -2, 32_767, -32_768));
});

const sound = (text: string, ms: number) => ({ kind: 'speech', text, ms }) as const;
const parts = ([0, 1] as const).map((channel) => ({
  channel,
  offsetMs: 100 * channel,
  intoMs: 0,
  ms: 500,
  sound: sound('hello', 500),
}));
const two = Buffer.from(toWav(parts, 600, 2));
const one = Buffer.from(
  toWav(
    parts.map((part) => ({ ...part, channel: 0 }) as const),
    600,
    1,
  ),
);

/** A file that comes in pieces of so many bytes. */
const inPieces = (length: number) =>
  async function* (from: number, to: number) {
    for (let at = from; at <= to; at += length) yield two.subarray(at, Math.min(at + length, to + 1));
  };

test.for([
  [0, 99_999, 1_000],
  [0, 43, 3],
  [0, 44, 1],
  [45, 45, 1],
  [44, 46, 5],
  [101, 9_000, 7],
  [3, 5_000, 4_097],
] as const)('bytes %i to %i of the recording on one channel, read in pieces of %i', async ([from, to, length]) => {
  const head = mixedHead(two.subarray(0, 44), mixedBytes(two.length));
  const last = Math.min(to, one.length - 1);
  const pieces = [];
  for await (const piece of mixedPart(head, inPieces(length), { from, to: last })) pieces.push(Buffer.from(piece));
  expect(Buffer.concat(pieces).equals(one.subarray(from, last + 1))).toBe(true);
});

test('a recording with two channels becomes an MP3 with one, beside the one with two; both go with it', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'a.wav');
  writeFileSync(file, two);
  const mp3s = new Mp3s();
  const [both, mono] = await Promise.all([mp3s.of(file), mp3s.of(file, true)]);
  expect([both, mono].map((made) => readFileSync(made!).length)).toEqual([
    mp3Bytes(two.length, 2),
    mp3Bytes(one.length, 1),
  ]);
  expect(readdirSync(folder.path).sort()).toEqual(['a.mixed.mp3', 'a.mp3', 'a.wav']);
  await mp3s.remove(file);
  expect(readdirSync(folder.path)).toEqual(['a.wav']);
});
