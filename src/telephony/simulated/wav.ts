import type { HeardSound } from './heard.ts';
import type { Part } from './recorded.ts';
import { isKey, isPause, pauseMs, timing } from './timing.ts';

const sampleRate = 8_000;
const bytesPerSample = 2;
const headerBytes = 44;

/** How loud one sine is. Two of them, on each of two parties, still fit. */
const amplitude = 6_000;

/** The two frequencies of each key, as ITU-T Q.23 has them. */
const rows = ['123A', '456B', '789C', '*0#D'];
const rowHz = [697, 770, 852, 941];
const columnHz = [1209, 1336, 1477, 1633];

/** Marks what is not synthesized. */
const markerHz = { speech: 440, audio: 330, beep: 1_000, fax: 1_100 };

const framesIn = (ms: number) => Math.round((ms * sampleRate) / 1000);

export const wavBytes = (ms: number, channels: 1 | 2): number => headerBytes + framesIn(ms) * channels * bytesPerSample;

/**
 * A WAV file, 8 kHz and 16 bits a sample:
 *
 *      0  "RIFF"  length of the rest  "WAVE"
 *     12  "fmt "  16  format 1  channels  rate  bytes a second  bytes a frame  bits
 *     36  "data"  length
 *     44  samples, the channels of each instant side by side
 */
export function toWav(parts: readonly Part[], ms: number, channels: 1 | 2): Uint8Array {
  const bytes = new Uint8Array(wavBytes(ms, channels));
  const view = new DataView(bytes.buffer);
  const frameBytes = channels * bytesPerSample;
  writeText(bytes, 0, 'RIFF');
  view.setUint32(4, bytes.length - 8, true);
  writeText(bytes, 8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * frameBytes, true);
  view.setUint16(32, frameBytes, true);
  view.setUint16(34, bytesPerSample * 8, true);
  writeText(bytes, 36, 'data');
  view.setUint32(40, bytes.length - headerBytes, true);
  for (const part of parts) mix(view, part, channels);
  return bytes;
}

function mix(view: DataView, part: Part, channels: 1 | 2): void {
  const first = framesIn(part.offsetMs);
  const frames = framesIn(part.ms);
  for (let frame = 0; frame < frames; frame++) {
    const at = headerBytes + ((first + frame) * channels + part.channel) * bytesPerSample;
    if (at + bytesPerSample > view.byteLength) return;
    const sample = view.getInt16(at, true) + sampleAt(part.sound, part.intoMs + (frame * 1000) / sampleRate);
    view.setInt16(at, Math.max(-32_768, Math.min(32_767, Math.round(sample))), true);
  }
}

const sine = (hz: number, ms: number) => amplitude * Math.sin((2 * Math.PI * hz * ms) / 1000);

/** The sample, of 16 bits, that a sound has so many milliseconds after its beginning. */
export function sampleAt(sound: HeardSound, ms: number): number {
  if (sound.kind !== 'keys') return sine(markerHz[sound.kind], ms);
  const key = keyAt(sound.text, ms);
  const row = key === undefined ? -1 : rows.findIndex((keys) => keys.includes(key));
  return key === undefined || row < 0 ? 0 : sine(rowHz[row]!, ms) + sine(columnHz[rows[row]!.indexOf(key)]!, ms);
}

/** The key that sounds after so many milliseconds of `digits`. */
function keyAt(digits: string, ms: number): string | undefined {
  let rest = ms;
  for (const key of digits) {
    if (isKey(key) && rest < timing.key) return key;
    if (isPause(key)) rest -= pauseMs(key);
    else if (isKey(key)) rest -= timing.key + timing.gap;
    if (rest < 0) return undefined;
  }
  return undefined;
}

function writeText(bytes: Uint8Array, at: number, text: string): void {
  for (let n = 0; n < text.length; n++) bytes[at + n] = text.charCodeAt(n);
}
