import { expect, test } from 'vitest';
import { talking } from '../../src/telephony/bridge.ts';
import type { LegCommand } from '../../src/telephony/leg-command.ts';
import type { AudioLengths } from '../../src/telephony/simulated/audio-lengths.ts';
import type { Phone } from '../../src/telephony/simulated/script.ts';
import { farSide, say } from './far-side.ts';

const answered: Phone = { answers: 0, rings: false };

/** What a leg with this far side tells when it is sent this, from the answer on, for two minutes. */
const told = async (phone: Phone, does: Record<number, LegCommand[]>) => {
  const far = farSide({ phone: { ...answered, ...phone } });
  far.call('phone', does);
  await far.clock.advance(120_000);
  return { told: far.told.slice(1), finished: far.finished };
};

const lengths: Readonly<Record<string, number>> = { '/short.wav': 5, '/one.wav': 1_000, '/empty.wav': 0 };
const audio: AudioLengths = {
  lengthOf: (url, done) => {
    const ms = lengths[url];
    done(ms === undefined ? { code: 'AUDIO_NOT_AVAILABLE', reason: 'the status was 404' } : { ms });
    return { abort: () => {} };
  },
};

test.for<[string, LegCommand & { type: 'play' }, string[]]>([
  ['nothing to play is done at once', { type: 'play', id: 'p', sounds: [] }, ['1 done p']],
  ['loops', { type: 'play', id: 'p', sounds: [{ type: 'audio', url: '/one.wav', loops: 3 }] }, ['4 done p']],
  [
    'a file shorter than a packet takes one',
    { type: 'play', id: 'p', sounds: [{ type: 'audio', url: '/short.wav' }] },
    ['1.02 done p'],
  ],
  [
    'an empty file without end is done',
    { type: 'play', id: 'p', sounds: [{ type: 'audio', url: '/empty.wav', loops: 0 }] },
    ['1 done p'],
  ],
  [
    'a file that is not there is skipped once, whatever its loops',
    { type: 'play', id: 'p', sounds: [{ type: 'audio', url: '/no.wav', loops: 3 }, { type: 'beep' }] },
    ['1 skipped p /no.wav AUDIO_NOT_AVAILABLE the status was 404', '1.5 done p'],
  ],
  [
    'without end, until the call is over',
    { type: 'play', id: 'p', sounds: [{ type: 'audio', url: '/one.wav', loops: 0 }] },
    [],
  ],
])('play: %s', async ([, command, events]) => {
  const far = farSide({ phone: answered }, { audio });
  far.call('phone', { 1: [command] });
  await far.clock.advance(20_000);
  expect(far.told.slice(1)).toEqual(events);
});

test.for<[string, Phone, Record<number, LegCommand[]>, string[]]>([
  ['silence from the start', {}, { 1: [record({ silenceMs: 5_000 })] }, ['6 done r silence 5000 silent']],
  [
    'silence after what was said last',
    {
      script: [
        { after: 2, say: 'Hello there.' },
        { after: 3, press: '1' },
      ],
    },
    { 1: [record({ silenceMs: 4_000 })] },
    ['2 speaking', '2.7 spoke Hello there. 700', '5.7 pressed 1', '9.8 done r silence 8800'],
  ],
  ['the maximum', {}, { 1: [record({ maxMs: 3_000, silenceMs: 5_000 })] }, ['4 done r maximum 3000 silent']],
  ['a stop', {}, { 1: [record({})], 3: [{ type: 'stop', id: 'r' }] }, ['3 stopped r 2000 silent']],
  [
    'the maximum, without what was paused',
    {},
    {
      1: [record({ maxMs: 3_000 })],
      2: [{ type: 'pauseRecording', id: 'r' }],
      7: [{ type: 'resumeRecording', id: 'r' }],
    },
    ['9 done r maximum 3000 silent'],
  ],
  [
    'no silence while it pauses',
    {},
    {
      1: [record({ silenceMs: 2_000 })],
      2: [{ type: 'pauseRecording', id: 'r' }],
      7: [{ type: 'resumeRecording', id: 'r' }],
    },
    ['9 done r silence 3000 silent'],
  ],
])('a recording ends by %s', async ([, phone, does, events]) => {
  expect((await told(phone, does)).told).toEqual(events);
});

