import { expect, test } from 'vitest';
import { held, type Role, talking } from '../../src/telephony/bridge.ts';
import { frameOf, toAlaw } from '../../src/telephony/simulated/stream-audio.ts';
import type { AudioStream, FromServer, StreamListener, StreamServers, ToServer } from '../../src/telephony/streams.ts';
import { farSide } from '../telephony/far-side.ts';

const stream: AudioStream = {
  id: 's',
  conference: 'c',
  project: 'demo',
  dialect: 'none',
  url: 'wss://ears.example/live',
  track: 'both',
  codec: 'PCMU@8000h',
  realtime: false,
  bothWays: false,
  parameters: {},
};

/** A bridge, telephones by what they do, and servers that take every stream at once. */
function bridged(scripts: readonly (readonly object[])[], roles: readonly Role[] = []) {
  const sent = new Map<string, { at: number; message: ToServer }[]>();
  const listeners = new Map<string, StreamListener>();
  const servers: StreamServers = {
    open: ({ id }, listener) => {
      listeners.set(id, listener);
      far.clock.setTimeout(() => listener.opened(), 0);
      const send = (message: ToServer) => {
        sent.set(id, [...(sent.get(id) ?? []), { at: far.clock.now(), message }]);
      };
      return { wantsAudio: true, send, close: () => {} };
    },
  };
  const phones = Object.fromEntries(
    scripts.map((script, index) => [`phone-${index}`, { answers: 0, rings: false, script: script as never }]),
  );
  const far = farSide(phones, { servers });
  const told: string[] = [];
  const bridge = far.network.openBridge('b', ({ type, id }) => told.push(`${far.clock.now()} ${type} ${id}`));
  const legs = scripts.map((_, index) => far.call(`phone-${index}`));
  far.clock.setTimeout(() => {
    for (const [index, leg] of legs.entries()) bridge.enter(leg, roles[index] ?? talking);
  }, 100);
  const at = (ms: number, act: () => void) => far.clock.setTimeout(act, ms);
  const says = (id: string, ...messages: FromServer[]) => {
    for (const message of messages) listeners.get(id)?.heard(message);
  };
  /** When the server of a stream hears something of a side: the beginning of each piece, by the clock of the test. */
  const heard = (id: string, track: string) =>
    (sent.get(id) ?? []).flatMap(({ at, message }) =>
      message.type === 'media' && message.track === track && new Set(message.audio).size > 1 ? [at - 20] : [],
    );
  return { far, bridge, legs, told, at, says, heard, sent, closes: (id: string) => listeners.get(id)?.closed() };
}

const audio = (ms: number): FromServer => ({ type: 'media', audio: new Uint8Array(ms * 8) });
const span = (pieces: readonly number[]) => [pieces[0], pieces.length * 20];

test('the server hears what is said to all, by whomever, and apart from that what is played to all', async () => {
  const { far, bridge, at, heard, told } = bridged(
    [[{ after: 1, say: 'hello' }], [{ after: 2, say: 'hello' }], [{ after: 3, say: 'hello' }]],
    [talking, talking, { speaksTo: ['leg-1'], hears: 'all' }],
  );
  at(500, () => bridge.openStream(stream));
  at(5_000, () => bridge.play([{ type: 'beep' }]));
  await far.clock.advance(7_000);
  const received = heard('s', 'received');
  // Somebody says it for half a second, until the moment at which it is known.
  expect([span(received.slice(0, 25)), span(received.slice(25)), span(heard('s', 'sent'))]).toEqual([
    [1_000, 500],
    [2_000, 500],
    [5_000, 500],
  ]);
  expect(told).toEqual(['500 bridge.forked s']);
});

test('two who speak at once are mixed', () => {
  const noise = (kind: 'speech' | 'audio') => ({
    channel: 0 as const,
    sound: { kind, text: '', ms: 1_000 },
    began: 0,
    ended: undefined,
  });
  const samples = (...kinds: ('speech' | 'audio')[]) => {
    const bytes = frameOf(kinds.map(noise), 100, 'L16@16000h');
    return new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
  };
  const [speech, music, both] = [samples('speech'), samples('audio'), samples('speech', 'audio')];
  for (const [n, sample] of both.entries()) expect(Math.abs(sample - speech[n]! - music[n]!)).toBeLessThanOrEqual(1);
  expect(Math.max(...both)).toBeGreaterThan(Math.max(...speech));
});

