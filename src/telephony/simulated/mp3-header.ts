import { textAt } from './bytes.ts';

/** kbit/s by index, of MPEG 1 layers I to III and of MPEG 2; 0: free format, which nobody uses. */
const bitrates = {
  '1.1': [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  '1.2': [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  '1.3': [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  '2.1': [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  '2.2': [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};

const versions = [2.5, undefined, 2, 1] as const;
const layers = [undefined, 3, 2, 1] as const;
const sampleRates = [44_100, 48_000, 32_000];

/** How far into the file, after its tags, the first frame may be. */
const mostJunk = 1_000_000;

interface Frame {
  /** MPEG 1, 2, or 2.5. */
  version: 1 | 2 | 2.5;
  layer: 1 | 2 | 3;
  rate: number;
  mono: boolean;
  bytes: number;
  samples: number;
}

/** How long an MP3 file plays, by the count of its frames; undefined when there is none. */
export function mp3Ms(bytes: Uint8Array): number | undefined {
  const start = firstFrame(bytes, skipTags(bytes));
  if (start === undefined) return undefined;
  const { frame, at } = start;
  const told = framesTold(bytes, at, frame);
  return told === undefined ? walk(bytes, at, frame) : Math.round((told * frame.samples * 1000) / frame.rate);
}

/**
 *      0  11 ones  version 2 bits  layer 2 bits  no checksum 1 bit
 *     16  bitrate 4 bits  sample rate 2 bits  padding 1 bit  private 1 bit
 *     24  channel mode 2 bits  …
 */
function frameAt(bytes: Uint8Array, at: number): Frame | undefined {
  const b1 = bytes[at + 1] ?? 0;
  const b2 = bytes[at + 2] ?? 0;
  const b3 = bytes[at + 3] ?? 0;
  if (at + 4 > bytes.length || bytes[at] !== 0xff || b1 < 0xe0) return undefined;
  const version = versions[(b1 >> 3) & 3];
  const layer = layers[(b1 >> 1) & 3];
  const fullRate = sampleRates[(b2 >> 2) & 3];
  if (!version || !layer || !fullRate) return undefined;
  const kbits = bitratesOf(version, layer)[b2 >> 4];
  if (!kbits) return undefined;
  const rate = version === 1 ? fullRate : version === 2 ? fullRate / 2 : fullRate / 4;
  const samples = layer === 1 ? 384 : layer === 3 && version !== 1 ? 576 : 1152;
  const padding = (b2 >> 1) & 1;
  const length =
    layer === 1
      ? (Math.floor((12_000 * kbits) / rate) + padding) * 4
      : Math.floor((samples * 125 * kbits) / rate) + padding;
  return { version, layer, rate, mono: b3 >> 6 === 3, bytes: length, samples };
}

function bitratesOf(version: Frame['version'], layer: Frame['layer']): readonly number[] {
  if (version !== 1) return bitrates[layer === 1 ? '2.1' : '2.2'];
  return bitrates[layer === 1 ? '1.1' : layer === 2 ? '1.2' : '1.3'];
}

/** ID3v2: "ID3", version 2 bytes, flags, length in 4 bytes of 7 bits. Some files have more than one. */
function skipTags(bytes: Uint8Array): number {
  let at = 0;
  while (textAt(bytes, at, 3) === 'ID3' && at + 10 <= bytes.length) {
    const [flags = 0, a = 0, b = 0, c = 0, d = 0] = bytes.subarray(at + 5, at + 10);
    const footer = flags & 0x10 ? 10 : 0;
    at += 10 + ((a & 127) << 21) + ((b & 127) << 14) + ((c & 127) << 7) + (d & 127) + footer;
  }
  return at;
}

/** What looks like a frame is one when another of its kind follows, or nothing. */
function firstFrame(bytes: Uint8Array, from: number): { at: number; frame: Frame } | undefined {
  for (let at = bytes.indexOf(0xff, from); at >= 0 && at < from + mostJunk; at = bytes.indexOf(0xff, at + 1)) {
    const frame = frameAt(bytes, at);
    if (!frame) continue;
    const next = at + frame.bytes;
    const follower = frameAt(bytes, next);
    if (next === bytes.length || isEnd(bytes, next) || (follower && alike(follower, frame))) return { at, frame };
  }
  return undefined;
}

const alike = (a: Frame, b: Frame) => a.version === b.version && a.layer === b.layer && a.rate === b.rate;
const isEnd = (bytes: Uint8Array, at: number) => ['TAG', 'APE'].includes(textAt(bytes, at, 3));

/**
 * Variable bitrates: the first frame holds no sound but how many follow.
 *
 *     Xing (or Info, for constant ones): after the side information, "Xing", flags 4 bytes, frames 4 bytes if flag 1
 *     VBRI: 32 bytes after the header, "VBRI", 10 bytes, frames 4 bytes
 */
function framesTold(bytes: Uint8Array, at: number, { version, mono }: Frame): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sideInformation = version === 1 ? (mono ? 17 : 32) : mono ? 9 : 17;
  const xing = at + 4 + sideInformation;
  const vbri = at + 36;
  let frames: number | undefined;
  if (['Xing', 'Info'].includes(textAt(bytes, xing, 4)) && xing + 12 <= bytes.length && view.getUint32(xing + 4) & 1)
    frames = view.getUint32(xing + 8);
  else if (textAt(bytes, vbri, 4) === 'VBRI' && vbri + 18 <= bytes.length) frames = view.getUint32(vbri + 14);
  // No frame is shorter than 24 bytes: a larger count is damage.
  return frames !== undefined && frames > 0 && frames * 24 <= bytes.length ? frames : undefined;
}

/** Nobody has told: the frames are counted one by one. Whatever is between them is jumped over. */
function walk(bytes: Uint8Array, from: number, first: Frame): number {
  let seconds = 0;
  for (let at = from; at >= 0 && at < bytes.length; ) {
    const frame = frameAt(bytes, at);
    if (frame && alike(frame, first) && at + frame.bytes <= bytes.length) {
      seconds += frame.samples / frame.rate;
      at += frame.bytes;
    } else if (isEnd(bytes, at)) break;
    else at = bytes.indexOf(0xff, at + 1);
  }
  return Math.round(seconds * 1000);
}
