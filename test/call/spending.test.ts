import { describe, expect, test } from 'vitest';
import type { Budget } from '../../src/call/budget.ts';
import { VirtualClock } from '../../src/clock.ts';
import { decimal, toMoney, toNanos } from '../../src/money/money.ts';
import { type Rate, type RateTable, rateOf } from '../../src/money/rates.ts';
import { memoryStore } from '../../src/store/memory/memory-store.ts';
import type { Store } from '../../src/store/store.ts';
import { everyAudioLasts } from '../../src/telephony/simulated/audio-lengths.ts';
import { createSimulatedNetwork } from '../../src/telephony/simulated/network.ts';
import type { Phone } from '../../src/telephony/simulated/script.ts';
import type { Instruction } from '../../src/verbs/index.ts';
import { dataFolder } from '../store/data-file.ts';
import { options, program, say, world } from './world.ts';

const perMinute = (amount: string, first = 60, next = 60): Rate => ({
  perMinute: toMoney('AUD', toNanos(amount)),
  first,
  next,
});

const table: RateTable = {
  outgoing: { '+61': perMinute('0.10'), '+614': perMinute('0.30', 1, 1), sip: perMinute('0.02') },
  incoming: { '+61': perMinute('0.05') },
};

const ours = '+61255501234';
const landline = '+61255501299';
const mobile = '+61491570156';
const stays: Phone = { answers: 1 };
const phones: Readonly<Record<string, Phone>> = {
  [landline]: stays,
  [mobile]: stays,
  '+61255501298': { busy: true },
  '+15555550100': stays,
};

const dial = (to: string, maxMs = 3_600_000): Instruction => ({
  verb: 'dial',
  answers: true,
  targets: [{ to, transport: to.startsWith('sip') ? 'SIP' : 'PSTN' }],
  strategy: 'linear',
  ringMs: 30_000,
  maxMs,
});

const calling = (to: string, project = 'demo') =>
  ({ project, dialect: 'voiceml', to, from: ours, options: options('/voice') }) as const;

interface Given {
  budget?: Budget;
  clock?: VirtualClock;
  store?: Store;
}

/** A world in which calls cost something. */
function priced(instructions: readonly Instruction[], { budget = {}, clock, store = memoryStore() }: Given = {}) {
  const of = world({ '/voice': program(...instructions) }, phones, {
    store,
    ...(clock && { clock }),
    rateOf: (_project, call) => rateOf(table, call),
    budgetOf: () => budget,
  });
  /** Whom it called, how it ended, for how long it talked, what was charged. */
  const ends = () =>
    of.journal.flatMap(({ output }) => {
      if (output?.type !== 'call.changed' || output.record.endTime === undefined) return [];
      const { to, state, errorCode, answerTime, endTime, price, billableSeconds } = output.record;
      const talked = answerTime === undefined ? 'not answered' : `${(endTime - answerTime) / 1000} s`;
      const charged = price && `${billableSeconds} s: ${decimal(price)} ${price.currency}`;
      return [[to, state, errorCode, talked, charged].filter(Boolean).join(', ')];
    });
  return { ...of, ends };
}

describe('a call that has ended has its price', () => {
  test('by the far side’s number when it goes out, by ours when it comes in', async () => {
    const of = priced([dial(mobile, 10_000)]);
    of.network.callIn({ to: ours, from: '+61491570006', transport: 'PSTN' });
    await of.clock.run();
    expect(of.ends()).toEqual([
      `${mobile}, completed, 10 s, 10 s: 0.05 AUD`,
      expect.stringMatching(/^\+61255501234, completed, 1\d(\.\d+)? s, 60 s: 0\.05 AUD$/),
    ]);
  });

  test('which is absent when it was never answered, and where no rate fits', async () => {
    const of = priced([say('Hello.')]);
    for (const to of ['+61255501298', '+15555550100']) of.engine.create(calling(to));
    await of.clock.run();
    expect(of.ends().sort()).toEqual([
      expect.stringMatching(/^\+15555550100, completed, \d(\.\d+)? s$/),
      '+61255501298, busy, not answered',
    ]);
  });

  test('and the rate it was made with', async () => {
    const of = priced([say('Hello.')]);
    of.engine.create(calling(landline));
    await of.clock.run();
    const rates = of.journal.flatMap(({ output }) => (output?.type === 'call.changed' ? [output.record.rate] : []));
    expect(new Set(rates)).toEqual(new Set([table.outgoing['+61']]));
    expect(of.engine.rateOf('demo', { direction: 'outgoing', transport: 'SIP', to: 'sip:a@b.example' })).toEqual(
      table.outgoing.sip,
    );
  });
});

