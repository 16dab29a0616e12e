import { copyFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { VirtualClock } from '../../src/clock.ts';
import { memoryStore } from '../../src/store/memory/memory-store.ts';
import { copyData } from '../../src/store/sqlite/copy.ts';
import type { Batch } from '../../src/store/store.ts';
import type { Instruction } from '../../src/verbs/index.ts';
import { program, say, world } from '../call/world.ts';
import { commit, deliveryOf, empty, entryOf } from '../ports/store-batches.ts';
import { callRecord, recordingRecord } from '../vendors/records.ts';
import { dataFolder } from './data-file.ts';

/** As if whoever made it had forgotten something. */
const without = <T>(name: keyof T, whole: T): T => ({ ...whole, [name]: undefined });

test('everything is there again when the file is opened again', async () => {
  using folder = dataFolder();
  const first = folder.open();
  await commit(first, {
    entries: [entryOf({ seq: 0 }), entryOf({ seq: 1 })],
    changes: [{ type: 'call', record: callRecord() }],
    deliveries: [deliveryOf('d1')],
    keys: [{ project: 'demo', key: 'k', hash: 'h', call: 'c1', at: 5 }],
  });
  first.heartbeat(77);
  first.putSetting('name', '"value"');
  first.close();
  const again = folder.open();
  expect([...again.journal()]).toEqual([entryOf({ seq: 0 }), entryOf({ seq: 1 })]);
  expect([[...again.unended()], [...again.deliveries('owed')]]).toEqual([[callRecord()], [deliveryOf('d1')]]);
  expect([again.lastSeq(), again.lastHeartbeat(), again.setting('name')]).toEqual([1, 77, '"value"']);
  expect(again.idempotencyKey('demo', 'k', 6)?.call).toBe('c1');
});

test('numbers go on after all entries have been forgotten and the file is opened again', async () => {
  using folder = dataFolder();
  const first = folder.open();
  await commit(first, { entries: [entryOf({ seq: 41 })] });
  first.forget(Number.MAX_SAFE_INTEGER);
  first.close();
  expect(folder.open().lastSeq()).toBe(41);
});

const voicemail: Instruction = {
  verb: 'record',
  answers: true,
  beep: true,
  stopKeys: '#',
  silenceMs: 5000,
  maxMs: 3000,
  trim: false,
  transcribe: true,
};

test('an engine keeps in a file exactly what it keeps in memory', async () => {
  using folder = dataFolder();
  const clock = new VirtualClock();
  const [file, memory] = [folder.open({ clock }), memoryStore()];
  for (const store of [file, memory]) {
    const own = store === file ? clock : new VirtualClock();
    const { network, engine } = world({ '/voice': program(say('Hello'), voicemail) }, {}, { clock: own, store });
    network.callIn({ to: '+61255501234', from: '+61491570006', transport: 'PSTN' });
    await own.run();
    expect(engine.live()).toEqual([]);
  }
  expect([...file.journal()].length).toBeGreaterThan(10);
  expect([...file.journal()]).toEqual([...memory.journal()]);
  expect([...file.calls()]).toEqual([...memory.calls()]);
});

test('somebody else’s lock on the file delays what is committed, and nothing else', async () => {
  using folder = dataFolder();
  const clock = new VirtualClock(0);
  const failures: string[] = [];
  const store = folder.open({ clock, onFailure: ({ code, message }) => failures.push(`${code} ${message}`) });
  const other = new DatabaseSync(folder.file());
  other.exec('BEGIN IMMEDIATE');
  const committed: number[] = [];
  for (const seq of [0, 1]) {
    store.commit(
      () => ({ ...empty, entries: [entryOf({ seq })] }),
      () => committed.push(seq),
    );
  }
  expect(() => store.putSetting('a', 'b')).toThrow(expect.objectContaining({ code: 'STORE_FAILED' }));
  await clock.run(5);
  expect([store.ready, committed, failures]).toEqual([false, [], ['STORE_FAILED database is locked']]);
  expect([...store.journal()]).toEqual([]);
  other.exec('ROLLBACK');
  other.close();
  await clock.run();
  expect([store.ready, committed, [...store.journal()].map(({ seq }) => seq)]).toEqual([true, [0, 1], [0, 1]]);
});

test('a batch of which something cannot be written leaves nothing behind', async () => {
  using folder = dataFolder();
  const clock = new VirtualClock(0);
  const store = folder.open({ clock, onFailure: () => {} });
  const spoilt = { ...recordingRecord(), project: null as unknown as string };
  store.commit(
    () => ({
      entries: [entryOf({ seq: 0 })],
      changes: [
        { type: 'call', record: callRecord() },
        { type: 'recording', record: spoilt },
      ],
      deliveries: [],
    }),
    () => expect.unreachable(),
  );
  expect([store.ready, [...store.journal()], [...store.calls()], store.lastSeq()]).toEqual([false, [], [], -1]);
});

test.for<[string, Partial<Batch>]>([
  ['an entry of no time', { entries: [{ ...entryOf({ seq: 1 }), at: Number.NaN }] }],
  ['a call that never changed', { changes: [{ type: 'call', record: without('updateTime', callRecord()) }] }],
  ['a call to a thing', { changes: [{ type: 'call', record: callRecord({ to: {} as string }) }] }],
  ['a callback of no time', { deliveries: [without('createTime', deliveryOf('d1'))] }],
  ['a key without what was asked', { keys: [without('hash', { project: 'p', key: 'k', hash: '', call: 'c', at: 1 })] }],
])('what the tables would refuse is not promised: %s', async ([, spoilt]) => {
  using folder = dataFolder();
  const store = folder.open({ clock: new VirtualClock(0), onFailure: () => {} });
  store.commit(
    () => ({ ...empty, ...spoilt }),
    () => expect.unreachable(),
  );
  expect(store.ready).toBe(false);
  store.close();
  expect([...folder.open().journal()]).toEqual([]);
});

test('a file that cannot be brought up to date is left to whoever tries again', async () => {
  using folder = dataFolder();
  const store = folder.open();
  await commit(store, { entries: [entryOf({ seq: 0 })] });
  for (const end of ['', '-wal']) copyFileSync(`${folder.file()}${end}`, `${folder.file('killed')}${end}`);
  const other = new DatabaseSync(folder.file('killed'));
  other.exec('BEGIN IMMEDIATE');
  const open = () => folder.open({ file: folder.file('killed') });
  expect(open).toThrow(expect.objectContaining({ code: 'STORE_FAILED' }));
  other.close();
  expect([...open().journal()]).toEqual([entryOf({ seq: 0 })]);
});

test('a file that another store has open is refused, and free once that one is closed', () => {
  using folder = dataFolder();
  const first = folder.open();
  expect(() => folder.open()).toThrow(expect.objectContaining({ code: 'STORE_IN_USE' }));
  first.close();
  expect(folder.open().ready).toBe(true);
});

test.for<[string, string, (file: string) => void]>([
  ['that is not a database', 'STORE_NOT_READABLE', (file) => writeFileSync(file, 'my diary\n'.repeat(1000))],
  ['of something else', 'STORE_NOT_READABLE', (file) => inDatabase(file, 'CREATE TABLE diary (day, text)')],
  [
    'of a newer version',
    'STORE_NEWER',
    (file) => inDatabase(file, `PRAGMA application_id = ${0x63616c6c}; PRAGMA user_version = 999`),
  ],
])('a file %s is refused and left as it is: %s', ([, code, make]) => {
  using folder = dataFolder();
  make(folder.file());
  const before = readFileSync(folder.file());
  expect(() => folder.open()).toThrow(expect.objectContaining({ code }));
  expect(readFileSync(folder.file())).toEqual(before);
});

test('a folder that is not there is made; nobody else may read the file', () => {
  using folder = dataFolder();
  folder.open({ file: folder.file('deep/down/callflow.db') });
  expect(statSync(folder.file('deep/down/callflow.db')).mode & 0o777).toBe(0o600);
});

test('a backup made while batches are committed is a store with the first so many of them', async () => {
  using folder = dataFolder();
  const store = folder.open();
  const filler = 'x'.repeat(20_000);
  const batch = (seq: number) => ({
    entries: [entryOf({ seq, family: `f${seq}` })],
    changes: [{ type: 'call', record: callRecord({ id: `f${seq}`, family: `f${seq}`, labels: { filler } }) } as const],
  });
  for (let seq = 0; seq < 100; seq++) await commit(store, batch(seq));
  const copied = copyData(folder.file(), folder.file('copy.db'));
  for (let seq = 100; seq < 120; seq++) await commit(store, batch(seq));
  await copied;
  expect(existsSync(folder.file('copy.db.part'))).toBe(false);
  const copy = folder.open({ file: folder.file('copy.db') });
  const entries = [...copy.journal()];
  expect(entries.length).toBeGreaterThanOrEqual(100);
  expect(entries).toEqual([...store.journal()].slice(0, entries.length));
  expect([...copy.calls()].length).toBe(entries.length);
});

test('a backup that cannot be made says so', async () => {
  using folder = dataFolder();
  folder.open();
  const copied = copyData(folder.file(), folder.file('nowhere/copy.db'));
  await expect(copied).rejects.toThrow(expect.objectContaining({ code: 'STORE_NOT_READABLE' }));
});

test('what was erased is in no file any more', async () => {
  using folder = dataFolder();
  const store = folder.open();
  const labels = { secret: 'the cat is called Mitzi' };
  await commit(store, { changes: [{ type: 'call', record: callRecord({ labels, state: 'completed' }) }] });
  store.erase(callRecord().id);
  const files = ['', '-wal'].map((end) => readFileSync(`${folder.file()}${end}`).includes('Mitzi'));
  expect(files).toEqual([false, false]);
});

function inDatabase(file: string, sql: string): void {
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
}

test('recordings that are not ready are found without looking at the others', () => {
  using folder = dataFolder();
  folder.open().close();
  using database = new DatabaseSync(folder.file());
  const plan = database
    .prepare(
      "EXPLAIN QUERY PLAN SELECT id, body FROM recordings WHERE state = 'pending' AND id > ? ORDER BY id LIMIT 500",
    )
    .all('');
  expect(plan.map(({ detail }) => detail)).toEqual([expect.stringContaining('USING INDEX recordings_pending')]);
});
