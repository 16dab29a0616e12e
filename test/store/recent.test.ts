import { copyFileSync, readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { copyData } from '../../src/store/sqlite/copy.ts';
import { readCallJournal } from '../../src/store/sqlite/reading.ts';
import type { Batch, Store } from '../../src/store/store.ts';
import { commit, deliveryOf, entryOf } from '../ports/store-batches.ts';
import { callRecord, messageRecord, recordingRecord } from '../vendors/records.ts';
import { type DataFolder, dataFolder } from './data-file.ts';

/** What one call commits at once; `filler` makes its entry longer. */
const batchOf = (n: number, filler = ''): Batch => {
  const call = callRecord({ id: `call ${n}`, family: `call ${n}`, labels: { filler } });
  return {
    entries: [
      entryOf({ seq: 2 * n, family: call.id }),
      {
        ...entryOf({ seq: 2 * n + 1, family: call.id }),
        output: { type: 'call.changed', state: call.state, record: call },
      },
    ],
    changes: [
      { type: 'call', record: call },
      { type: 'recording', record: recordingRecord({ id: `recording ${n}`, call: call.id, file: `${n}.wav` }) },
      {
        type: 'resource',
        record: { kind: 'number', id: `${n}`, project: 'demo', name: `+${n}`, body: {}, createTime: n },
      },
    ],
    deliveries: [deliveryOf(`delivery ${n}`, call.id)],
    keys: [{ project: 'demo', key: `key ${n}`, hash: 'h', call: call.id, at: n }],
  };
};

const shown = (store: Store) => ({
  entries: [...store.journal()],
  changes: [
    ...[...store.calls()].map((record) => ({ type: 'call', record })),
    ...[...store.recordings()].map((record) => ({ type: 'recording', record })),
    ...store
      .findResources({ kind: 'number', project: 'demo', limit: 9 })
      .map((record) => ({ type: 'resource', record })),
  ],
  deliveries: [...store.deliveries()],
  keys: [store.idempotencyKey('demo', 'key 0', 1)],
});

/** The rows of a table, as another process sees them. */
function count(folder: DataFolder, table: string): number {
  using database = new DatabaseSync(folder.file(), { readOnly: true });
  return Number(database.prepare(`SELECT count(*) AS count FROM ${table}`).get()?.count);
}

/** The data file as it would be found if the process were killed now. */
function fileOfKilled(folder: DataFolder): string {
  for (const end of ['', '-wal']) copyFileSync(`${folder.file()}${end}`, `${folder.file('killed')}${end}`);
  return folder.file('killed');
}

test.for([
  ['one page', ''],
  ['many pages, with characters of many bytes', 'ü\u{1f4de}"\n'.repeat(5_000)],
  ['more than is written twice', 'x'.repeat(200_000)],
])('what has been committed and was never read is there after a crash: %s', async ([, filler]) => {
  using folder = dataFolder();
  const store = folder.open();
  await commit(store, batchOf(0, filler));
  const again = folder.open({ file: fileOfKilled(folder) });
  expect(shown(again)).toEqual(batchOf(0, filler));
  expect(again.lastSeq()).toBe(1);
});

test('of what has been committed several times the last is there after a crash, and nothing that was deleted', async () => {
  using folder = dataFolder();
  const store = folder.open();
  const [first, second] = [0, 1].map((n) => callRecord({ id: `call ${n}`, family: 'call 0' }));
  await commit(store, batchOf(0));
  await commit(store, { changes: [{ type: 'call', record: { ...first!, state: 'ringing' } }] });
  await commit(store, { changes: [{ type: 'call', record: second! }] });
  await commit(store, { changes: [{ type: 'recording', record: recordingRecord({ id: 'left', call: 'call 1' }) }] });
  await commit(store, { changes: [{ type: 'call', record: second!, deleted: true }] });
  await commit(store, { deliveries: [{ ...deliveryOf('delivery 0', 'call 0'), state: 'delivered' }] });
  const killed = folder.open({ file: fileOfKilled(folder) });
  for (const one of [store, killed]) {
    expect([one.call('call 0')?.state, one.call('call 1'), one.delivery('delivery 0')?.state]).toEqual([
      'ringing',
      undefined,
      'delivered',
    ]);
    expect([...one.calls()].map(({ id, state }) => [id, state])).toEqual([['call 0', 'ringing']]);
    expect([...one.deliveries('delivered')].map(({ id }) => id)).toEqual(['delivery 0']);
  }
  await commit(killed, { changes: [{ type: 'call', record: { ...first!, state: 'completed' } }] });
  expect(killed.forget(Number.MAX_SAFE_INTEGER).files.toSorted()).toEqual(['0.wav', recordingRecord().file]);
});

test('calls and callbacks are shown by their ids, and numbers found, without writing what changed to the tables', async () => {
  using folder = dataFolder();
  const store = folder.open();
  const { changes, deliveries } = batchOf(0);
  await commit(store, { changes: changes.filter(({ type }) => type === 'call'), deliveries });
  expect([store.call('call 0'), store.delivery('delivery 0'), store.resourceNamed('number', '+1')]).toEqual([
    changes[0]!.record,
    deliveries[0],
    undefined,
  ]);
  expect([count(folder, 'recent'), count(folder, 'calls')]).toEqual([1, 0]);
  expect(store.findCalls({ project: 'demo', limit: 9 })).toEqual([changes[0]!.record]);
  expect(count(folder, 'calls')).toBe(1);
});

test('what is not in the tables yet never grows beyond a few pages', async () => {
  using folder = dataFolder();
  const store = folder.open();
  for (let n = 0; n < 200; n++) await commit(store, batchOf(n, 'x'.repeat(n * 50)));
  expect(count(folder, 'recent')).toBeLessThanOrEqual(64);
  expect(count(folder, 'calls')).toBeGreaterThan(130);
  expect([...store.calls()].length).toBe(200);
  expect([...folder.open({ file: fileOfKilled(folder) }).journal()].map(({ seq }) => seq)).toEqual(
    Array.from({ length: 400 }, (_, seq) => seq),
  );
});

test('somebody who reads while others commit sees the journal whole', async () => {
  using folder = dataFolder();
  const store = folder.open();
  for (let n = 0; n < 300; n++) await commit(store, batchOf(n));
  const seen: number[] = [];
  for (const { seq } of store.journal()) {
    seen.push(seq);
    if (seq === 100) for (let n = 300; n < 310; n++) await commit(store, batchOf(n));
  }
  expect(seen.slice(0, 600)).toEqual(Array.from({ length: 600 }, (_, seq) => seq));
});

test('another process that reads a call, and a backup, have what is not in the tables yet', async () => {
  using folder = dataFolder();
  const store = folder.open();
  await commit(store, batchOf(0));
  expect(shown(store)).toEqual(batchOf(0));
  await commit(store, { entries: [entryOf({ seq: 2, family: 'call 0' })] });
  await commit(store, { ...batchOf(2), keys: [] });
  const { call, entries } = readCallJournal(folder.file(), 'call 0');
  expect([call.id, entries]).toEqual(['call 0', [...batchOf(0).entries, entryOf({ seq: 2, family: 'call 0' })]]);
  expect(readCallJournal(folder.file(), 'call 2')).toEqual({
    call: batchOf(2).changes[0]!.record,
    entries: batchOf(2).entries,
  });
  expect(count(folder, 'calls')).toBe(1);
  expect(await copyData(folder.file(), folder.file('copy'))).toEqual(['0.wav', '2.wav']);
  const copy = folder.open({ file: folder.file('copy') });
  expect([...copy.calls()]).toEqual([...store.calls()]);
});

test('a call that was deleted is found by no other process', async () => {
  using folder = dataFolder();
  const store = folder.open();
  await commit(store, batchOf(0));
  await commit(store, { changes: [{ type: 'call', record: callRecord({ id: 'call 0' }), deleted: true }] });
  expect(() => readCallJournal(folder.file(), 'call 0')).toThrow(expect.objectContaining({ code: 'CALL_NOT_FOUND' }));
});

test.for<[string, (store: Store) => void]>([
  ['erased', (store) => store.erase('call 0')],
  ['erased after it was read', (store) => [...store.calls(), store.erase('call 0')]],
])('what was %s is nowhere in the files, and all else is', async ([, erase]) => {
  using folder = dataFolder();
  const store = folder.open();
  const secret = 'the cat is called Mitzi ';
  const { entries, changes } = batchOf(0, secret.repeat(1_000));
  await commit(store, batchOf(1, 'the dog is called Rex'));
  await commit(store, { entries, changes });
  await commit(store, {
    changes: [{ type: 'call', record: callRecord({ id: 'call 0', family: 'call 0', state: 'completed' }) }],
  });
  await commit(store, {
    changes: [{ type: 'message', record: messageRecord({ call: 'call 1', text: 'Rex says hello' }) }],
  });
  erase(store);
  const found = (what: string) => ['', '-wal'].filter((end) => readFileSync(`${folder.file()}${end}`).includes(what));
  expect([found('Mitzi'), found('Rex is'), found('Rex says')]).toEqual([[], [], ['']]);
  expect([...store.calls()].map(({ id }) => id)).toEqual(['call 1']);
});

test('what is erased in a backup is nowhere in it', async () => {
  using folder = dataFolder();
  const store = folder.open();
  const ended = callRecord({
    id: 'call 0',
    family: 'call 0',
    state: 'completed',
    labels: { cat: 'Mitzi'.repeat(5_000) },
  });
  await commit(store, { changes: [{ type: 'call', record: ended }] });
  await copyData(folder.file(), folder.file('copy'));
  const copy = folder.open({ file: folder.file('copy') });
  expect(readFileSync(folder.file('copy')).includes('Mitzi')).toBe(true);
  expect(copy.erase('call 0').calls).toBe(1);
  expect(readFileSync(folder.file('copy')).includes('Mitzi')).toBe(false);
});

test('a file that was closed has everything in its tables', async () => {
  using folder = dataFolder();
  const store = folder.open();
  await commit(store, batchOf(0));
  store.close();
  expect([count(folder, 'recent'), count(folder, 'calls')]).toEqual([0, 1]);
});