const aud = toNanos;
const refused = (code: string) => expect.objectContaining({ code });

describe('the day of a project', () => {
  test('on which enough is spent allows no more outgoing calls, also while the calls go on', async () => {
    const of = priced([dial(landline)], { budget: { day: { nanos: aud('0.25') } } });
    of.engine.create(calling(landline));
    await of.clock.advance(10_000);
    // Two calls of 0.10 each go on.
    of.engine.create(calling(landline));
    await of.clock.advance(10_000);
    expect(() => of.engine.create(calling(landline))).toThrow(refused('SPEND_LIMIT'));
    expect(of.engine.live()).not.toEqual([]);
  });

  test('on which enough was talked fails the children of documents, and goes on with what comes in', async () => {
    const of = priced([dial(landline, 30_000), say('Goodbye.')], { budget: { day: { ms: 60_000 } } });
    for (let n = 0; n < 2; n++) {
      of.network.callIn({ to: ours, from: '+61491570006', transport: 'PSTN' });
      await of.clock.run();
    }
    expect(of.ends().map((end) => end.split(', ').slice(0, 3).join(', '))).toEqual([
      `${landline}, completed, 30 s`,
      `${ours}, completed, 31.5 s`,
      `${landline}, failed, MINUTES_LIMIT`,
      `${ours}, completed, 0.5 s`,
    ]);
  });

  test('ends at midnight (UTC)', async () => {
    const of = priced([say('Hello.')], { budget: { day: { nanos: aud('0.10') } } });
    of.engine.create(calling(landline));
    await of.clock.run();
    expect(() => of.engine.create(calling(landline))).toThrow(refused('SPEND_LIMIT'));
    await of.clock.advance(24 * 60 * 60 * 1000);
    expect(() => of.engine.create(calling(landline))).not.toThrow();
    await of.clock.run();
  });

  test('of one project is none of another', async () => {
    const of = priced([say('Hello.')], { budget: { day: { nanos: aud('0.10') } } });
    of.engine.create(calling(landline));
    await of.clock.run();
    expect(() => of.engine.create(calling(landline, 'other'))).not.toThrow();
    await of.clock.run();
  });

  test('is that of its subprojects too', async () => {
    const of = world({ '/voice': program(say('Hello.')) }, phones, {
      rateOf: (_project, call) => rateOf(table, call),
      budgetOf: (project) => (project === 'demo' ? { day: { nanos: aud('0.20') } } : {}),
      payerOf: (project) => (project === 'other' ? project : 'demo'),
    });
    of.engine.create(calling(landline, 'branch'));
    of.engine.create(calling(landline));
    await of.clock.run();
    for (const project of ['demo', 'branch', 'stall'])
      expect(() => of.engine.create(calling(landline, project))).toThrow(refused('SPEND_LIMIT'));
    expect(() => of.engine.create(calling(landline, 'other'))).not.toThrow();
    await of.clock.run();
  });

  test('fails a call that was waiting for its turn when enough was spent', async () => {
    const of = world({ '/voice': program(say('Hello.')) }, phones, {
      rateOf: (_project, call) => rateOf(table, call),
      budgetOf: () => ({ day: { nanos: aud('0.10') } }),
      limitsOf: () => ({ concurrent: 1 }),
    });
    of.engine.create(calling(landline));
    const second = of.engine.create(calling(landline));
    await of.clock.run();
    const ends = of.journal.flatMap(({ subject, output }) =>
      subject === second && output?.type === 'call.changed' ? [output.record] : [],
    );
    expect(ends.map(({ state, startTime, errorCode }) => [state, startTime, errorCode])).toEqual([
      ['failed', undefined, 'SPEND_LIMIT'],
    ]);
    expect(of.clock.pending).toBe(0);
  });

  test('is remembered after a restart, with calls that went with the process', async () => {
    using folder = dataFolder();
    const clock = new VirtualClock();
    const budget = { day: { nanos: aud('0.15') } };
    const store = folder.open({ clock });
    const before = priced(
      [say('Hello.'), { verb: 'play', answers: true, sounds: [{ type: 'silence', ms: 600_000 }] }],
      {
        budget,
        clock,
        store,
      },
    );
    before.engine.create(calling(landline));
    await before.clock.advance(5_000);
    store.heartbeat(clock.now());
    store.close();

    const again = folder.open({ clock });
    const after = priced([say('Hello.')], { budget, clock, store: again });
    after.engine.recover();
    expect(() => after.engine.create(calling(landline))).not.toThrow();
    await after.clock.advance(60_000);
    expect(() => after.engine.create(calling(landline))).toThrow(refused('SPEND_LIMIT'));
    again.forget(Number.MAX_SAFE_INTEGER);
    expect([...again.calls()]).toEqual([]);
    again.close();

    const third = priced([], { budget, clock, store: folder.open({ clock }) });
    third.engine.recover();
    expect(() => third.engine.create(calling(landline))).toThrow(refused('SPEND_LIMIT'));
  });
});