test('who begins while somebody speaks hears the rest, and who is muted meanwhile is not heard any more', async () => {
  const { far, bridge, legs, at, heard } = bridged([[{ after: 1, say: 'Is anybody there at all?' }], []]);
  at(1_500, () => bridge.openStream(stream));
  at(2_000, () => bridge.setRole(legs[0]!, { speaksTo: 'none', hears: 'all' }));
  await far.clock.advance(5_000);
  expect(span(heard('s', 'received'))).toEqual([1_500, 500]);
});

test('what the server says is heard by all who hear everybody, by other servers, and is recorded', async () => {
  const deaf: Role = { speaksTo: 'all', hears: ['leg-1'] };
  const scripts = [1, 2, 3, 4].map((key) => [{ heard: 'stream', press: String(key) }]);
  const { far, bridge, legs, at, says, heard, closes, told } = bridged(scripts, [talking, talking, deaf, held]);
  at(500, () => {
    bridge.openStream({ ...stream, track: 'received', bothWays: true });
    bridge.openStream({ ...stream, id: 'other', track: 'received' });
    bridge.record({ id: 'r', trim: true });
  });
  at(600, () => bridge.leave(legs[1]!));
  at(1_000, () => says('s', audio(400), audio(1_600)));
  at(2_000, () => bridge.enter(legs[1]!, talking));
  at(5_000, () => {
    says('s', audio(10_000));
    bridge.setRole(legs[0]!, held);
  });
  at(6_000, () => closes('s'));
  at(8_000, () => bridge.close());
  await far.clock.advance(10_000);
  expect(far.told.filter((line) => line.includes('pressed'))).toEqual(['3 pressed 1', '3 leg-2 pressed 2']);
  const others = heard('other', 'received');
  // The two of them press their keys when it has been said.
  expect([span(others.slice(0, 100)), heard('s', 'received').length]).toEqual([[1_000, 2_000], 5]);
  expect(others.filter((from) => from >= 5_000)).toHaveLength(50);
  expect(far.finished).toMatchObject([{ type: 'recording', id: 'r', audio: { ms: 5_000, silent: false } }]);
  expect(told).toEqual(['500 bridge.forked s', '500 bridge.forked other', '6000 bridge.done s']);
});

test('keys that the server sends are heard by all, those that people press are heard and not told', async () => {
  const { far, bridge, at, says, sent, heard } = bridged([[{ after: 3, press: '7' }], [{ heard: '12', press: '9' }]]);
  at(500, () => bridge.openStream({ ...stream, track: 'received', bothWays: true }));
  at(1_000, () => says('s', { type: 'press', digits: '12' }));
  await far.clock.advance(5_000);
  expect(far.told.filter((line) => line.includes('pressed'))).toHaveLength(2);
  expect(heard('s', 'received').length).toBe(10);
  expect(sent.get('s')?.filter(({ message }) => message.type === 'pressed')).toEqual([]);
});

test('marks come back although nobody is there to hear what is before them', async () => {
  const { far, bridge, at, says, sent } = bridged([]);
  at(500, () => bridge.openStream({ ...stream, track: 'received', bothWays: true }));
  at(1_000, () => says('s', audio(400), { type: 'mark', name: 'a' }, audio(5_000), { type: 'mark', name: 'b' }));
  at(2_000, () => says('s', { type: 'clear' }));
  at(3_000, () => bridge.stopStream('s'));
  await far.clock.advance(4_000);
  const marks = sent.get('s')?.flatMap(({ at, message }) => (message.type === 'mark' ? [`${at} ${message.name}`] : []));
  expect(marks).toEqual(['1400 a', '2000 b']);
  expect(sent.get('s')?.at(-1)).toEqual({ at: 3_000, message: { type: 'end' } });
  expect(far.clock.pending).toBe(0);
});

test.for([
  [0, 0xd5],
  [-1, 0x55],
  [8, 0xd5],
  [-8, 0x55],
  [16, 0xd4],
  [1000, 0xfa],
  [-1000, 0x7a],
  [32_767, 0xaa],
  [-32_768, 0x2a],
])('%d is %d in A-law', ([sample, coded]) => {
  expect(toAlaw(sample!)).toBe(coded);
});
