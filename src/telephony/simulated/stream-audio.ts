import type { SocketOptions } from '../streams.ts';
import { bytesPerMs } from '../streams.ts';
import type { Sounding } from './heard.ts';
import { timing } from './timing.ts';
import { sampleAt } from './wav.ts';

const silence: Partial<Record<SocketOptions['codec'], Uint8Array>> = {};

/** What a server hears in the 20 ms from `at` on: the tone that stands for the sound, or silence. */
export function frameOf(sounding: Sounding | undefined, at: number, codec: SocketOptions['codec']): Uint8Array {
  if (!sounding) {
    silence[codec] ??= encode(codec, () => 0);
    return silence[codec];
  }
  const { sound, began } = sounding;
  return encode(codec, (ms) => sampleAt(sound, Math.max(0, at + ms - began)));
}

function encode(codec: SocketOptions['codec'], sample: (ms: number) => number): Uint8Array {
  const bytes = new Uint8Array(bytesPerMs[codec] * timing.frame);
  if (codec === 'PCMU@8000h') {
    for (let n = 0; n < bytes.length; n++) bytes[n] = toMulaw(Math.round(sample(n / 8)));
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
