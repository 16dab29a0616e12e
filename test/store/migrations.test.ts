import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { migrations } from '../../src/store/sqlite/migrations.ts';
import type { Batch, Store } from '../../src/store/store.ts';
import { commit, deliveryOf, entryOf } from '../ports/store-batches.ts';
import {
  callOptions,
  callRecord,
  conferenceRecord,
  faxRecord,
  messageRecord,
  participantRecord,
  recordingRecord,
  transcriptionRecord,
} from '../vendors/records.ts';
import { dataFolder } from './data-file.ts';

const fixture = (version: number) => new URL(`./fixtures/version-${version}.sql`, import.meta.url);

const family = callRecord().id;
const key = { project: 'demo', key: 'key', hash: 'hash', call: family, at: 1000 };
const resource = { kind: 'number', id: '1', project: 'demo', name: '+61255501234', body: {}, createTime: 1000 };

/** Something of everything that is kept. */
const content: Required<Batch> = {
  entries: [entryOf({ seq: 0, family }), entryOf({ seq: 1, family }), entryOf({ seq: 2, family: 'another' })],
  changes: [
    { type: 'call', record: callRecord({ options: callOptions() }) },
    { type: 'recording', record: recordingRecord() },
    { type: 'transcription', record: transcriptionRecord() },
    { type: 'fax', record: faxRecord() },
    { type: 'resource', record: resource },
  ],
  deliveries: [deliveryOf('d1', family), { ...deliveryOf('d2', family), state: 'delivered' }],
  keys: [key],
};

/** What is kept since version 3. */
const meeting = {
  changes: [
    { type: 'conference', record: conferenceRecord() },
    { type: 'participant', record: participantRecord() },
  ],
} as const;

/** What is kept since version 4. */
const message = { changes: [{ type: 'message', record: messageRecord() }] } as const;

async function fill(store: Store): Promise<void> {
  await commit(store, content);
  await commit(store, meeting);
  await commit(store, message);
  store.heartbeat(2000);
  store.putSetting('setting', '{"a":1}');
}

const shown = (store: Store) => ({
  entries: [...store.journal()],
  changes: [
    ...[...store.unended()].map((record) => ({ type: 'call', record })),
    ...[...store.recordings()].map((record) => ({ type: 'recording', record })),
    ...[...store.transcriptions()].map((record) => ({ type: 'transcription', record })),
    ...[...store.faxes()].map((record) => ({ type: 'fax', record })),
    { type: 'resource', record: store.resourceNamed('number', '+61255501234') },
  ],
  deliveries: [...store.deliveries()],
  keys: [store.idempotencyKey('demo', 'key', 1000)],
});

const { conference, project } = participantRecord();
const shownMeeting = (store: Store) => ({
  changes: [
    ...[...store.unendedConferences()].map((record) => ({ type: 'conference', record })),
    ...store.findParticipants({ project, conference, limit: 9 }).map((record) => ({ type: 'participant', record })),
  ],
});

/** A data file in SQL: its shape, then its rows. */
function dump(file: string): string {
  using database = new DatabaseSync(file, { readOnly: true });
  const pragmas = ['application_id', 'user_version'].map(
    (name) => `PRAGMA ${name} = ${database.prepare(`PRAGMA ${name}`).get()![name]}`,
  );
  const shape = database
    .prepare('SELECT name, type, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid')
    .all();
  const rows = shape
    .filter(({ type }) => type === 'table')
    .flatMap(({ name }) => {
      const columns = database.prepare(`PRAGMA table_info(${name})`).all();
      const quoted = columns.map((column) => `quote("${column.name}")`).join(` || ', ' || `);
      const values = database.prepare(`SELECT ${quoted} AS quoted FROM ${name}`).all();
      return values.map((row) => `INSERT INTO ${name} VALUES (${row.quoted})`);
    });
  return `${[...pragmas, ...shape.map(({ sql }) => sql), ...rows].join(';\n')};\n`;
}

test('an empty file gets the newest shape, which is kept among the fixtures', async () => {
  using folder = dataFolder();
  const store = folder.open();
  await fill(store);
  store.close();
  await expect(dump(folder.file())).toMatchFileSnapshot(fixture(migrations.length).pathname);
});

test.for(migrations.map((_, index) => index + 1))(
  'a file of version %d is opened with all that is in it',
  (version) => {
    using folder = dataFolder();
    const old = new DatabaseSync(folder.file());
    old.exec(readFileSync(fixture(version), 'utf8'));
    old.close();
    for (const time of ['first', 'second']) {
      const store = folder.open();
      expect(shown(store), `the ${time} time`).toEqual(content);
      expect(shownMeeting(store)).toEqual(version < 3 ? { changes: [] } : meeting);
      expect([...store.messages()]).toEqual(version < 4 ? [] : [messageRecord()]);
      expect([store.lastSeq(), store.lastHeartbeat(), store.setting('setting')]).toEqual([2, 2000, '{"a":1}']);
      store.close();
    }
    using now = new DatabaseSync(folder.file());
    expect(now.prepare('PRAGMA user_version').get()).toEqual({ user_version: migrations.length });
  },
);

test('a callback of version 1 that was given up, and whose family is forgotten, is forgotten in its turn', () => {
  using folder = dataFolder();
  const old = new DatabaseSync(folder.file());
  old.exec(readFileSync(fixture(1), 'utf8'));
  const left = { ...deliveryOf('left', 'gone'), createTime: 7000, state: 'givenUp' };
  old.prepare('INSERT INTO deliveries VALUES (?, ?, ?, ?)').run('left', 'gone', 'givenUp', JSON.stringify(left));
  old.close();
  const store = folder.open();
  store.forget(7000);
  expect(store.delivery('left')).toEqual(left);
  store.forget(7001);
  expect(store.delivery('left')).toBeUndefined();
});
