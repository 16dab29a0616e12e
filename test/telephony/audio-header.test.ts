import fc from 'fast-check';
import { expect, test } from 'vitest';
import { audioMs } from '../../src/telephony/simulated/audio-header.ts';
import { bigEndian, bytes, chunk, format, frame, times, wav } from './audio-bytes.ts';

const samples = (length: number) => chunk('data', new Uint8Array(length));
const pcm = format(1, 8_000, 2);
const aiffChunk = (name: string, content: Uint8Array) =>
  bytes(name, bigEndian(content.length), content, new Uint8Array(content.length % 2));
const aiff = (type: string, ...chunks: Uint8Array[]) => {
  const content = bytes(type, ...chunks);
  return bytes('FORM', bigEndian(content.length), content);
};
/** One channel of 16 bits; the rate is a number of ten bytes, 8 kHz unless given. */
const comm = (frames: number, rate: readonly number[] = [0x40, 0x0b, 0xfa, 0x00]) =>
  aiffChunk(
    'COMM',
    bytes(new Uint8Array([0, 1]), bigEndian(frames), new Uint8Array([0, 16, ...rate]), new Uint8Array(6)),
  );
const guid = (code: number) => bytes([22, 2], [16, 2], [4, 4], [code, 2], new Uint8Array(14));

/** MPEG 1 layer III, 128 kbit/s, 44.1 kHz: 417 bytes and 26.12 ms a frame. */
const first = [0xfb, 0x90, 0x00] as const;
const mp3 = frame(first, 417);
const tag = (length: number) =>
  bytes('ID3', new Uint8Array([4, 0, 0, 0, 0, length >> 7, length & 127]), new Uint8Array(length));
const xing = (name: string, frames: number) => frame(first, 417, 36, bytes(name, bigEndian(1), bigEndian(frames)));

test.for<[string, Uint8Array, number]>([
  ['WAV, PCM 16 bit', wav(pcm, samples(16_000)), 1_000],
  ['WAV, PCM stereo 44.1 kHz', wav(format(1, 44_100, 4), samples(176_400)), 1_000],
  ['WAV, A-law', wav(format(6, 8_000, 1), samples(4_000)), 500],
  ['WAV, µ-law', wav(format(7, 8_000, 1), samples(4_000)), 500],
  ['WAV, floating point', wav(format(3, 16_000, 4), samples(64_000)), 1_000],
  ['WAV, extensible PCM', wav(format(0xfffe, 8_000, 2, guid(1)), samples(16_000)), 1_000],
  [
    'WAV, other chunks around',
    wav(chunk('LIST', new Uint8Array(7)), pcm, chunk('fact', new Uint8Array(4)), samples(800)),
    50,
  ],
  ['WAV, data before the format', wav(samples(16_000), pcm), 1_000],
  ['WAV, written to a pipe', wav(pcm, chunk('data', new Uint8Array(16_000), 0xffffffff)), 1_000],
  ['WAV, cut off', wav(pcm, chunk('data', new Uint8Array(8_000), 16_000)), 500],
  ['WAV, no samples', wav(pcm, samples(0)), 0],
  ['AIFF', aiff('AIFF', comm(8_000)), 1_000],
  ['AIFF-C, other chunks around', aiff('AIFC', aiffChunk('FVER', new Uint8Array(3)), comm(12_000)), 1_500],
  ['AIFF of a megabyte that came in part', aiff('AIFF', comm(441_000, [0x40, 0x0e, 0xac, 0x44])), 10_000],
  ['MP3, constant bitrate', times(100, mp3), 2_612],
  ['MP3, one frame', mp3, 26],
  ['MP3, after an ID3 tag', bytes(tag(300), times(100, mp3)), 2_612],
  ['MP3, after two ID3 tags', bytes(tag(300), tag(20), times(100, mp3)), 2_612],
  ['MP3, before an ID3v1 tag', bytes(times(100, mp3), 'TAG', new Uint8Array(125)), 2_612],
  ['MP3, after junk that looks like a frame', bytes(new Uint8Array([0xff, ...first, 1, 2, 3]), times(100, mp3)), 2_612],
  ['MP3, Xing', bytes(xing('Xing', 1_000), times(60, mp3)), 26_122],
  ['MP3, Info', bytes(xing('Info', 1_000), times(60, mp3)), 26_122],
  ['MP3, Xing with an impossible count', bytes(xing('Xing', 0xffffffff), times(99, mp3)), 2_612],
  [
    'MP3, VBRI',
    bytes(frame(first, 417, 36, bytes('VBRI', new Uint8Array(10), bigEndian(1_000))), times(60, mp3)),
    26_122,
  ],
  ['MP3, several bitrates, not told', bytes(times(50, mp3), times(50, frame([0xfb, 0x50, 0], 208))), 2_612],
  ['MP3, MPEG 2 layer III, 64 kbit/s, 22.05 kHz', times(100, frame([0xf3, 0x80, 0], 208)), 2_612],
  ['MP3, MPEG 2.5 layer III, 8 kbit/s, 8 kHz', times(100, frame([0xe3, 0x18, 0xc0], 72)), 7_200],
  ['MP3, MPEG 1 layer II, 192 kbit/s, 48 kHz', times(100, frame([0xfd, 0xa4, 0], 576)), 2_400],
  ['MP3, MPEG 1 layer I, 32 kbit/s, 32 kHz', times(100, frame([0xff, 0x18, 0], 48)), 1_200],
])('%s: %i ms', ([, file, ms]) => {
  expect(audioMs(file)).toEqual({ ms });
});

test.for<[string, number, number]>([
  ['audio/ulaw', 4_000, 500],
  ['AUDIO/ULAW; rate=8000', 12, 1],
  ['audio/gsm', 33 * 50 + 5, 1_000],
  ['audio/x-gsm', 33, 20],
])('%s, of which only the type is known, %i bytes: %i ms', ([type, length, ms]) => {
  expect(audioMs(new Uint8Array(length).fill(0xd5), type)).toEqual({ ms });
});

test('what says what it is is not taken for something else', () => {
  expect(audioMs(wav(pcm, samples(16_000)), 'audio/ulaw')).toEqual({ ms: 1_000 });
});

test.for<[string, Uint8Array]>([
  ['the file is empty', bytes()],
  ['an AIFF file without a format', aiff('AIFF', aiffChunk('SSND', new Uint8Array(8)))],
  ['an AIFF file without a sample rate', aiff('AIFF', comm(8_000, [0, 0, 0, 0]))],
  ['neither WAV nor MP3: it begins with "<html>"', bytes('<html>')],
  ['a WAV file without a format', wav(samples(10))],
  ['a WAV file without samples', wav(pcm)],
  ['a WAV file without a sample rate', wav(format(1, 0, 2), samples(10))],
  ['a WAV file of format 0x31', wav(format(0x31, 8_000, 65), samples(65))],
  ['neither WAV nor MP3: it begins with "ID3........."', tag(5)],
])('%s', ([problem, file]) => {
  expect(audioMs(file)).toEqual({ problem });
});

test('any bytes have a length or a problem', () => {
  const beginnings = fc.constantFrom(bytes(), wav(pcm), bytes('RIFF', [4, 4], 'WAVE'), tag(3), xing('Xing', 7), mp3);
  fc.assert(
    fc.property(beginnings, fc.uint8Array({ maxLength: 200 }), fc.nat({ max: 500 }), (beginning, rest, cut) => {
      const length = audioMs(bytes(beginning, rest).subarray(0, cut));
      expect('ms' in length ? length.ms >= 0 : length.problem !== '').toBe(true);
    }),
  );
});
