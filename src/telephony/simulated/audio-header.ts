import { aiffMs, isAiff } from './aiff-header.ts';
import { textAt } from './bytes.ts';
import { mp3Ms } from './mp3-header.ts';

/** Files that say nothing of themselves: so many milliseconds a frame of so many bytes, by their content type. */
const bare: ReadonlyMap<string, { frameBytes: number; ms: number }> = new Map([
  ['audio/ulaw', { frameBytes: 8, ms: 1 }],
  ['audio/gsm', { frameBytes: 33, ms: 20 }],
  ['audio/x-gsm', { frameBytes: 33, ms: 20 }],
]);

/**
 * How long an audio file plays, from what it says of itself, or else what its content type says; or, when it cannot be
 * played, what is wrong with it.
 */
export function audioMs(bytes: Uint8Array, contentType = ''): { ms: number } | { problem: string } {
  if (bytes.length === 0) return { problem: 'the file is empty' };
  if (textAt(bytes, 0, 4) === 'RIFF' && textAt(bytes, 8, 4) === 'WAVE') return wavMs(bytes);
  if (isAiff(bytes)) return aiffMs(bytes);
  const raw = bare.get(contentType.replace(/;.*/s, '').trim().toLowerCase());
  if (raw) return { ms: Math.floor(bytes.length / raw.frameBytes) * raw.ms };
  const ms = mp3Ms(bytes);
  return ms === undefined ? { problem: `neither WAV nor MP3: it begins with ${beginning(bytes)}` } : { ms };
}

const beginning = (bytes: Uint8Array) => JSON.stringify(textAt(bytes, 0, 12).replace(/[^\x20-\x7e]/g, '.'));

const extensible = 0xfffe;
/** PCM, floating point, A-law and µ-law: as many bytes for each instant. */
const formats: ReadonlySet<number> = new Set([1, 3, 6, 7]);

/** Chunks come in any order, each padded to an even length; what is written to a pipe has a length that is too large. */
function wavMs(bytes: Uint8Array): { ms: number } | { problem: string } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let format: { code: number; rate: number; frameBytes: number } | undefined;
  let samples: number | undefined;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const name = textAt(bytes, at, 4);
    const length = Math.min(view.getUint32(at + 4, true), bytes.length - at - 8);
    if (name === 'fmt ' && length >= 16) format = wavFormat(view, at + 8, length);
    if (name === 'data') samples = (samples ?? 0) + length;
    at += 8 + length + (length % 2);
  }
  if (!format) return { problem: 'a WAV file without a format' };
  if (!formats.has(format.code)) return { problem: `a WAV file of format 0x${format.code.toString(16)}` };
  if (format.rate === 0 || format.frameBytes === 0) return { problem: 'a WAV file without a sample rate' };
  if (samples === undefined) return { problem: 'a WAV file without samples' };
  return { ms: Math.round((Math.floor(samples / format.frameBytes) * 1000) / format.rate) };
}

/** The extensible format has the real one at the beginning of its GUID. */
function wavFormat(view: DataView, at: number, length: number) {
  const code = view.getUint16(at, true);
  return {
    code: code === extensible && length >= 26 ? view.getUint16(at + 24, true) : code,
    rate: view.getUint32(at + 4, true),
    frameBytes: view.getUint16(at + 12, true),
  };
}
