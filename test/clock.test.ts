import { spawnSync } from 'node:child_process';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { realClock, VirtualClock } from '../src/clock.ts';

const begin = Date.UTC(2026, 0, 1);

function clocked(patienceMs?: number) {
  const clock = new VirtualClock({ start: begin, ...(patienceMs !== undefined && { patienceMs }) });
  const told: string[] = [];
  const tell = (what: string) => told.push(`${(clock.now() - begin) / 1000} ${what}`);
  return { clock, told, tell };
}

describe('timers', () => {
  test('fire at their own instants, in the order in which they are due, then in which they were set', async () => {
    const { clock, told, tell } = clocked();
    clock.setTimeout(() => tell('c'), 3_000);
    clock.setTimeout(() => tell('a'), 1_000);
    clock.setTimeout(() => tell('b'), 1_000);
    await clock.run();
    expect(told).toEqual(['1 a', '1 b', '3 c']);
  });

  test('set by timers count from the instant of those', async () => {
    const { clock, told, tell } = clocked();
    const again = (left: number) => {
      tell(String(left));
      if (left > 0) clock.setTimeout(() => again(left - 1), 3_000);
    };
    clock.setTimeout(() => again(2), 3_000);
    await clock.advance(10_000);
    expect(told).toEqual(['3 2', '6 1', '9 0']);
    expect(clock.now()).toBe(begin + 10_000);
  });

  test('fire in their order also when most of the others are cleared', async () => {
    const { clock, told, tell } = clocked();
    const timers = Array.from({ length: 1_000 }, (_, index) =>
      clock.setTimeout(() => tell(String(index)), (index % 7) * 1_000),
    );
    for (const [index, timer] of timers.entries()) if (index % 250 > 1) clock.clearTimeout(timer);
    expect(clock.pending).toBe(8);
    await clock.run();
    expect(told).toEqual(['0 0', '1 1', '1 750', '2 751', '3 500', '4 501', '5 250', '6 251']);
    clock.clearTimeout(timers[0]);
    expect(clock.pending).toBe(0);
  });

  test('that are cleared never fire, and nothing is left pending', async () => {
    const { clock, told, tell } = clocked();
    const timers = Array.from({ length: 1_000 }, (_, index) => clock.setTimeout(() => tell(String(index)), index));
    for (const timer of timers) clock.clearTimeout(timer);
    expect(clock.pending).toBe(0);
    await clock.run();
    expect(told).toEqual([]);
    expect(clock.now()).toBe(begin);
  });

  test('with no length, or a nonsensical one, fire at once but not before the caller is done', async () => {
    const { clock, told, tell } = clocked();
    for (const ms of [0, -5, Number.NaN]) clock.setTimeout(() => tell(String(ms)), ms);
    tell('first');
    await clock.run();
    expect(told).toEqual(['0 first', '0 0', '0 -5', '0 NaN']);
  });
});

describe('work outside', () => {
  const later = <T>(turns: number, value: T): Promise<T> =>
    turns === 0
      ? Promise.resolve(value)
      : new Promise((done) => setImmediate(done)).then(() => later(turns - 1, value));

  test('holds time still, and is delivered in the order in which it was begun, whichever settles first', async () => {
    const { clock, told, tell } = clocked();
    clock.setTimeout(() => tell('timer'), 1);
    clock.outside(later(20, 'slow'), 10_000, (settled) => tell('value' in settled ? settled.value : 'failed'));
    clock.outside(later(1, 'quick'), 10_000, (settled) => tell('value' in settled ? settled.value : 'failed'));
    await clock.run();
    expect(told).toEqual(['0 slow', '0 quick', '0.001 timer']);
  });

  test('that fails is delivered with its error', async () => {
    const { clock, told, tell } = clocked();
    clock.outside(Promise.reject(new Error('no')), 10_000, (settled) =>
      tell('error' in settled ? String(settled.error) : 'fine'),
    );
    await clock.run();
    expect(told).toEqual(['0 Error: no']);
  });

  test('that takes too long in real time lets time move to its own deadline, and no further', async () => {
    const { clock, told, tell } = clocked(20);
    let abort = () => {};
    const work = new Promise<string>((done) => {
      abort = () => setImmediate(done, 'aborted');
    });
    clock.outside(work, 10_000, (settled) => tell('value' in settled ? settled.value : 'failed'));
    clock.setTimeout(() => tell('meanwhile'), 4_000);
    clock.setTimeout(() => abort(), 10_000);
    clock.setTimeout(() => tell('afterwards'), 10_001);
    await clock.run();
    expect(told).toEqual(['4 meanwhile', '10 aborted', '10.001 afterwards']);
    expect(clock.pending).toBe(0);
  });
});

