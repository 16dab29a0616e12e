import { describe, expect, test } from 'vitest';
import type { Phone } from '../../src/telephony/simulated/script.ts';
import type { Dial, DialTarget } from '../../src/verbs/dial.ts';
import { program, say, url, type World } from '../call/world.ts';
import { carriedOut, commandedIn, type Deeds, one, other, problemsIn, type Story } from './calling.ts';

const target = (to: string, more: Partial<DialTarget> = {}): DialTarget => ({ to, transport: 'PSTN', ...more });

const dial = (more: Partial<Dial> = {}): Dial => ({
  verb: 'dial',
  answers: true,
  targets: [target(one)],
  strategy: 'simultaneous',
  ringMs: 10_000,
  maxMs: 60_000,
  next: url('/done'),
  ...more,
});

/** The children by their numbers, so that results can be read. */
function named(of: World, result: object): object {
  const names = new Map(
    of.journal.flatMap(({ output }) => (output?.type === 'call.created' ? [[output.record.id, output.record.to]] : [])),
  );
  const name = (value: unknown) => (typeof value === 'string' ? (names.get(value) ?? value) : value);
  return Object.fromEntries(Object.entries(result).map(([key, value]) => [key, name(value)]));
}

/** Times of the requests after the first, and what they tell. */
async function dialled(instruction: Dial, story: Story = {}) {
  const ran = await carriedOut([instruction], story);
  return { ...ran, asked: ran.asked.map(([at, path, result]) => [at, path, named(ran.of, result)]) };
}

const answersAfter = (answers: number, more: Partial<Phone> = {}): Phone => ({ answers, hangsUp: 5, ...more });
const whisper = { '/whisper': program(say('A call for sales.')) };
const asking = { consult: url('/whisper') };

describe('what is told when it is over', () => {
  const reached = { status: 'completed', call: one, statuses: ['completed'], bridged: true, last: one, to: one };

  test.for<[title: string, Partial<Dial>, Story, asked: unknown[]]>([
    [
      'the child hangs up',
      {},
      { phones: { [one]: answersAfter(2) } },
      [7.05, '/done', { ...reached, answeredMs: 5_000, endedBy: 'farSide', hungUpBy: 'called' }],
    ],
    [
      'the caller ends the conversation with the key',
      { hangUpKey: '*' },
      {
        phones: { [one]: { answers: 2 } },
        caller: [
          { after: 1, press: '*' },
          { after: 4, press: '1*' },
        ],
      },
      [5.4, '/done', { ...reached, answeredMs: 3_350, endedBy: 'us', hungUpBy: 'caller' }],
    ],
    [
      'they have talked for as long as they may',
      { maxMs: 3_000 },
      { phones: { [one]: { answers: 2 } } },
      [5.05, '/done', { ...reached, answeredMs: 3_000, endedBy: 'us' }],
    ],
    [
      'an API hangs up the child',
      {},
      {
        phones: { [one]: { answers: 2 } },
        deeds: { 4: ({ engine }, [, child]) => engine.act(child!, { type: 'act.hangUp' }) },
      },
      [4, '/done', { ...reached, answeredMs: 1_950, endedBy: 'api' }],
    ],
    [
      'nobody answers',
      {},
      { phones: { [one]: { answers: false } } },
      [
        10.05,
        '/done',
        {
          status: 'notAnswered',
          call: one,
          statuses: ['notAnswered'],
          bridged: false,
          last: one,
          answeredMs: 0,
          sipCode: 487,
          to: one,
          endedBy: 'us',
        },
      ],
    ],
    [
      'an API hangs up the child before it answers',
      {},
      {
        phones: { [one]: { answers: false } },
        deeds: { 4: ({ engine }, [, child]) => engine.act(child!, { type: 'act.hangUp' }) },
      },
      [
        4,
        '/done',
        {
          status: 'canceled',
          call: one,
          statuses: ['canceled'],
          bridged: false,
          last: one,
          answeredMs: 0,
          sipCode: 487,
          to: one,
          endedBy: 'api',
        },
      ],
    ],
    [
      'two are called, in vain',
      { targets: [target(one), target(other), target('nobody')] },
      { phones: { [one]: { busy: true }, [other]: { rejects: 1 } } },
      [
        1.05,
        '/done',
        {
          status: 'busy',
          call: one,
          statuses: ['busy', 'rejected', 'failed'],
          bridged: false,
          last: other,
          answeredMs: 0,
          sipCode: 603,
          to: other,
          endedBy: 'farSide',
        },
      ],
    ],
    [
      'nobody is called',
      { targets: [] },
      {},
      [0.05, '/done', { status: 'failed', statuses: [], bridged: false, answeredMs: 0 }],
    ],
    [
      'one after the other',
      { strategy: 'linear', targets: [target(one, { ringMs: 2_000 }), target(other)] },
      { phones: { [one]: { answers: false }, [other]: answersAfter(1) } },
      [
        8.05,
        '/done',
        {
          status: 'completed',
          call: other,
          statuses: ['notAnswered', 'completed'],
          bridged: true,
          last: other,
          answeredMs: 5_000,
          to: other,
          endedBy: 'farSide',
          hungUpBy: 'called',
        },
      ],
    ],
  ])('%s', async ([, more, story, expected]) => {
    expect((await dialled(dial(more), story)).asked).toEqual([expected]);
  });

  test('without anybody to be told, execution goes on', async () => {
    const { next: _, ...silent } = dial({ targets: [] });
    const { asked, heard } = await dialled(silent);
    expect(asked).toEqual([]);
    expect(heard).toEqual(['0.05 Afterwards.']);
  });
});

