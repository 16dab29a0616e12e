import { textAt } from './bytes.ts';

/** Whether it says that it is an AIFF file, compressed or not. */
export const isAiff = (bytes: Uint8Array): boolean =>
  textAt(bytes, 0, 4) === 'FORM' && /^AIF[FC]$/.test(textAt(bytes, 8, 4));

/** One chunk says how many frames there are, and how many are played in a second. */
export function aiffMs(bytes: Uint8Array): { ms: number } | { problem: string } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 12; at + 8 <= bytes.length; ) {
    const length = view.getUint32(at + 4);
    if (textAt(bytes, at, 4) === 'COMM' && at + 26 <= bytes.length) {
      const rate = extended(view, at + 16);
      return rate > 0
        ? { ms: Math.round((view.getUint32(at + 10) * 1000) / rate) }
        : { problem: 'an AIFF file without a sample rate' };
    }
    at += 8 + length + (length % 2);
  }
  return { problem: 'an AIFF file without a format' };
}

/** A floating point number of ten bytes: the lower half of its mantissa says nothing of a sample rate. */
const extended = (view: DataView, at: number): number =>
  view.getUint32(at + 2) * 2 ** ((view.getUint16(at) & 0x7fff) - 16383 - 31);