describe('the real clock', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  /** What a process of its own says before it ends by itself. */
  const said = (script: string): string[] => {
    const clock = JSON.stringify(new URL('../src/clock.ts', import.meta.url).href);
    const code = `const { realClock: clock } = await import(${clock}); const say = console.log;\n${script}`;
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8', timeout: 20_000 });
    return [...run.stdout.trim().split('\n'), ...run.stderr.split('\n', 1), `ended with ${run.status}`].filter(Boolean);
  };

  test('fires timers in the order in which they are due, then in which they were set', () => {
    const script = `
      for (const ms of [30, 5, 1, 30, 0, -1, NaN]) clock.setTimeout(() => say(ms), ms);
      say('first');`;
    expect(said(script)).toEqual(['first', '0', '-1', 'NaN', '1', '5', '30', '30', 'ended with 0']);
  });

  test.for([
    ['before they fire', 0],
    ['while they fire', 100],
    ['after they have fired', 200],
  ] as const)("fires when others than Node's timers are taken away again %s", async ([, ms]) => {
    const fired: string[] = [];
    vi.useFakeTimers();
    for (const name of ['a', 'b', 'c']) realClock.setTimeout(() => fired.push(name), 100);
    vi.advanceTimersByTime(ms);
    if (ms === 200) expect(fired).toEqual(['a', 'b', 'c']);
    vi.useRealTimers();
    const { promise, resolve } = Promise.withResolvers<string>();
    realClock.setTimeout(() => resolve('fired'), 1);
    const tooLong = setTimeout(resolve, 5_000, 'never fired');
    expect(await promise).toBe('fired');
    clearTimeout(tooLong);
  });

  test('fires none before its time', async () => {
    const early: number[] = [];
    const waits = Array.from({ length: 40 }, (_, index) => 1 + index * 0.7);
    await Promise.all(
      waits.map(async (ms) => {
        const begun = performance.now();
        await new Promise<void>((done) => realClock.setTimeout(done, ms));
        if (performance.now() - begun < ms) early.push(ms);
      }),
    );
    expect(early).toEqual([]);
  });

  test('has what one timer sets off done before the next one fires, though both are due', () => {
    const script = `
      clock.setTimeout(() => Promise.resolve().then(() => 'after').then((when) => say(when)), 1);
      clock.setTimeout(() => say('next'), 1);
      clock.clearTimeout(clock.setTimeout(() => say('never'), 1));
      clock.setTimeout(() => say('last'), 1);
      for (const begun = performance.now(); performance.now() < begun + 5; );`;
    expect(said(script)).toEqual(['after', 'next', 'last', 'ended with 0']);
  });

  test('lets the process know of an error, and the other timers fire', () => {
    const script = `
      process.on('uncaughtException', ({ message }) => say(message));
      for (const name of ['a', 'b', 'c']) clock.setTimeout(() => { throw new Error(name); }, 1);
      clock.setTimeout(() => say('due with them'), 1);
      clock.setTimeout(() => say('due later'), 30);
      for (const begun = performance.now(); performance.now() < begun + 5; );`;
    expect(said(script)).toEqual(['a', 'b', 'c', 'due with them', 'due later', 'ended with 0']);
  });

  test('keeps a process for timers that wait, not for those that are cleared', () => {
    const script = `
      const long = clock.setTimeout(() => say('never'), 3_600_000);
      const cleared = clock.setTimeout(() => say('never'), 20);
      clock.clearTimeout(cleared);
      clock.clearTimeout(long);
      clock.clearTimeout(long);
      clock.clearTimeout(undefined);
      clock.setTimeout(() => say('set while a cleared one would have been the first'), 40);`;
    expect(said(script)).toEqual(['set while a cleared one would have been the first', 'ended with 0']);
    expect(said('clock.clearTimeout(clock.setTimeout(() => say("never"), 3_600_000));')).toEqual(['ended with 0']);
  });

  test('waits longer than Node can count, and does not ring at once', () => {
    const script = `
      const timer = clock.setTimeout(() => say('at once'), 2 ** 31);
      clock.setTimeout(() => clock.clearTimeout(timer), 20);`;
    expect(said(script)).toEqual(['ended with 0']);
  });
});
