import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { VirtualClock } from '../../src/clock.ts';
import { filesIn } from '../../src/operations/files.ts';
import { housekeeping } from '../../src/operations/housekeeping.ts';
import { sturdyClock } from '../../src/operations/sturdy-clock.ts';
import { memoryStore } from '../../src/store/memory/memory-store.ts';
import { commit, entryOf } from '../ports/store-batches.ts';
import { callRecord, recordingRecord } from '../vendors/records.ts';

const dayMs = 24 * 60 * 60 * 1000;

test('what ended longer ago than it may be kept is forgotten once a day, with its files', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'callflow-keeping-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const clock = new VirtualClock(100 * dayMs);
  const store = memoryStore();
  for (const [index, ended] of [40, 71, 99].entries()) {
    const call = `c${index}`;
    const at = ended * dayMs;
    const file = `/where/it/was/once/${call}.wav`;
    writeFileSync(join(folder, `${call}.wav`), 'audio');
    await commit(store, {
      entries: [{ ...entryOf({ seq: index, family: call }), subject: call, at }],
      changes: [
        {
          type: 'call',
          record: callRecord({ id: call, family: call, state: 'completed', updateTime: at, endTime: at }),
        },
        { type: 'recording', record: recordingRecord({ id: `r${index}`, call, file, createTime: at }) },
      ],
    });
  }
  const forgot: object[] = [];
  const keeping = housekeeping({
    clock,
    store,
    retentionDays: () => 30,
    removeFile: filesIn(folder).removeFile,
    forgot: (counts) => forgot.push({ day: Math.round(clock.now() / dayMs), ...counts }),
    failed: expect.unreachable,
  });
  const left = () => [[...store.calls()].map(({ id }) => id), readdirSync(folder)];

  await clock.advance(60_000);
  expect(left()).toEqual([
    ['c1', 'c2'],
    ['c1.wav', 'c2.wav'],
  ]);
  expect(store.lastHeartbeat()).toBe(clock.now());
  await clock.advance(2 * dayMs);
  expect(left()).toEqual([['c2'], ['c2.wav']]);
  expect(forgot).toEqual([
    { day: 100, families: 1, calls: 1, files: 1 },
    { day: 101, families: 1, calls: 1, files: 1 },
  ]);
  keeping.end();
  expect(clock.pending).toBe(0);
});

test('by a sturdy clock, what fails is told and nothing else stops', async () => {
  const virtual = new VirtualClock(0);
  const told: unknown[] = [];
  const clock = sturdyClock(virtual, (error) => told.push(error));
  const fail = () => {
    throw new Error('broken');
  };
  let rang = false;
  clock.setTimeout(fail, 10);
  clock.setTimeout(() => {
    rang = true;
  }, 20);
  clock.clearTimeout(clock.setTimeout(fail, 15));
  clock.outside(Promise.resolve(1), 10, fail);
  await virtual.run();
  expect([told, rang, clock.now()]).toEqual([[new Error('broken'), new Error('broken')], true, 20]);
});
