import { expect, test } from 'vitest';
import type { Phone } from '../../src/telephony/simulated/script.ts';
import type { Instruction } from '../../src/verbs/index.ts';
import type { MachineDetection } from '../../src/verbs/verb.ts';
import { program, say, url, type World } from '../call/world.ts';
import { carriedOut, one, us } from './calling.ts';

const detection: MachineDetection = {
  until: 'answer',
  when: 'before',
  timeoutMs: 30_000,
  speechMs: 2_400,
  speechEndMs: 1_200,
  silenceMs: 5_000,
  words: 6,
};

const person: Phone = { answers: 1, script: [{ after: 0.5, say: 'Hello?' }] };
const machine: Phone = { answers: 1, machine: { greeting: 'Nobody is here to take your call right now.', beep: true } };

/** What was found out about who has answered, and when. */
const recognized = ({ journal }: World): string[] =>
  journal.flatMap(({ at, output }) =>
    output?.type === 'call.recognized'
      ? [`${(at - journal[0]!.at) / 1000} ${output.record.answeredBy?.kind}${output.interim ? ' so far' : ''}`]
      : [],
  );

const seconds = (of: World, type: string): number[] =>
  of.journal.flatMap(({ at, input, output }) =>
    (input ?? output)!.type === type ? [(at - of.journal[0]!.at) / 1000] : [],
  );

test.for<[title: string, Partial<MachineDetection>, Phone, recognized: string[], asked: number]>([
  ['a person', {}, person, ['3.2 human'], 3.2],
  ['a machine', {}, machine, ['3.022 machine'], 3.022],
  ['a machine that has said all it says', { until: 'greeting' }, machine, ['4.1 machineEndBeep'], 4.1],
  [
    'a machine, and what is thought meanwhile',
    { until: 'greeting', partialResults: true },
    machine,
    ['3.022 machine so far', '4.1 machineEndBeep'],
    4.1,
  ],
  ['nobody knows who', {}, { answers: 1 }, ['6 unknown'], 6],
  ['beside: a person', { when: 'beside' }, person, ['3.2 human'], 1],
  ['beside: a machine', { when: 'beside' }, machine, ['3.022 machine'], 1],
])('an outgoing call finds out who has answered: %s', async ([, more, phone, found, asked]) => {
  const { of } = await carriedOut([{ verb: 'play', answers: true, sounds: [{ type: 'silence', ms: 8_000 }] }], {
    outgoing: { machineDetection: { ...detection, ...more } },
    phones: { [one]: phone },
  });
  expect(recognized(of)).toEqual(found);
  expect(seconds(of, 'handler.asked')).toEqual([asked]);
});

test('who has answered is in the record from then on', async () => {
  const { of } = await carriedOut([], { outgoing: { machineDetection: detection }, phones: { [one]: person } });
  const last = of.journal.flatMap(({ output }) => (output?.type === 'call.changed' ? [output.record] : [])).at(-1);
  expect(last).toMatchObject({ state: 'completed', answeredBy: { kind: 'human', ms: 2_200 } });
});

test('keys are sent before who has answered is found out, and before the application is asked', async () => {
  const { of } = await carriedOut([], {
    outgoing: { sendDigits: 'w1W2', machineDetection: { ...detection, silenceMs: 2_000 } },
    phones: { [one]: { answers: 1 } },
  });
  expect(recognized(of)).toEqual(['4.9 unknown']);
  expect(seconds(of, 'handler.asked')).toEqual([4.9]);
});

test.for<[title: string, Phone, at: number, deed: 'hangUp' | 'none', states: string[]]>([
  ['the far side hangs up', { ...person, hangsUp: 1 }, 9, 'none', ['completed']],
  ['the API hangs up', person, 2, 'hangUp', ['completed']],
  ['nobody answers', { answers: false }, 9, 'none', ['notAnswered']],
])('meanwhile %s: the application is not asked', async ([, phone, at, deed, states]) => {
  const { of } = await carriedOut([], {
    outgoing: { ringMs: 5_000, machineDetection: detection, sendDigits: '1' },
    phones: { [one]: phone },
    deeds: { [at]: ({ engine }, [call]) => void (deed === 'hangUp' && engine.act(call!, { type: 'act.hangUp' })) },
  });
  expect(seconds(of, 'handler.asked')).toEqual([]);
  const ends = of.journal.flatMap(({ output }) =>
    output?.type === 'call.changed' && output.record.endTime !== undefined ? [output.state] : [],
  );
  expect(ends).toEqual(states);
});

test('another document from outside is the first one then', async () => {
  const { of, heard } = await carriedOut([say('Never said.')], {
    outgoing: { ringMs: 2_000, machineDetection: detection },
    phones: { [one]: person },
    deeds: { 2: ({ engine }, [call]) => engine.act(call!, { type: 'act.replace', program: program(say('Instead.')) }) },
  });
  expect(heard).toEqual(['3.2 Instead.']);
  expect(seconds(of, 'handler.asked')).toEqual([]);
});

test.for<[when: MachineDetection['when'], joined: number]>([
  ['before', 2.25],
  ['beside', 0.05],
])('who was dialled is joined, %s: after %s s of its answer', async ([when, after]) => {
  const dial: Instruction = {
    verb: 'dial',
    answers: true,
    targets: [{ to: one, transport: 'PSTN', machineDetection: { ...detection, when } }],
    strategy: 'simultaneous',
    ringMs: 2_000,
    maxMs: 20_000,
    next: url('/done'),
  };
  const { of } = await carriedOut([dial], { phones: { [one]: { ...person, hangsUp: 5 } } });
  expect(recognized(of)).toEqual(['3.25 human']);
  expect(seconds(of, 'bridge.entered')[0]).toBe(1 + after);
});

test('a call lasts no longer than it may once it is answered', async () => {
  const { of } = await carriedOut([{ verb: 'play', answers: true, sounds: [{ type: 'silence', ms: 60_000 }] }], {
    outgoing: { maxMs: 5_000 },
    phones: { [one]: { answers: 2 } },
  });
  const last = of.journal.flatMap(({ output }) => (output?.type === 'call.changed' ? [output.record] : [])).at(-1)!;
  expect(last).toMatchObject({ state: 'completed', endedBy: 'us', to: one, from: us });
  expect(last.endTime! - last.answerTime!).toBe(5_000);
});

test('figures of an answered call are in its record', async () => {
  const statistics = { meanOpinionScore: 4.1, lostPackets: 3 };
  const { of } = await carriedOut([], { outgoing: {}, phones: { [one]: { answers: 1, statistics } } });
  const last = of.journal.flatMap(({ output }) => (output?.type === 'call.changed' ? [output.record] : [])).at(-1);
  expect(last?.statistics).toEqual(statistics);
});