describe('a family', () => {
  test('is ended before it costs more than it may', async () => {
    const of = priced([dial(landline)], { budget: { family: { nanos: aud('0.40') } } });
    of.network.callIn({ to: ours, from: '+61491570006', transport: 'PSTN' });
    await of.clock.run();
    // Two minutes of both are 0.30; the third of the first one makes it 0.35, that of the other one would make it 0.45.
    expect(of.ends()).toEqual([
      `${ours}, completed, SPEND_LIMIT, 120 s, 120 s: 0.1 AUD`,
      `${landline}, completed, SPEND_LIMIT, 119 s, 120 s: 0.2 AUD`,
    ]);
    expect(of.clock.pending).toBe(0);
  });

  test('is ended when it has lasted as long as it may, all its calls together', async () => {
    const of = priced([dial(landline)], { budget: { family: { ms: 60_000 } } });
    of.network.callIn({ to: ours, from: '+61491570006', transport: 'PSTN' });
    await of.clock.run();
    expect(of.ends()).toEqual([
      `${ours}, completed, MINUTES_LIMIT, 30.5 s, 60 s: 0.05 AUD`,
      `${landline}, completed, MINUTES_LIMIT, 29.5 s, 60 s: 0.1 AUD`,
    ]);
    expect(of.clock.pending).toBe(0);
  });

  test('that has spent what it may calls nobody else', async () => {
    const of = priced([dial(landline, 1000), dial(mobile, 1000), say('Goodbye.')], {
      budget: { family: { nanos: aud('0.15') } },
    });
    of.network.callIn({ to: ours, from: '+61491570006', transport: 'PSTN' });
    await of.clock.run();
    expect(of.ends()).toEqual([
      `${landline}, completed, 1 s, 60 s: 0.1 AUD`,
      `${mobile}, failed, SPEND_LIMIT, not answered`,
      `${ours}, completed, 2.5 s, 60 s: 0.05 AUD`,
    ]);
  });

  test('has what all its calls have used, and no other family', async () => {
    const of = priced([dial(landline, 1000)], { budget: { family: { nanos: aud('0.15') } } });
    for (let n = 0; n < 3; n++) {
      of.network.callIn({ to: ours, from: '+61491570006', transport: 'PSTN' });
      await of.clock.run();
    }
    expect(of.ends().filter((end) => end.includes('LIMIT'))).toEqual([]);
    expect(of.ends()).toHaveLength(6);
  });
});

test('a family that goes on through another number of ours is one family still', async () => {
  const clock = new VirtualClock();
  const other = '+61255501235';
  const network = createSimulatedNetwork({ clock, phones, audio: everyAudioLasts(1000), isOurs: (to) => to === other });
  const of = world(
    { '/voice': program(dial(other)), '/second': program(dial(landline)) },
    {},
    {
      clock,
      network,
      budgetOf: () => ({ family: { ms: 20_000 } }),
      route: ({ to }) => ({
        project: 'demo',
        dialect: 'voiceml',
        options: options(to === other ? '/second' : '/voice'),
      }),
    },
  );
  network.callIn({ to: ours, from: '+61491570006', transport: 'PSTN' });
  await clock.run();
  const talked = of.journal.flatMap(({ output }) => {
    if (output?.type !== 'call.changed' || output.record.endTime === undefined) return [];
    return [output.record.endTime - (output.record.answerTime ?? output.record.endTime)];
  });
  expect(talked).toHaveLength(4);
  // Four calls cannot share the last two milliseconds.
  expect(talked.reduce((sum, ms) => sum + ms, 0)).toBe(19_998);
  expect(clock.pending).toBe(0);
});