function record(more: Partial<LegCommand & { type: 'record' }>): LegCommand {
  return { type: 'record', id: 'r', channels: 1, trim: false, ...more };
}

test('a stream that no application has opened fails at once', async () => {
  const events = (await told({}, { 1: [{ type: 'stream', id: 's', name: 'one' }] })).told;
  expect(events).toEqual(['1 failed s STREAM_NOT_OPEN no application has opened one']);
});

const receive: LegCommand = { type: 'receiveFax', id: 'x', timeoutMs: 10_000 };
const fax: Phone = { fax: { pages: 2 } };

test.for<[string, Phone, Record<number, LegCommand[]>, string[], number]>([
  ['of two pages takes 63 s', fax, { 1: [receive] }, ['64 done x', '64 hungUp farSide normal'], 1],
  ['that nobody sends fails', {}, { 1: [receive] }, ['11 failed x FAX_NOT_RECEIVED no fax tones were heard'], 0],
  ['is waited for', { script: [{ after: 5, fax: { pages: 1 } }] }, { 1: [receive] }, ['38 done x'], 1],
  ['that nobody receives is given up after a minute', fax, {}, ['60 hungUp farSide normal'], 0],
  [
    'that is stopped is not received',
    fax,
    { 1: [receive], 9: [{ type: 'stop', id: 'x' }] },
    ['9 stopped x', '9 hungUp farSide normal'],
    0,
  ],
  ['of a call that ends is not received', fax, { 1: [receive], 9: [{ type: 'hangUp' }] }, ['9 hungUp us normal'], 0],
])('a fax %s', async ([, phone, does, events, received]) => {
  const { told: all, finished } = await told(phone, does);
  expect(all).toEqual(events);
  expect(finished.filter(({ type }) => type === 'fax')).toHaveLength(received);
});

test('keys and words go through a bridge, and an answer comes back', async () => {
  const far = farSide({
    one: {
      answers: 0,
      rings: false,
      script: [
        { after: 2, say: 'What is the code?' },
        { hears: '42', hangUp: true },
      ],
    },
    other: { answers: 0, rings: false, script: [{ heard: 'the code', press: '4' }, { say: 'and 42' }] },
  });
  const one = far.call('one');
  const other = far.call('other');
  await far.clock.advance(1_000);
  const bridge = far.network.openBridge('b');
  bridge.enter(one, talking);
  bridge.enter(other, talking);
  await far.clock.advance(10_000);
  expect(far.told.filter((event) => !event.endsWith('answered'))).toEqual([
    '2 speaking',
    '3 spoke What is the code? 1000',
    '3 leg-2 pressed 4',
    '3.2 leg-2 speaking',
    '3.2 hungUp farSide normal',
    '3.7 leg-2 spoke and 42 500',
  ]);
});

test('a leg that enters another bridge has left the first', async () => {
  const quiet: Phone = { answers: 0, script: [{ hears: 'everybody', press: '1' }] };
  const far = farSide({ quiet });
  const leg = far.call('quiet');
  await far.clock.advance(1_000);
  const [first, second] = [far.network.openBridge('b1'), far.network.openBridge('b2')];
  first.enter(leg, talking);
  second.enter(leg, talking);
  first.play([{ type: 'speech', text: 'Hello everybody.' }]);
  await far.clock.advance(5_000);
  expect(far.told).toEqual(['0 ringing', '0 answered']);
});

test('two plays at once are both heard', async () => {
  const events = (
    await told(
      { script: [{ heard: 'music' }, { heard: 'announcement', press: '1' }] },
      {
        1: [say('Some long music that goes on and on.', 'a'), say('An announcement.', 'b')],
        1.1: [say('music', 'c')],
      },
    )
  ).told;
  expect(events).toEqual(['1.6 done c', '2 done b', '2 pressed 1', '3.2 done a']);
});