describe('a document that the called party hears before', () => {
  const both = { targets: [target(one, asking), target(other, asking)] };

  test.for<[title: string, Partial<Dial>, Story, heard: string[], status: object]>([
    [
      'and is joined after',
      { targets: [target(one, asking)] },
      { application: whisper, phones: { [one]: answersAfter(2) } },
      ['2.1 A call for sales.'],
      { status: 'completed', call: one, statuses: ['completed'] },
    ],
    [
      'and cannot: the two are joined all the same',
      { targets: [target(one, asking)] },
      { phones: { [one]: answersAfter(2) } },
      [],
      { status: 'completed', call: one, statuses: ['completed'] },
    ],
    [
      'and hangs up: nobody was reached',
      { targets: [target(one, asking)] },
      { application: whisper, phones: { [one]: answersAfter(2, { hangsUp: 0.5 }) } },
      ['2.1 A call for sales.'],
      { status: 'notAnswered', call: one, statuses: ['notAnswered'] },
    ],
    [
      'and is hung up by it',
      { targets: [target(one, asking)] },
      { application: { '/whisper': program({ verb: 'hangUp', answers: false }) }, phones: { [one]: answersAfter(2) } },
      [],
      { status: 'notAnswered', call: one, statuses: ['notAnswered'] },
    ],
    [
      'each of them, and the first to hear it to its end wins',
      both,
      {
        application: { '/whisper': ask('1') },
        phones: {
          [one]: answersAfter(1, { script: [{ after: 6, press: '1' }] }),
          [other]: answersAfter(2, { hangsUp: 9, script: [{ after: 3, press: '1' }] }),
        },
      },
      [],
      { status: 'completed', call: other, statuses: ['canceled', 'completed'] },
    ],
    [
      'while others go on ringing',
      both,
      {
        application: whisper,
        phones: { [one]: answersAfter(1, { hangsUp: 0.5 }), [other]: answersAfter(4) },
      },
      ['1.1 A call for sales.', '4.1 A call for sales.'],
      { status: 'completed', call: other, statuses: ['notAnswered', 'completed'] },
    ],
  ])('%s', async ([, more, story, heard, status]) => {
    const ran = await dialled(dial({ ...more }), story);
    expect(ran.heard).toEqual(heard);
    expect(ran.asked.at(-1)![2]).toMatchObject(status);
  });

  test('another document from outside takes the called party away, and the caller goes on', async () => {
    const { asked, heard } = await dialled(dial({ targets: [target(one, asking)] }), {
      application: { '/whisper': ask('1'), '/elsewhere': program(say('Somewhere else.')) },
      phones: { [one]: { answers: 2 } },
      deeds: { 3: ({ engine }, [, child]) => engine.act(child!, { type: 'act.redirect', urls: [url('/elsewhere')] }) },
    });
    expect(asked.map(([at, path]) => [at, path])).toEqual([
      [2.05, '/whisper'],
      [3, '/elsewhere'],
      [3, '/done'],
    ]);
    expect(heard).toEqual(['3.05 Somewhere else.']);
  });

  test('the caller hears ringing until the two are joined', async () => {
    const { of } = await dialled(dial({ targets: [target(one, asking)], ringTone: 'au' }), {
      application: whisper,
      phones: { [one]: answersAfter(2) },
    });
    const rings = of.journal.flatMap(({ output }) =>
      output?.type === 'commanded' && output.command.type === 'ring' ? [output.command] : [],
    );
    expect(rings).toEqual([{ type: 'ring', tone: 'au' }]);
  });
});

function ask(key: string) {
  return program(
    { verb: 'gather', answers: false, prompts: [], maxDigits: 1, stopKey: '', timeoutMs: 20_000 },
    { verb: 'denoise', answers: false, on: key === '1' },
  );
}

