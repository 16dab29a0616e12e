import { describe, expect, test } from 'vitest';
import { refusalOf, usualPolicy } from '../../src/call/permission.ts';
import type { Phone } from '../../src/telephony/simulated/script.ts';
import { options, program, say, told, world } from './world.ts';

const application = { '/voice': program(say('Hello.')) };
const numbers = ['+61491570156', '+61491570157', '+61491570158', '+61491570159', '+61491570160', '+61491570161'];
const phones: Record<string, Phone> = Object.fromEntries(numbers.map((number) => [number, { answers: 1 }]));

const calling = (to: string, project = 'demo') =>
  ({ project, dialect: 'voiceml', to, from: '+61255501234', options: options('/voice') }) as const;

/** When each call was placed, in seconds, with the number it went to. */
const placed = ({ journal }: ReturnType<typeof world>) =>
  journal.flatMap(({ at, output }) =>
    output?.type === 'call.changed' && output.state === 'starting'
      ? [`${(at - journal[0]!.at) / 1000} ${output.record.project} ${output.record.to.slice(-1)}`]
      : [],
  );

describe('outgoing calls of an API', () => {
  test('are placed at once when nothing limits them', async () => {
    const of = world(application, phones);
    for (const to of numbers.slice(0, 3)) of.engine.create(calling(to));
    await of.clock.run();
    expect(placed(of)).toEqual(['0 demo 6', '0 demo 7', '0 demo 8']);
    expect(of.clock.pending).toBe(0);
  });

  test('are placed no faster than the project may', async () => {
    const of = world(application, phones, { limitsOf: () => ({ perSecond: 2 }) });
    for (const to of numbers.slice(0, 4)) of.engine.create(calling(to));
    await of.clock.run();
    expect(placed(of)).toEqual(['0 demo 6', '0.5 demo 7', '1 demo 8', '1.5 demo 9']);
    expect(of.clock.pending).toBe(0);
  });

  test('wait until one of the live ones has ended when there may be no more', async () => {
    const of = world(application, phones, { limitsOf: () => ({ concurrent: 1 }) });
    for (const to of numbers.slice(0, 3)) of.engine.create(calling(to));
    await of.clock.run();
    const ends = of.journal.flatMap(({ at, output }) =>
      output?.type === 'call.changed' && output.state === 'completed' ? [(at - of.journal[0]!.at) / 1000] : [],
    );
    expect(placed(of)).toEqual(['0 demo 6', `${ends[0]} demo 7`, `${ends[1]} demo 8`]);
  });

  test('of one project do not hold up those of another', async () => {
    const of = world(application, phones, { limitsOf: () => ({ perSecond: 1 }) });
    for (const to of numbers.slice(0, 4)) of.engine.create(calling(to, 'flood'));
    of.engine.create(calling(numbers[4]!, 'quiet'));
    await of.clock.run();
    expect(placed(of)).toContain('0 quiet 0');
  });

  test('of subprojects wait their turn with those of the project that pays for them', async () => {
    let payer = 'demo';
    const of = world(application, phones, {
      limitsOf: (project) => (project === 'demo' ? { perSecond: 1, waiting: 2 } : {}),
      payerOf: () => payer,
    });
    for (const [index, project] of ['demo', 'branch', 'stall'].entries())
      of.engine.create(calling(numbers[index]!, project));
    expect(() => of.engine.create(calling(numbers[3]!, 'branch'))).toThrow(
      expect.objectContaining({ code: 'CALLS_LIMIT' }),
    );
    // Whoever pays from now on has nothing to do with the calls that are there.
    payer = 'another';
    await of.clock.run();
    expect(placed(of)).toEqual(['0 demo 6', '1 branch 7', '2 stall 8']);
    payer = 'demo';
    of.engine.create(calling(numbers[3]!, 'branch'));
    await of.clock.run();
    expect(placed(of)).toHaveLength(4);
  });

  test('that wait are hung up without ever being placed', async () => {
    const of = world(application, phones, { limitsOf: () => ({ perSecond: 1 }) });
    const [, second] = numbers.slice(0, 2).map((to) => of.engine.create(calling(to)));
    of.engine.act(second!, { type: 'act.hangUp' });
    await of.clock.run();
    expect(placed(of)).toEqual(['0 demo 6']);
    expect(
      told(
        of.journal.filter(({ subject }) => subject === second),
        'call.changed',
      ),
    ).toEqual(['call.changed canceled']);
    expect(of.clock.pending).toBe(0);
  });

  test('are refused when too many wait', () => {
    const of = world(application, phones, { limitsOf: () => ({ perSecond: 1, waiting: 2 }) });
    for (const to of numbers.slice(0, 3)) of.engine.create(calling(to));
    expect(() => of.engine.create(calling(numbers[3]!))).toThrow(expect.objectContaining({ code: 'CALLS_LIMIT' }));
    expect(of.engine.live()).toHaveLength(3);
  });

  test('asked for twice under one key are made once; the key is for that call only', () => {
    const of = world(application, phones);
    const one = of.engine.create(calling(numbers[0]!), { key: 'k', hash: 'h' });
    expect(of.engine.create(calling(numbers[0]!), { key: 'k', hash: 'h' })).toBe(one);
    expect(of.engine.create(calling(numbers[0]!, 'other'), { key: 'k', hash: 'h' })).not.toBe(one);
    expect(() => of.engine.create(calling(numbers[1]!), { key: 'k', hash: 'x' })).toThrow(
      expect.objectContaining({ code: 'IDEMPOTENCY_CONFLICT' }),
    );
    expect(of.engine.live()).toHaveLength(2);
  });
});

