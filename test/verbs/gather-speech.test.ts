import { expect, test } from 'vitest';
import type { Script } from '../../src/telephony/simulated/script.ts';
import type { Gather, SpeechInput } from '../../src/verbs/gather.ts';
import { url } from '../call/world.ts';
import { carriedOut, commandedIn } from './calling.ts';

const speech: SpeechInput = { hints: [], language: 'en-US', endMs: 1_000, maxMs: 60_000, profanityFilter: false };

/** The prompt takes 3 s; an application that takes 50 ms has answered the call at 0.05 s. */
const gather = (more: Partial<Gather>): Gather => ({
  verb: 'gather',
  answers: true,
  prompts: [{ type: 'speech', text: 'Please say or press what you would like to do now.' }],
  maxDigits: 4,
  stopKey: '#',
  timeoutMs: 5_000,
  next: url('/done'),
  ...more,
});

type Asked = [at: number, result: object];

test.for<[title: string, Partial<Gather>, Script, Asked | 'Afterwards.']>([
  [
    'speech is told once silence has followed it',
    { keys: false, speech },
    [{ after: 4, say: 'Two please.' }],
    [5.7, { text: 'Two please.', confidence: 1 }],
  ],
  [
    'what is said in pieces is told as one, and as sure as its most doubtful piece',
    { keys: false, speech },
    [
      { after: 4, say: 'Two.', confidence: 0.7 },
      { after: 0.5, say: 'No, three.', confidence: 0.4 },
    ],
    [6.6, { text: 'Two. No, three.', confidence: 0.4 }],
  ],
  [
    'speech during the prompt cuts it',
    { keys: false, speech },
    [{ after: 1, say: 'Two please.' }],
    [2.7, { text: 'Two please.', confidence: 1 }],
  ],
  [
    'without barge-in the prompt is heard to its end',
    { keys: false, speech, bargeIn: false },
    [{ after: 1, say: 'Two please.' }],
    [3.05, { text: 'Two please.', confidence: 1 }],
  ],
  [
    'somebody who goes on speaking is told after the longest time',
    { keys: false, speech: { ...speech, maxMs: 500 } },
    [{ after: 4, say: 'Two hundred.' }],
    [4.5, { text: 'Two hundr', confidence: 1 }],
  ],
  [
    'rude words are masked',
    { keys: false, speech: { ...speech, profanityFilter: true } },
    [{ after: 4, say: 'Damn it.' }],
    [5.5, { text: 'D*** it.', confidence: 1 }],
  ],
  [
    'without a word the application is told',
    { keys: false, speech },
    [],
    [8.05, { digits: '', reason: 'timeout', speech: true, keys: false }],
  ],
  ['without a word execution goes on, if it is to', { keys: false, speech, skipsNothing: true }, [], 'Afterwards.'],
  [
    'keys are not listened for',
    { keys: false, speech, skipsNothing: true },
    [{ after: 4, press: '1#' }],
    'Afterwards.',
  ],
  [
    'keys first: what is said later does not count',
    { speech },
    [
      { after: 4, press: '1' },
      { after: 1, say: 'Two please.' },
    ],
    [9, { digits: '1', reason: 'timeout', speech: true }],
  ],
  [
    'speech first: keys do not count',
    { speech },
    [
      { after: 4, say: 'Two please.' },
      { after: 0.5, press: '1#' },
    ],
    [5.7, { text: 'Two please.', confidence: 1 }],
  ],
  [
    'any of several stop keys ends it',
    { stopKey: '*#' },
    [{ after: 4, press: '12*' }],
    [4.4, { digits: '12', reason: 'stopKey' }],
  ],
  ['a stop key alone is no input', { stopKey: '*#', skipsNothing: true }, [{ after: 4, press: '*' }], 'Afterwards.'],
  [
    'without barge-in keys count once the prompt is over',
    { bargeIn: false },
    [{ after: 1, press: '12#' }],
    [3.05, { digits: '12', reason: 'stopKey' }],
  ],
  [
    'without barge-in silence counts from the end of the prompt',
    { bargeIn: false },
    [{ after: 1, press: '12' }],
    [8.05, { digits: '12', reason: 'timeout' }],
  ],
])('%s', async ([, more, caller, expected]) => {
  const { asked, heard } = await carriedOut([gather(more)], { caller: [...caller, { after: 60, hangUp: true }] });
  if (expected === 'Afterwards.') {
    expect(asked).toEqual([]);
    expect(heard.at(-1)).toMatch(/ Afterwards\.$/);
  } else expect(asked).toEqual([[expected[0], '/done', expected[1]]]);
});

test('what has been understood so far is told each second, and the answers are ignored', async () => {
  const { asked, heard } = await carriedOut(
    [gather({ keys: false, speech: { ...speech, partial: url('/partial') } })],
    {
      caller: [{ after: 4, say: 'I would like to have two tickets to the opera, please.' }],
    },
  );
  expect(asked).toEqual([
    [5, '/partial', { text: 'I would like to h', partial: true }],
    [6, '/partial', { text: 'I would like to have two tickets t', partial: true }],
    [7, '/partial', { text: 'I would like to have two tickets to the opera, plea', partial: true }],
    [8.2, '/done', { text: 'I would like to have two tickets to the opera, please.', confidence: 1 }],
  ]);
  expect(heard).toHaveLength(1);
});

test('what is listened for is told to the network', async () => {
  const { of } = await carriedOut([
    gather({
      speech: { ...speech, hints: ['opera', 'ballet'], model: 'phone_call', partial: url('/partial') },
      prompts: [],
    }),
  ]);
  const commands = of.journal.flatMap(({ output }) => (output?.type === 'commanded' ? [output.command] : []));
  expect(commands.find(({ type }) => type === 'listen')).toMatchObject({
    language: 'en-US',
    endMs: 1_000,
    maxMs: 60_000,
    hints: ['opera', 'ballet'],
    model: 'phone_call',
    partial: true,
  });
});

test.for<[string, number]>([
  ['during the prompt', 1],
  ['while silence is counted', 4],
  ['while speaking', 4.8],
])('a caller who hangs up %s is not told of, and nothing is left', async ([, at]) => {
  const { asked } = await carriedOut([gather({ speech })], {
    caller: at > 4.5 ? [{ after: 4.5, say: 'Two please.' }] : [],
    deeds: { [at]: ({ engine }, [call]) => engine.act(call!, { type: 'act.hangUp' }) },
  });
  expect(asked).toEqual([]);
});

test('another document ends the listening', async () => {
  const { of } = await carriedOut([gather({ speech })], {
    deeds: { 4: ({ engine }, [call]) => engine.act(call!, { type: 'act.redirect', urls: [url('/done')] }) },
  });
  expect(commandedIn(of)).toEqual(['answer', 'listen', 'play', 'stop', 'hangUp']);
});
