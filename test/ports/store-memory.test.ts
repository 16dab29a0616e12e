import { describe, expect, test } from 'vitest';
import { memoryStore } from '../../src/store/memory/memory-store.ts';
import { callRecord, recordingRecord } from '../vendors/records.ts';
import { describeStore } from './store.ts';
import { commit, deliveryOf, entryOf } from './store-batches.ts';

describeStore('memory', () => ({ store: memoryStore() }));
describeStore('forgetful memory', () => ({ store: memoryStore({ keepEnded: 10 }) }));

describe('a memory store that keeps one ended family', () => {
  const ended = (id: string) => ({
    entries: [entryOf({ seq: 0, family: id })],
    changes: [{ type: 'call', record: callRecord({ id, family: id, state: 'completed' }) } as const],
  });

  test('drops the one that ended first, with its journal, records and delivered callbacks', async () => {
    const store = memoryStore({ keepEnded: 1 });
    await commit(store, { ...ended('f1'), deliveries: [{ ...deliveryOf('d1', 'f1'), state: 'delivered' }] });
    await commit(store, { changes: [{ type: 'recording', record: recordingRecord({ call: 'f1' }) }] });
    await commit(store, ended('f2'));
    expect([...store.calls()].map(({ id }) => id)).toEqual(['f2']);
    expect([...store.journal()].map(({ family }) => family)).toEqual(['f2']);
    expect([[...store.recordings()], [...store.deliveries()], [...store.journal('f1')]]).toEqual([[], [], []]);
  });

  test.for([
    [
      'a call that is going on',
      { changes: [{ type: 'call', record: callRecord({ id: 'c2', family: 'f1', state: 'ringing' }) } as const] },
    ],
    [
      'a recording that is not ready',
      { changes: [{ type: 'recording', record: recordingRecord({ call: 'f1', state: 'pending' }) } as const] },
    ],
    ['a callback that is owed', { deliveries: [deliveryOf('d1', 'f1')] }],
  ] as const)('keeps a family that has %s', async ([, going]) => {
    const store = memoryStore({ keepEnded: 1 });
    await commit(store, ended('f1'));
    await commit(store, going);
    await commit(store, ended('f2'));
    await commit(store, ended('f3'));
    expect([...store.calls()].filter(({ id }) => id !== 'c2').map(({ id }) => id)).toEqual(['f1', 'f3']);
  });

  test('lets a family go once its last callback has been delivered', async () => {
    const store = memoryStore({ keepEnded: 1 });
    await commit(store, { ...ended('f1'), deliveries: [deliveryOf('d1', 'f1')] });
    await commit(store, ended('f2'));
    await commit(store, { deliveries: [{ ...deliveryOf('d1', 'f1'), state: 'delivered' }] });
    await commit(store, ended('f3'));
    expect([...store.calls()].map(({ id }) => id)).toEqual(['f3']);
    expect([...store.deliveries()]).toEqual([]);
  });

  test('lets callbacks that were given up go with their family', async () => {
    const store = memoryStore({ keepEnded: 1 });
    await commit(store, { ...ended('f1'), deliveries: [{ ...deliveryOf('d1', 'f1'), state: 'givenUp' }] });
    expect(store.delivery('d1')?.state).toBe('givenUp');
    await commit(store, ended('f2'));
    expect([[...store.calls()].map(({ id }) => id), store.delivery('d1')]).toEqual([['f2'], undefined]);
  });
});
