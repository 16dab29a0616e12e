import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { talking } from '../../src/telephony/bridge.ts';
import type { LegCommand } from '../../src/telephony/leg-command.ts';
import { audioMs } from '../../src/telephony/simulated/audio-header.ts';
import { type RecordingStore, recordingsIn } from '../../src/telephony/simulated/recording-store.ts';
import type { Script } from '../../src/telephony/simulated/script.ts';
import { farSide, say } from './far-side.ts';

const folder = mkdtempSync(join(tmpdir(), 'recordings-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Says something from 2 s to 3 s, and presses 5 at 4 s. */
const script: Script = [
  { after: 2, say: 'Good morning, all' },
  { after: 1, press: '5' },
];

const recorded = async (
  does: Record<number, LegCommand[]>,
  recordings: RecordingStore = recordingsIn(folder),
  ms = 10_000,
) => {
  const far = farSide({ phone: { answers: 0, rings: false, script } }, { recordings });
  far.call('phone', does);
  await far.clock.advance(ms);
  return far.finished;
};

const record = (more: Partial<LegCommand & { type: 'record' }> = {}): LegCommand => ({
  type: 'record',
  id: 'r',
  channels: 1,
  trim: false,
  maxMs: 6_000,
  ...more,
});

/** How strong one frequency is, from this second to that one, on one channel: about 1 for a tone that is there. */
function strength(file: string, hz: number, [from, to]: [number, number], channel = 0): number {
  const bytes = readFileSync(file);
  const channels = bytes.readUInt16LE(22);
  let [sine, cosine] = [0, 0];
  for (let n = from * 8_000; n < to * 8_000; n++) {
    const sample = bytes.readInt16LE(44 + (n * channels + channel) * 2) / 6_000;
    sine += sample * Math.sin((2 * Math.PI * hz * n) / 8_000);
    cosine += sample * Math.cos((2 * Math.PI * hz * n) / 8_000);
  }
  return Math.round(((2 * Math.hypot(sine, cosine)) / ((to - from) * 8_000)) * 10) / 10;
}

test('a recording is a WAV file with what was heard at its time', async () => {
  const finished = await recorded({ 0: [record()] });
  const file = join(folder, 'r.wav');
  const utterances = [{ channel: 0, offsetMs: 2_000, ms: 1_000, text: 'Good morning, all' }];
  expect(finished).toEqual([
    { type: 'recording', id: 'r', audio: { ms: 6_000, channels: 1, silent: false, utterances, bytes: 96_044, file } },
  ]);
  expect(readdirSync(folder)).toEqual(['r.wav']);
  expect(audioMs(readFileSync(file))).toEqual({ ms: 6_000 });
  expect(readFileSync(file).length).toBe(96_044);
  expect(strength(file, 440, [0, 2])).toBe(0);
  expect(strength(file, 440, [2, 3])).toBe(1);
  expect(strength(file, 440, [3, 4])).toBe(0);
  expect(strength(file, 770, [4, 4.1])).toBe(1);
  expect(strength(file, 1_336, [4, 4.1])).toBe(1);
  expect(strength(file, 697, [4, 4.1])).toBe(0);
  expect(strength(file, 770, [4.1, 6])).toBe(0);
});

test('silence at both ends is trimmed', async () => {
  const finished = await recorded({ 0: [record({ trim: true })] });
  const utterances = [{ channel: 0, offsetMs: 0, ms: 1_000, text: 'Good morning, all' }];
  expect(finished).toMatchObject([{ audio: { ms: 2_100, silent: false, utterances, bytes: 44 + 2_100 * 16 } }]);
  expect(strength(join(folder, 'r.wav'), 440, [0, 1])).toBe(1);
  expect(strength(join(folder, 'r.wav'), 770, [2, 2.1])).toBe(1);
});

test('what was paused is cut out', async () => {
  const finished = await recorded({
    0: [record()],
    2.5: [{ type: 'pauseRecording', id: 'r' }],
    3.5: [{ type: 'resumeRecording', id: 'r' }],
  });
  const utterances = [{ channel: 0, offsetMs: 2_000, ms: 500, text: 'Good morning, all' }];
  expect(finished).toMatchObject([{ audio: { ms: 6_000, utterances } }]);
  expect(strength(join(folder, 'r.wav'), 440, [2, 2.5])).toBe(1);
  expect(strength(join(folder, 'r.wav'), 440, [2.5, 3])).toBe(0);
  expect(strength(join(folder, 'r.wav'), 770, [3, 3.1])).toBe(1);
});

test('what was silenced is silence', async () => {
  const finished = await recorded({
    0: [record()],
    2.5: [{ type: 'pauseRecording', id: 'r', silence: true }],
    3.5: [{ type: 'resumeRecording', id: 'r' }],
  });
  const utterances = [{ channel: 0, offsetMs: 2_000, ms: 500, text: 'Good morning, all' }];
  expect(finished).toMatchObject([{ audio: { ms: 6_000, utterances } }]);
  expect(strength(join(folder, 'r.wav'), 440, [2, 2.5])).toBe(1);
  expect(strength(join(folder, 'r.wav'), 440, [2.5, 3.5])).toBe(0);
  expect(strength(join(folder, 'r.wav'), 770, [4, 4.1])).toBe(1);
});

test('of what was going on when it began, the rest is recorded', async () => {
  const finished = await recorded({ 2.5: [record({ maxMs: 1_000 })] });
  const utterances = [{ channel: 0, offsetMs: 0, ms: 500, text: 'Good morning, all' }];
  expect(finished).toMatchObject([{ audio: { ms: 1_000, utterances } }]);
  expect(strength(join(folder, 'r.wav'), 440, [0, 0.5])).toBe(1);
});

test('the second channel is what the party hears', async () => {
  const finished = await recorded({
    0: [record({ channels: 2 })],
    1: [say('This is a menu...')],
    5: [{ type: 'sendDigits', id: 'd', digits: '1w9' }],
  });
  const file = join(folder, 'r.wav');
  expect(finished).toMatchObject([
    {
      audio: {
        ms: 6_000,
        channels: 2,
        bytes: 192_044,
        utterances: [
          { channel: 1, offsetMs: 1_000, ms: 1_000, text: 'This is a menu...' },
          { channel: 0, offsetMs: 2_000, ms: 1_000, text: 'Good morning, all' },
        ],
      },
    },
  ]);
  expect(audioMs(readFileSync(file))).toEqual({ ms: 6_000 });
  expect([strength(file, 440, [1, 2], 0), strength(file, 440, [1, 2], 1)]).toEqual([0, 1]);
  expect([strength(file, 440, [2, 3], 0), strength(file, 440, [2, 3], 1)]).toEqual([1, 0]);
  expect([strength(file, 697, [5, 5.1], 1), strength(file, 852, [5.7, 5.8], 1)]).toEqual([1, 1]);
  expect(strength(file, 697, [5.1, 5.7], 1)).toBe(0);
});

test('in a bridge, each is a channel', async () => {
  const far = farSide({
    one: { answers: 0, script: [{ after: 1, say: 'How are you?' }] },
    other: { answers: 0, script: [{ heard: 'how are you', say: 'Fine, thank you.' }] },
  });
  const [one, other] = [far.call('one'), far.call('other')];
  await far.clock.advance(500);
  const bridge = far.network.openBridge('b');
  for (const leg of [one, other]) bridge.enter(leg, talking);
  one.send(record({ channels: 2, maxMs: 5_000 }));
  await far.clock.advance(10_000);
  expect(far.finished).toMatchObject([
    {
      audio: {
        utterances: [
          { channel: 0, offsetMs: 500, ms: 700, text: 'How are you?' },
          { channel: 1, offsetMs: 1_200, ms: 1_000, text: 'Fine, thank you.' },
        ],
      },
    },
  ]);
});

test('silence is not kept', async () => {
  const finished = await recorded({ 0: [record({ maxMs: 1_500, id: 'silent' })] });
  const audio = { ms: 1_500, channels: 1, silent: true, utterances: [] };
  expect(finished).toEqual([{ type: 'recording', id: 'silent', audio }]);
  expect(readdirSync(folder)).toEqual(['r.wav']);
});

test('a store that keeps nothing has no sample made', async () => {
  const asked: number[] = [];
  const finished = await recorded(
    { 0: [record()] },
    { keep: (_id, _makeWav, bytes) => void asked.push(bytes), discard: () => {} },
  );
  expect(finished).toMatchObject([{ audio: { ms: 6_000, bytes: 96_044 } }]);
  expect(asked).toEqual([96_044]);
});

test('a recording that cannot be kept has failed, and leaves nothing behind', async () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  const finished = await recorded({ 0: [record()] }, recordingsIn(join(file, 'below')));
  expect(finished).toEqual([
    {
      type: 'recordingFailed',
      id: 'r',
      reason: expect.stringMatching(/^the audio could not be kept: .*(ENOTDIR|EEXIST)/),
    },
  ]);
  rmSync(file);
  expect(readdirSync(folder)).toEqual(['r.wav']);
});

test('a recording that is discarded leaves nothing behind, neither whole nor half', async () => {
  await recorded({ 0: [record({ id: 'gone' })] });
  writeFileSync(join(folder, 'gone.wav.part'), 'half');
  const recordings = recordingsIn(folder);
  for (const id of ['gone', 'never there']) recordings.discard(id);
  expect(readdirSync(folder)).toEqual(['r.wav']);
});

test('a recording dies with the network', async () => {
  const far = farSide({ phone: { answers: 0 } });
  far.call('phone', { 1: [record()] });
  await far.clock.advance(2_000);
  far.network.fail();
  await far.clock.run();
  expect(far.finished).toEqual([{ type: 'recordingFailed', id: 'r', reason: 'the telephone network failed' }]);
});

test('an id is never a path', async () => {
  await recorded({ 0: [record({ id: '../out' })] });
  expect(readdirSync(folder)).toContain('..%2Fout.wav');
});
