/** What a store remembers of the engine, and how it forgets calls. Part of the suite that each adapter runs. */
import { describe, expect, test } from 'vitest';
import type { CallState } from '../../src/records/call.ts';
import type { Changed } from '../../src/records/changed.ts';
import type { Batch, Delivery, Store } from '../../src/store/store.ts';
import { callRecord, faxRecord, messageRecord, recordingRecord, transcriptionRecord } from '../vendors/records.ts';
import { commit, deliveryOf, entryOf } from './store-batches.ts';

/** A family of two calls with all that can be kept of one; what happened last happened at `at`. */
const familyAt = (family: string, at: number, state: CallState = 'completed'): Batch => {
  const of = { call: `${family}-child`, createTime: at };
  const changes: Changed[] = [
    { type: 'call', record: callRecord({ id: family, family, state: 'completed', updateTime: at }) },
    { type: 'call', record: callRecord({ id: `${family}-child`, family, state, updateTime: at }) },
    { type: 'recording', record: recordingRecord({ id: `${family}-r`, file: `${family}.wav`, ...of }) },
    { type: 'transcription', record: transcriptionRecord({ id: `${family}-t`, ...of }) },
    { type: 'fax', record: faxRecord({ id: `${family}-x`, file: `${family}.tiff`, ...of }) },
    { type: 'message', record: messageRecord({ id: `${family}-m`, ...of }) },
  ];
  const delivery: Delivery = { ...deliveryOf(`${family}-d`, family), createTime: at, state: 'delivered' };
  return { entries: [{ ...entryOf({ seq: at, family }), at }], changes, deliveries: [delivery] };
};

const idsIn = (store: Store) =>
  [store.calls(), store.recordings(), store.transcriptions(), store.faxes(), store.messages(), store.deliveries()]
    .flatMap((records) => [...records].map(({ id }) => id))
    .concat([...store.journal()].map(({ seq }) => `entry ${seq}`));