test('a call that comes in when there may be no more is refused', async () => {
  const of = world(application, phones, { limitsOf: () => ({ concurrent: 0 }) });
  of.network.callIn({ to: '+61255501234', from: '+61491570006', transport: 'PSTN' });
  await of.clock.run();
  expect(of.journal.flatMap(({ output }) => (output?.type === 'problem' ? [output.code] : []))).toEqual([
    'CALLS_LIMIT',
  ]);
  expect(of.asked).toEqual([]);
});

test('a number that must not be called is neither called for an API nor for a document', async () => {
  const of = world(
    {
      '/voice': program(say('Hello.'), {
        verb: 'dial',
        answers: false,
        targets: [{ to: '+61190012345', transport: 'PSTN' }],
        strategy: 'linear',
        ringMs: 1000,
        maxMs: 1000,
      }),
    },
    phones,
    { refusalOf: (_project, to) => refusalOf(usualPolicy, to) },
  );
  expect(() => of.engine.create(calling('+61190012345'))).toThrow(
    expect.objectContaining({ code: 'CALL_NOT_PERMITTED' }),
  );
  of.network.callIn({ to: '+61255501234', from: '+61491570006', transport: 'PSTN' });
  await of.clock.run();
  const ends = of.journal.flatMap(({ output }) =>
    output?.type === 'call.changed' && output.record.originatingCall ? [[output.state, output.record.errorCode]] : [],
  );
  expect(ends).toEqual([['failed', 'CALL_NOT_PERMITTED']]);
});

test.for([
  ['+61491570156', undefined],
  ['+442079460000', undefined],
  ['sip:anyone@pbx.example', undefined],
  ['000', '000 is an emergency number'],
  ['+112', '+112 is an emergency number'],
  ['+61190012345', 'numbers that begin with +61190 may not be called'],
  ['+881612345678', 'numbers that begin with +881 may not be called'],
  ['0412345678', '0412345678 begins with none of the prefixes that may be called'],
] as const)('by the usual policy %s: %s', ([to, refusal]) => {
  expect(refusalOf(usualPolicy, to)).toBe(refusal);
});

test('a longer allowed prefix is an exception to a refused one', () => {
  const policy = { allow: ['+61', '+6119000'], refuse: ['+61190'] };
  expect(refusalOf(policy, '+61190001234')).toBeUndefined();
  expect(refusalOf(policy, '+61190112345')).toBe('numbers that begin with +61190 may not be called');
  expect(refusalOf(policy, '+442079460000')).toBe('+442079460000 begins with none of the prefixes that may be called');
});
