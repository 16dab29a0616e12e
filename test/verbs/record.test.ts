import { expect, test } from 'vitest';
import type { Script } from '../../src/telephony/simulated/script.ts';
import type { RecordAudio } from '../../src/verbs/record.ts';
import { url } from '../call/world.ts';
import { carriedOut } from './calling.ts';

const record = (more: Partial<RecordAudio> = {}): RecordAudio => ({
  verb: 'record',
  answers: true,
  beep: false,
  stopKeys: '#*',
  silenceMs: 5_000,
  maxMs: 20_000,
  trim: true,
  transcribe: false,
  next: url('/done'),
  ...more,
});

const message: Script = [{ after: 2, say: 'Call me back.' }];
const hangsUp: Script = [...message, { after: 1, hangUp: true }];

test.for<[title: string, Partial<RecordAudio>, Script, [at: number, result: object][]]>([
  ['silence', {}, message, [[7.8, { ms: 7_750, trimmedMs: 800 }]]],
  ['no silence when it is 0', { silenceMs: 0 }, message, [[20.05, { ms: 20_000, trimmedMs: 800 }]]],
  [
    'one of the keys',
    {},
    [...message, { after: 1, press: '1*' }],
    [[4, { ms: 3_950, trimmedMs: 1_900, stopKey: '*' }]],
  ],
  ['the maximum', { maxMs: 3_000 }, message, [[3.05, { ms: 3_000, trimmedMs: 800 }]]],
  ['nothing but silence', {}, [], [[5.05, { ms: 5_000, trimmedMs: 0, silent: true }]]],
  ['the end of the call, of which nobody is told', {}, hangsUp, []],
  [
    'the end of the call, of which the application is told',
    { tellsEnd: true },
    hangsUp,
    [[3.8, { ms: 3_750, trimmedMs: 800, ended: true }]],
  ],
  [
    'the end of the call before anything was said',
    { tellsEnd: true },
    [{ after: 1, hangUp: true }],
    [[1, { ms: 950, trimmedMs: 0, silent: true, ended: true }]],
  ],
  [
    'the end of the call during the beep',
    { tellsEnd: true, beep: true },
    [{ after: 0.2, hangUp: true }],
    [[0.2, { recording: '', ms: 0, silent: true, ended: true }]],
  ],
])('a recording is ended by %s', async ([, more, caller, expected]) => {
  const { of, asked } = await carriedOut([record(more)], { caller });
  const began = of.journal.flatMap(({ output }) => (output?.type === 'recording.began' ? [output.record.id] : []));
  expect(asked).toEqual(expected.map(([at, result]) => [at, '/done', { recording: began[0], ...result }]));
});

test('who hears of which of its states is in its record', async () => {
  const { of } = await carriedOut([record({ events: ['began', 'empty'] })], {
    caller: message,
  });
  const records = of.journal.flatMap(({ output }) =>
    output?.type === 'recording.began' || output?.type === 'recording.ended' ? [output.record] : [],
  );
  const asWanted = { events: ['began', 'empty'] };
  expect(records).toMatchObject([
    { state: 'pending', ...asWanted },
    { state: 'succeeded', ms: 800, ...asWanted },
  ]);
});
