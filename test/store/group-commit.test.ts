import { expect, test } from 'vitest';
import { type Clock, realClock, VirtualClock } from '../../src/clock.ts';
import { GroupCommit } from '../../src/store/sqlite/group-commit.ts';
import type { Batch } from '../../src/store/store.ts';
import { entryOf } from '../ports/store-batches.ts';

/** Notes which batches, by the numbers of their entries, are written together; fails as often as it is told. */
function commits(clock: Clock = realClock, failures = 0, real: Clock = realClock) {
  const written: number[][] = [];
  const happened: string[] = [];
  const group = new GroupCommit({
    clock,
    write: (batches) => {
      if (failures-- > 0) throw new Error('no space');
      written.push(batches.flatMap(({ entries }) => entries.map(({ seq }) => seq)));
    },
    failed: (error) => happened.push(String(error)),
    pauseMs: 3,
    real,
  });
  const batch = (seq: number): Batch => ({ entries: [entryOf({ seq })], changes: [], deliveries: [] });
  const commit = (seq: number) =>
    group.commit(
      () => batch(seq),
      () => happened.push(`committed ${seq}`),
    );
  return { group, written, happened, commit };
}

const turnEnd = () => new Promise((done) => setImmediate(done));

test('what comes after a pause is committed at once', async () => {
  const real = new VirtualClock(0);
  const { commit, written, happened } = commits(realClock, 0, real);
  commit(1);
  expect([written, happened]).toEqual([[[1]], ['committed 1']]);
  await real.advance(3);
  commit(2);
  expect([written, happened]).toEqual([
    [[1], [2]],
    ['committed 1', 'committed 2'],
  ]);
});

test('what comes in the three milliseconds after that is committed together when they are over', async () => {
  const real = new VirtualClock(0);
  const { commit, written } = commits(realClock, 0, real);
  for (const seq of [1, 2, 3]) commit(seq);
  await real.advance(2);
  await turnEnd();
  commit(4);
  expect(written).toEqual([[1]]);
  await real.advance(1);
  await turnEnd();
  expect(written).toEqual([[1], [2, 3, 4]]);
  commit(5);
  expect(written).toEqual([[1], [2, 3, 4]]);
  await real.advance(3);
  await turnEnd();
  expect([written, real.pending]).toEqual([[[1], [2, 3, 4], [5]], 0]);
});

test('when there is enough of it, it is committed at the end of the turn', async () => {
  const real = new VirtualClock(0);
  const { commit, written } = commits(realClock, 0, real);
  for (let seq = 0; seq < 30; seq++) commit(seq);
  expect(written).toEqual([[0]]);
  await turnEnd();
  await turnEnd();
  expect([written, real.pending]).toEqual([[[0], Array.from({ length: 29 }, (_, n) => n + 1)], 0]);
});

test('whoever commits when he hears of his batch overtakes nobody, however long the disk has taken', async () => {
  const happened: string[] = [];
  let now = 0;
  const slow = { ...realClock, now: () => (now += 10) };
  const { group } = commits(realClock, 0, slow);
  const commit = (name: string, then = () => {}) =>
    group.commit(
      () => ({ entries: [], changes: [], deliveries: [] }),
      () => {
        happened.push(name);
        then();
      },
    );
  commit('first', () => commit('second', () => commit('fourth')));
  commit('third');
  for (let turn = 0; turn < 4; turn++) await turnEnd();
  expect(happened).toEqual(['first', 'second', 'third', 'fourth']);
});

test('virtual time stands still until everything of an instant is committed', async () => {
  const clock = new VirtualClock(0);
  const { commit, happened } = commits(clock);
  clock.setTimeout(() => [1, 2].forEach(commit), 1000);
  clock.setTimeout(() => happened.push('a millisecond later'), 1001);
  await clock.run();
  expect(happened).toEqual(['committed 1', 'committed 2', 'a millisecond later']);
});

test('what cannot be written is tried again, later and later, and nothing is lost or overtaken', async () => {
  const clock = new VirtualClock(0);
  const { group, commit, written, happened } = commits(clock, 3);
  commit(1);
  commit(2);
  expect([group.ready, written, happened]).toEqual([false, [], ['Error: no space']]);
  clock.setTimeout(() => commit(3), 25);
  await clock.run(69);
  expect([group.ready, written, happened.length]).toEqual([false, [], 3]);
  await clock.run(70);
  expect([group.ready, written]).toEqual([true, [[1, 2, 3]]]);
  expect(happened.slice(3)).toEqual(['committed 1', 'committed 2', 'committed 3']);
  commit(4);
  await clock.run();
  expect([written.at(-1), clock.pending]).toEqual([[4], 0]);
});

test('whoever hears of its batch and throws keeps no other from hearing of his', async () => {
  const clock = new VirtualClock(0);
  const { group, commit, happened } = commits(clock);
  commit(1);
  group.commit(
    () => ({ entries: [], changes: [], deliveries: [] }),
    () => {
      throw new Error('from outside');
    },
  );
  commit(2);
  await expect(clock.run()).rejects.toThrow('from outside');
  expect(happened).toEqual(['committed 1', 'committed 2']);
});

test('closing commits too what somebody commits when he hears of his batch, and nothing after that', async () => {
  const clock = new VirtualClock(0);
  const { group, commit, happened, written } = commits(clock);
  commit(1);
  group.commit(
    () => ({ entries: [], changes: [], deliveries: [] }),
    () => commit(2),
  );
  group.close();
  const closed = [
    [[1], [], [2]],
    ['committed 1', 'committed 2'],
  ];
  expect([written, happened]).toEqual(closed);
  commit(3);
  await clock.run();
  expect([written, happened, clock.pending]).toEqual([...closed, 0]);
});

test('what cannot be written when it is closed is not tried again', async () => {
  const clock = new VirtualClock(0);
  const { group, commit, written, happened } = commits(clock, 3);
  commit(1);
  commit(2);
  group.close();
  await clock.run();
  expect([written, happened, clock.pending]).toEqual([[], ['Error: no space', 'Error: no space'], 0]);
});

test('closing commits what was waiting', () => {
  const { group, commit, happened } = commits(new VirtualClock(0));
  for (const seq of [1, 2, 3]) commit(seq);
  group.close();
  expect(happened).toEqual(['committed 1', 'committed 2', 'committed 3']);
});