export function describeRetention(store: () => Store): void {
  const forgottenAll = (family: string) => ({ families: 1, calls: 2, files: [`${family}.wav`, `${family}.tiff`] });
  const none = { families: 0, calls: 0, files: [] };

  test('knows the highest number of an entry, whatever has been forgotten', async () => {
    expect(store().lastSeq()).toBe(-1);
    await commit(store(), { entries: [entryOf({ seq: 0 }), entryOf({ seq: 1 }), entryOf({ seq: 2, family: 'f2' })] });
    expect(store().lastSeq()).toBe(2);
    await commit(store(), { deliveries: [{ ...deliveryOf('d1'), state: 'delivered' }] });
    store().forget(Number.MAX_SAFE_INTEGER);
    expect([store().lastSeq(), [...store().journal()]]).toEqual([2, []]);
  });

  test('remembers when the engine lived last, and settings', () => {
    expect([store().lastHeartbeat(), store().setting('a')]).toEqual([undefined, undefined]);
    for (const at of [1000, 2000]) store().heartbeat(at);
    for (const value of ['"one"', '"two"']) store().putSetting('a', value);
    store().putSetting('b', '{}');
    expect([store().lastHeartbeat(), store().setting('a'), store().setting('b')]).toEqual([2000, '"two"', '{}']);
  });

  test('is ready', () => {
    expect(store().ready).toBe(true);
  });

  describe('forgetting', () => {
    test('takes families in which nothing has happened since, with all there is of them', async () => {
      await commit(store(), familyAt('f1', 1000));
      await commit(store(), familyAt('f2', 2000));
      const before = idsIn(store());
      expect(store().forget(1000)).toEqual(none);
      expect(idsIn(store())).toEqual(before);
      expect(store().forget(2000)).toEqual(forgottenAll('f1'));
      expect(idsIn(store())).toEqual(['f2', 'f2-child', 'f2-r', 'f2-t', 'f2-x', 'f2-m', 'f2-d', 'entry 2000']);
      expect(store().forget(2001)).toEqual(forgottenAll('f2'));
      expect(idsIn(store())).toEqual([]);
    });

    test('takes a message that no call has sent, unless somebody is owed word of it', async () => {
      const { call: _, ...message } = messageRecord({ id: 'm1', createTime: 1000 });
      const owed: Delivery = { ...deliveryOf('m1-d', 'm1'), createTime: 1000 };
      await commit(store(), {
        entries: [{ ...entryOf({ seq: 0, family: 'm1' }), at: 1000 }],
        changes: [{ type: 'message', record: message }],
        deliveries: [owed],
      });
      expect([store().forget(2000), store().erase('m1')]).toEqual([none, none]);
      await commit(store(), { deliveries: [{ ...owed, state: 'delivered' }] });
      expect(store().forget(2000)).toEqual({ families: 1, calls: 0, files: [] });
      expect(idsIn(store())).toEqual([]);
    });

    test('takes the longest silent first, so many at a time', async () => {
      for (const [family, at] of [
        ['f1', 3000],
        ['f2', 1000],
        ['f3', 2000],
      ] as const)
        await commit(store(), familyAt(family, at));
      expect(store().forget(9000, 2)).toEqual({
        families: 2,
        calls: 4,
        files: ['f2.wav', 'f2.tiff', 'f3.wav', 'f3.tiff'],
      });
      expect([...store().calls()].map(({ id }) => id)).toEqual(['f1', 'f1-child']);
    });

    test.for<[string, Partial<Batch>]>([
      ['a call is going on', familyAt('f1', 1001, 'inProgress')],
      ['a recording is not ready', pending('recording')],
      ['a transcription is not ready', pending('transcription')],
      ['a callback is owed', { deliveries: [deliveryOf('f1-d', 'f1')] }],
    ])('leaves a family alone while %s', async ([, going]) => {
      await commit(store(), familyAt('f1', 1000));
      await commit(store(), going);
      const kept = idsIn(store());
      expect([store().forget(9000), store().erase('f1-child')]).toEqual([none, none]);
      expect(idsIn(store())).toEqual(kept);
    });

    test('takes callbacks that were given up with their family, counted from when that was', async () => {
      await commit(store(), familyAt('f1', 1000));
      const givenUp: Delivery = { ...deliveryOf('given up', 'f1'), state: 'givenUp' };
      await commit(store(), {
        entries: [{ ...entryOf({ seq: 5000, family: 'f1' }), at: 5000 }],
        deliveries: [givenUp],
      });
      expect([store().forget(5000), store().delivery('given up')]).toEqual([none, givenUp]);
      expect(store().forget(5001)).toEqual(forgottenAll('f1'));
      expect(idsIn(store())).toEqual([]);
    });

    test('takes a callback of which nothing else is kept', async () => {
      await commit(store(), { deliveries: [{ ...deliveryOf('late', 'f1'), createTime: 3000, state: 'givenUp' }] });
      expect(store().forget(3000)).toEqual(none);
      expect(store().forget(3001)).toEqual({ ...none, families: 1 });
      expect(idsIn(store())).toEqual([]);
    });

    test('erases the family of one call, given up or not', async () => {
      await commit(store(), familyAt('f1', 1000));
      await commit(store(), familyAt('f2', 2000));
      await commit(store(), { deliveries: [{ ...deliveryOf('given up', 'f1'), state: 'givenUp' }] });
      expect(store().erase('none')).toEqual(none);
      expect(store().erase('f1-child')).toEqual(forgottenAll('f1'));
      expect(idsIn(store()).filter((id) => !id.startsWith('f2'))).toEqual(['entry 2000']);
    });

    test('takes no recording that was deleted before', async () => {
      await commit(store(), familyAt('f1', 1000));
      const record = recordingRecord({ id: 'f1-r', call: 'f1-child' });
      await commit(store(), { changes: [{ type: 'recording', record, deleted: true }] });
      expect(store().forget(9000).files).toEqual(['f1.tiff']);
    });
  });
}

function pending(type: 'recording' | 'transcription'): Partial<Batch> {
  const call = 'f1-child';
  const change: Changed =
    type === 'recording'
      ? { type, record: recordingRecord({ id: 'f1-r', call, state: 'pending' }) }
      : { type, record: transcriptionRecord({ id: 'f1-t', call, state: 'pending' }) };
  return { changes: [change] };
}