describe('the caller is gone', () => {
  const hangUp = [{ after: 4, hangUp: true } as const];

  test.for<[title: string, Partial<Dial>, Phone, Deeds, asked: [number, object][]]>([
    ['and nobody is to be told', {}, { answers: 2 }, {}, []],
    [
      'in the middle of the conversation',
      { tellsEnd: true },
      { answers: 2 },
      {},
      [
        [
          4,
          {
            status: 'completed',
            call: one,
            statuses: ['completed'],
            bridged: true,
            last: one,
            answeredMs: 1_950,
            to: one,
            endedBy: 'us',
            hungUpBy: 'caller',
          },
        ],
      ],
    ],
    [
      'before anybody answers',
      { tellsEnd: true },
      { answers: false },
      {},
      [
        [
          4,
          {
            status: 'notAnswered',
            call: one,
            statuses: ['notAnswered'],
            bridged: false,
            last: one,
            answeredMs: 0,
            sipCode: 487,
            to: one,
            endedBy: 'us',
          },
        ],
      ],
    ],
    [
      'because the API hangs up',
      { tellsEnd: true },
      { answers: 2 },
      { 3: ({ engine }, [call]) => engine.act(call!, { type: 'act.hangUp' }) },
      [
        [
          3,
          {
            status: 'completed',
            call: one,
            statuses: ['completed'],
            bridged: true,
            last: one,
            answeredMs: 950,
            to: one,
            endedBy: 'us',
          },
        ],
      ],
    ],
    [
      'elsewhere, sent there by the API: the child is hung up and nobody is told',
      { tellsEnd: true },
      { answers: 2 },
      { 3: ({ engine }, [call]) => engine.act(call!, { type: 'act.replace', program: program(say('Elsewhere.')) }) },
      [],
    ],
  ])('%s', async ([, more, phone, deeds, expected]) => {
    const { asked, of } = await dialled(dial(more), { phones: { [one]: phone }, caller: hangUp, deeds });
    expect(asked).toEqual(expected.map(([at, result]) => [at, '/done', result]));
    const order = of.journal.flatMap(({ output }) =>
      output?.type === 'handler.asked'
        ? ['asked']
        : output?.type === 'call.changed' && output.record.endTime
          ? ['ended']
          : [],
    );
    expect(order).toEqual(['asked', 'ended', 'ended', ...expected.map(() => 'asked')]);
  });
});

test('the child sent elsewhere by the API leaves the caller behind, who goes on', async () => {
  const { asked } = await dialled(dial(), {
    application: { '/elsewhere': program(say('Somewhere else.')) },
    phones: { [one]: { answers: 2 } },
    deeds: { 4: ({ engine }, [, child]) => engine.act(child!, { type: 'act.redirect', urls: [url('/elsewhere')] }) },
  });
  expect(asked).toEqual([
    [4, '/elsewhere', {}],
    [4, '/done', { status: 'completed', call: one, statuses: ['completed'], bridged: true, last: one }],
  ]);
});

test.for<[from: 'ringing' | 'answer', more: object, expected: object[]]>([
  ['ringing', { channels: 2 }, [{ channels: 2, source: 'dial', state: 'succeeded', ms: 7_000 }]],
  ['answer', { channels: 2 }, [{ channels: 2, source: 'dial', state: 'succeeded', ms: 5_000 }]],
  ['answer', { channels: 1 }, [{ channels: 1, source: 'dial', state: 'succeeded', ms: 5_000 }]],
  ['answer', { channels: 1, track: 'received' }, [{ channels: 1, source: 'dial', state: 'empty', track: 'received' }]],
])('the conversation is recorded from the %s on: %o', async ([from, more, expected]) => {
  const options = { source: 'dial', channels: 1, trim: false, transcribe: false } as const;
  const { of, asked } = await dialled(dial({ recording: { ...options, ...more, from } }), {
    phones: { [one]: answersAfter(2, { script: [{ after: 1, say: 'Hello.' }] }) },
  });
  const records = of.journal.flatMap(({ output }) => (output?.type === 'recording.ended' ? [output.record] : []));
  expect(records).toMatchObject(expected);
  expect(asked[0]![2]).toMatchObject({ recording: records[0]!.id });
});

test('what is said of a target goes with its call', async () => {
  const sip = { username: 'desk', codecs: ['OPUS'], sessionTimeoutMs: 60_000 };
  const headers = { 'X-Ticket': '7' };
  const { of } = await dialled(
    dial({ callerName: 'Sales', targets: [target('sip:desk@pbx.example', { transport: 'SIP', sip, headers })] }),
    { phones: { 'sip:desk@pbx.example': { busy: true } } },
  );
  const child = of.journal.flatMap(({ output }) =>
    output?.type === 'call.created' && output.record.originatingCall ? [output.record] : [],
  );
  expect(child).toMatchObject([{ transport: 'SIP', callerName: 'Sales', sipHeaders: headers, options: { sip } }]);
});

test('keys are sent to whoever answers before anything else is heard there', async () => {
  const { of, asked } = await dialled(dial({ targets: [target(one, { ...asking, sendDigits: '1W2' })] }), {
    application: whisper,
    phones: { [one]: answersAfter(2) },
  });
  expect(asked[0]!.slice(0, 2)).toEqual([3.45, '/whisper']);
  expect(commandedIn(of)).toEqual(['answer', 'ring', 'sendDigits', 'play', 'hangUp']);
});

test('a target that cannot be called is told of', async () => {
  const { of } = await dialled(dial({ targets: [target('nobody')] }));
  expect(problemsIn(of)).toEqual([
    'CALL_NUMBER_NOT_VALID: "nobody" is neither an E.164 number with a plus nor a SIP URI',
  ]);
});
