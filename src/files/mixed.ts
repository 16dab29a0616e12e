/** Two channels heard on one. */
import { bytesPerSample, wavHeadBytes } from './mp3-length.ts';

const frameBytes = 2 * bytesPerSample;

/** Both channels of each instant, as if they had been recorded on one: what is too loud for it is cut off. */
export function mixed(samples: Uint8Array): Uint8Array {
  const frames = Math.floor(samples.length / frameBytes);
  const from = new DataView(samples.buffer, samples.byteOffset, samples.byteLength);
  const to = new DataView(new ArrayBuffer(frames * bytesPerSample));
  for (let frame = 0; frame < frames; frame++) {
    const at = frame * frameBytes;
    const both = from.getInt16(at, true) + from.getInt16(at + bytesPerSample, true);
    to.setInt16(frame * bytesPerSample, Math.max(-32_768, Math.min(32_767, both)), true);
  }
  return new Uint8Array(to.buffer);
}

/** The length of a WAV file of one channel, by that of the same with two. */
export const mixedBytes = (bytes: number): number =>
  wavHeadBytes + Math.floor((bytes - wavHeadBytes) / frameBytes) * bytesPerSample;

/** The head of a WAV file with one channel, from that of the same with two. */
export function mixedHead(head: Uint8Array, bytes: number): Uint8Array {
  const made = Uint8Array.from(head);
  const view = new DataView(made.buffer);
  view.setUint32(4, bytes - 8, true);
  view.setUint16(22, 1, true);
  view.setUint32(28, view.getUint32(24, true) * bytesPerSample, true);
  view.setUint16(32, bytesPerSample, true);
  view.setUint32(40, bytes - wavHeadBytes, true);
  return made;
}

/** Any part of that file, while the other is read. */
export interface Part {
  /** Both are inclusive. */
  from: number;
  to: number;
}

/** Pieces of the file with one channel, of which only so much is in memory as is read at once. */
export async function* mixedPart(
  head: Uint8Array,
  read: (from: number, to: number) => AsyncIterable<Uint8Array>,
  { from, to }: Part,
): AsyncGenerator<Uint8Array> {
  if (from < wavHeadBytes) yield head.subarray(from, Math.min(to + 1, wavHeadBytes));
  if (to < wavHeadBytes) return;
  const begin = Math.max(from, wavHeadBytes) - wavHeadBytes;
  const frameOf = (at: number) => wavHeadBytes + Math.floor(at / bytesPerSample) * frameBytes;
  let left = to - wavHeadBytes - begin + 1;
  let skip = begin % bytesPerSample;
  let rest = Buffer.alloc(0);
  for await (const piece of read(frameOf(begin), frameOf(to - wavHeadBytes) + frameBytes - 1)) {
    const all = Buffer.concat([rest, piece]);
    const whole = all.length - (all.length % frameBytes);
    rest = all.subarray(whole);
    const samples = mixed(all.subarray(0, whole)).subarray(skip).subarray(0, left);
    skip = 0;
    left -= samples.length;
    yield samples;
  }
}
