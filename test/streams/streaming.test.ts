import { expect, test } from 'vitest';
import type { LegCommand } from '../../src/telephony/leg-command.ts';
import { toMulaw } from '../../src/telephony/simulated/stream-audio.ts';
import type { AudioStream, FromServer, StreamListener, StreamServers, ToServer } from '../../src/telephony/streams.ts';
import { farSide, say } from '../telephony/far-side.ts';

const stream: LegCommand & { type: 'openStream' } = {
  type: 'openStream',
  id: 's',
  call: 'c',
  project: 'demo',
  dialect: 'none',
  url: 'wss://ears.example/live',
  track: 'both',
  codec: 'PCMU@8000h',
  realtime: false,
  bothWays: false,
  parameters: {},
};

/** A server that takes every stream at once, and the network whose legs stream to it. */
function listening(script: readonly object[]) {
  const heard: ToServer[] = [];
  const at: number[] = [];
  let listener: StreamListener | undefined;
  const servers: StreamServers = {
    open: (_: AudioStream, one) => {
      listener = one;
      far.clock.setTimeout(() => one.opened(), 0);
      const send = (message: ToServer) => {
        heard.push(message);
        at.push(far.clock.now());
      };
      return { wantsAudio: true, send, close: () => {} };
    },
  };
  const far = farSide({ phone: { answers: 0, rings: false, script: script as never } }, { servers });
  const says = (...messages: FromServer[]) => {
    for (const message of messages) listener?.heard(message);
  };
  return { far, heard, at, says };
}

const loudness = (audio: Uint8Array) => new Set(audio).size;

test('the server hears of each side, every 20 ms, a tone while something sounds and silence otherwise', async () => {
  const { far, heard } = listening([{ after: 1, say: 'hello' }]);
  far.call('phone', { 0.5: [stream], 2: [say('Good morning to you.')] });
  await far.clock.advance(4_000);
  const sounds = (track: string) =>
    heard.flatMap((one) => (one.type === 'media' && one.track === track && loudness(one.audio) > 1 ? [one.ms] : []));
  expect([sounds('received')[0], sounds('received').length]).toEqual([500, 25]);
  expect([sounds('sent')[0], sounds('sent').length]).toEqual([1_500, 60]);
  const received = heard.filter((one) => one.type === 'media' && one.track === 'received');
  expect(received.map((one) => one.type === 'media' && [one.chunk, one.ms, one.audio.length])).toEqual(
    received.map((_, n) => [n + 1, n * 20, 160]),
  );
  expect(received.length).toBe(175);
});

test('keys are told, unless they are kept from everybody', async () => {
  const { far, heard } = listening([
    { after: 1, press: '12' },
    { after: 1, press: '34' },
    { after: 1, press: '5' },
  ]);
  far.call('phone', { 0: [stream], 2: [{ type: 'conceal', on: true }], 3: [{ type: 'conceal', on: false }] });
  await far.clock.advance(6_000);
  const keys = heard.flatMap((one) => (one.type === 'pressed' ? [one.digit] : []));
  expect(keys).toEqual(['1', '2', '5']);
  const between = heard.filter(
    (one) => one.type === 'media' && one.track === 'received' && one.ms >= 2_000 && one.ms < 3_000,
  );
  expect(between.every((one) => one.type === 'media' && loudness(one.audio) === 1)).toBe(true);
  expect(
    far.told
      .filter((line) => line.includes('pressed'))
      .map((line) => line.slice(-1))
      .join(''),
  ).toBe('12345');
});

test('what a two-way server sends is played one piece after the other, marks come back in their turn', async () => {
  const { far, heard, at, says } = listening([]);
  far.call('phone', { 0: [{ ...stream, track: 'received', bothWays: true }] });
  const audio = (ms: number): FromServer => ({ type: 'media', audio: new Uint8Array(ms * 8) });
  const mark = (name: string): FromServer => ({ type: 'mark', name });
  far.clock.setTimeout(() => says(mark('nothing'), audio(400), mark('a'), audio(600), mark('b')), 1_000);
  far.clock.setTimeout(() => says(audio(1_000), mark('c'), audio(1_000), mark('d')), 3_000);
  far.clock.setTimeout(() => says({ type: 'clear' }, mark('e'), audio(100), mark('f')), 4_500);
  await far.clock.advance(6_000);
  const marks = heard.flatMap((one, n) => (one.type === 'mark' ? [`${at[n]} ${one.name}`] : []));
  expect(marks).toEqual(['1000 nothing', '1400 a', '2000 b', '4000 c', '4500 d', '4500 e', '4600 f']);
});

test('a one-way server is not listened to', async () => {
  const { far, heard, says } = listening([]);
  far.call('phone', { 0: [stream] });
  far.clock.setTimeout(() => says({ type: 'mark', name: 'a' }, { type: 'clear' }), 1_000);
  await far.clock.advance(2_000);
  expect(heard.filter(({ type }) => type === 'mark')).toEqual([]);
});

test('nothing is sent once a stream is stopped, and its end is told once', async () => {
  const { far, heard } = listening([]);
  far.call('phone', { 0: [stream], 1: [{ type: 'stop', id: 's' }] });
  await far.clock.advance(5_000);
  expect(heard.at(-1)).toEqual({ type: 'end' });
  expect(heard.filter(({ type }) => type === 'end').length).toBe(1);
  expect(far.told.filter((line) => line.includes(' s'))).toEqual(['0 forked s', '1 stopped s']);
  expect(far.clock.pending).toBe(0);
});

test.for([
  [0, 0xff],
  [-1, 0x7f],
  [8, 0xfe],
  [-8, 0x7e],
  [1000, 0xce],
  [-1000, 0x4e],
  [32_767, 0x80],
  [-32_768, 0x00],
])('%d is %d in µ-law', ([sample, coded]) => {
  expect(toMulaw(sample!)).toBe(coded);
});
