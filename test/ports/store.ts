/** What every store must do: each adapter runs this suite. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JournalEntry } from '../../src/journal/journal.ts';
import type { Changed } from '../../src/records/changed.ts';
import type { TranscriptionRecord } from '../../src/records/recording.ts';
import type { Delivery, Store } from '../../src/store/store.ts';
import { callRecord, faxRecord, messageRecord, recordingRecord, transcriptionRecord } from '../vendors/records.ts';
import { commit, committed, deliveryOf, empty, entryOf } from './store-batches.ts';
import { describeConferences } from './store-conferences.ts';
import { describeLists } from './store-lists.ts';
import { describeResources } from './store-resources.ts';
import { describeRetention } from './store-retention.ts';

/** An adapter under test, opened afresh for each test. */
export interface OpenStore {
  store: Store;
  close?(): void | Promise<void>;
}

export function describeStore(name: string, open: () => OpenStore | Promise<OpenStore>): void {
  describe(`the ${name} store`, () => {
    let opened: OpenStore;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close?.());
    const store = () => opened.store;

    test('is empty at first', () => {
      expect(everything(store())).toEqual(nothing);
    });

    test('shows a whole batch once it is committed', async () => {
      const entry = entryOf({ seq: 0 });
      const call = callRecord();
      const recording = recordingRecord();
      const transcription = transcriptionRecord();
      const fax = faxRecord();
      const message = messageRecord();
      const delivery: Delivery = { ...deliveryOf('d1'), method: 'GET' };
      await commit(store(), {
        entries: [entry],
        changes: [
          { type: 'call', record: call },
          { type: 'recording', record: recording },
          { type: 'transcription', record: transcription },
          { type: 'fax', record: fax },
          { type: 'message', record: message },
        ],
        deliveries: [delivery],
      });
      expect(everything(store())).toEqual({
        calls: [call],
        recordings: [recording],
        transcriptions: [transcription],
        faxes: [fax],
        messages: [message],
        deliveries: [delivery],
        journal: [entry],
      });
    });

    test('finds a call, a recording and a delivery by its id', async () => {
      const call = callRecord();
      const recording = recordingRecord();
      await commit(store(), {
        changes: [
          { type: 'call', record: call },
          { type: 'recording', record: recording },
        ],
        deliveries: [deliveryOf('d1')],
      });
      expect([store().call(call.id), store().recording(recording.id), store().delivery('d1')]).toEqual([
        call,
        recording,
        deliveryOf('d1'),
      ]);
      expect([store().call('none'), store().recording('none'), store().delivery('none')]).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
    });

    test('keeps of each id what came last, within a batch and over several', async () => {
      const pending: TranscriptionRecord = { ...transcriptionRecord(), state: 'pending' };
      await commit(store(), {
        changes: [
          changedCall('queued'),
          changedCall('starting'),
          { type: 'recording', record: { ...recordingRecord(), state: 'pending' } },
          { type: 'transcription', record: pending },
        ],
        deliveries: [deliveryOf('d1'), { ...deliveryOf('d1'), attempts: 1 }],
      });
      await commit(store(), {
        changes: [
          changedCall('ringing'),
          { type: 'recording', record: recordingRecord() },
          { type: 'transcription', record: transcriptionRecord() },
        ],
        deliveries: [{ ...deliveryOf('d1'), attempts: 2, state: 'givenUp' }],
      });
      expect(everything(store())).toEqual({
        ...nothing,
        calls: [callRecord({ state: 'ringing' })],
        recordings: [recordingRecord()],
        transcriptions: [transcriptionRecord()],
        deliveries: [{ ...deliveryOf('d1'), attempts: 2, state: 'givenUp' }],
      });
    });

    test('has the recordings of one state', async () => {
      const record = recordingRecord({ id: 'r2', state: 'pending' });
      const changes = [recordingRecord({ id: 'r1' }), record].map(
        (one) => ({ type: 'recording', record: one }) as const,
      );
      await commit(store(), { changes });
      expect([...store().recordings('pending')]).toEqual([record]);
      expect([...store().recordings('failed')]).toEqual([]);
    });

    test('forgets a property that the newer record does not have', async () => {
      await commit(store(), { deliveries: [{ ...deliveryOf('d1'), dueTime: 7 }] });
      await commit(store(), { deliveries: [{ ...deliveryOf('d1'), state: 'delivered' }] });
      expect(store().delivery('d1')).toStrictEqual({ ...deliveryOf('d1'), state: 'delivered' });
    });

    test('has the journal in order, whole or of one family', async () => {
      const entries = ['a', 'b', 'a', 'c', 'b', 'a'].map((family, seq) => entryOf({ seq, family }));
      await commit(store(), { entries: entries.slice(0, 2) });
      await commit(store(), { entries: entries.slice(2, 5) });
      await commit(store(), { entries: entries.slice(5) });
      expect([...store().journal()]).toEqual(entries);
      expect([...store().journal('a')].map(({ seq }) => seq)).toEqual([0, 2, 5]);
      expect([...store().journal('b')].map(({ seq }) => seq)).toEqual([1, 4]);
      expect([...store().journal('none')]).toEqual([]);
    });

    test('takes a batch once, and what has happened until it takes it', async () => {
      const entries: JournalEntry[] = [];
      let takes = 0;
      const done = committed(store(), () => {
        takes++;
        return { ...empty, entries };
      });
      if (takes === 0) entries.push(entryOf({ seq: 0 }));
      await done;
      expect([takes, [...store().journal()]]).toEqual([1, entries]);
    });

    test('commits in the order in which it was told to', async () => {
      const order: string[] = [];
      const done = ['first', 'second', 'third'].map((said, seq) =>
        committed(store(), () => {
          order.push(`take ${said}`);
          return { ...empty, entries: [entryOf({ seq })], changes: [changedCall(seq === 2 ? 'completed' : 'ringing')] };
        }).then(() => order.push(`committed ${said}`)),
      );
      await Promise.all(done);
      const of = (what: string) => order.filter((step) => step.startsWith(what));
      expect(of('take')).toEqual(['take first', 'take second', 'take third']);
      expect(of('committed')).toEqual(['committed first', 'committed second', 'committed third']);
      expect([...store().journal()].map(({ seq }) => seq)).toEqual([0, 1, 2]);
      expect(store().call(callRecord().id)?.state).toBe('completed');
    });

    test('shows a batch to whoever hears that it is committed, and takes the next one from there', async () => {
      const seen: string[] = [];
      const { promise, resolve } = Promise.withResolvers<void>();
      store().commit(
        () => ({ ...empty, changes: [changedCall('starting')] }),
        () => {
          seen.push(store().call(callRecord().id)?.state ?? 'nothing');
          store().commit(
            () => ({ ...empty, changes: [changedCall('ringing')] }),
            () => {
              seen.push(store().call(callRecord().id)?.state ?? 'nothing');
              resolve();
            },
          );
        },
      );
      await promise;
      expect(seen).toEqual(['starting', 'ringing']);
    });

    test('keeps every kind of character', async () => {
      const call = callRecord({ labels: { 'schlüssel\u0000': '\u{1f4de} "quoted" \\ \n' } });
      await commit(store(), { changes: [{ type: 'call', record: call }] });
      expect(store().call(call.id)).toEqual(call);
    });

    describeConferences(store);
    describeLists(store);
    describeResources(store);
    describeRetention(store);
  });
}

const nothing = { calls: [], recordings: [], transcriptions: [], faxes: [], messages: [], deliveries: [], journal: [] };

const everything = (store: Store) => ({
  calls: [...store.calls()],
  recordings: [...store.recordings()],
  transcriptions: [...store.transcriptions()],
  faxes: [...store.faxes()],
  messages: [...store.messages()],
  deliveries: [...store.deliveries()],
  journal: [...store.journal()],
});

const changedCall = (state: 'queued' | 'starting' | 'ringing' | 'completed'): Changed => ({
  type: 'call',
  record: callRecord({ state }),
});
