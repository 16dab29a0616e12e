import type { SocketOptions } from '../streams.ts';
import { bytesPerMs } from '../streams.ts';
import type { Noise } from './heard.ts';
import { timing } from './timing.ts';
import { sampleAt } from './wav.ts';

type Codec = SocketOptions['codec'];

const silence: Partial<Record<Codec, Uint8Array>> = {};

/** What a server hears in the 20 ms from `at` on: the tones that stand for the sounds, or silence. */
export function frameOf(noises: readonly Noise[], at: number, codec: Codec): Uint8Array {
  if (noises.length === 0) {
    silence[codec] ??= encode(codec, () => 0);
    return silence[codec];
  }
  return encode(codec, (ms) => {
    let sample = 0;
    for (const { sound, began } of noises) sample += sampleAt(sound, Math.max(0, at + ms - began));
    return Math.max(-32_768, Math.min(32_767, sample));
  });
}

const compressed: Partial<Record<Codec, (sample: number) => number>> = { 'PCMU@8000h': toMulaw, 'PCMA@8000h': toAlaw };

function encode(codec: Codec, sample: (ms: number) => number): Uint8Array {
  const bytes = new Uint8Array(bytesPerMs[codec] * timing.frame);
  const compress = compressed[codec];
  if (compress) {
    for (let n = 0; n < bytes.length; n++) bytes[n] = compress(Math.round(sample(n / 8)));
    return bytes;
  }
  const view = new DataView(bytes.buffer);
  const perMs = bytesPerMs[codec] / 2;
  for (let n = 0; n < bytes.length / 2; n++) view.setInt16(n * 2, Math.round(sample(n / perMs)), true);
  return bytes;
}

const bias = 0x84;
const loudest = 32_635;

/** A sample of 16 bits as ITU-T G.711 has it: sign, exponent and mantissa, all inverted. */
export function toMulaw(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), loudest) + bias;
  const exponent = 24 - Math.clz32(magnitude);
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~(sign | (exponent << 4) | mantissa) & 0xff;
}

/** The same in A-law: even bits inverted, and the sign of what is not negative set. */
export function toAlaw(sample: number): number {
  const sign = sample < 0 ? 0 : 0x80;
  const magnitude = Math.min(sample < 0 ? -sample - 1 : sample, loudest);
  const exponent = Math.max(0, 24 - Math.clz32(magnitude));
  const mantissa = (magnitude >> Math.max(4, exponent + 3)) & 0x0f;
  return (sign | (exponent << 4) | mantissa) ^ 0x55;
}
