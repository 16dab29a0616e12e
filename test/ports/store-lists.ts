/** Finding things in a store: pages, filters, keys. Part of the suite that each adapter runs. */
import { describe, expect, test } from 'vitest';
import type { CallRecord } from '../../src/records/call.ts';
import type { CallFilter, Store } from '../../src/store/store.ts';
import { callRecord, faxRecord, messageRecord, recordingRecord, transcriptionRecord } from '../vendors/records.ts';
import { commit, deliveryOf, entryOf } from './store-batches.ts';

const callOf = (id: string, differing: Partial<CallRecord> = {}) => callRecord({ id, family: 'f1', ...differing });

const keepCalls = (store: Store, ...calls: CallRecord[]) =>
  commit(store, { changes: calls.map((record) => ({ type: 'call', record })) });

const idsOf = (records: readonly { id: string }[]) => records.map(({ id }) => id).join(' ');

/** A record that has none of these. */
const without = (record: CallRecord, ...names: readonly string[]): CallRecord =>
  Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name))) as unknown as CallRecord;

export function describeLists(store: () => Store): void {
  describe('lists of calls', () => {
    const project = 'demo';

    test('have the newest first, and of one instant the higher id', async () => {
      await keepCalls(
        store(),
        callOf('a', { createTime: 2 }),
        callOf('c', { createTime: 1 }),
        callOf('b', { createTime: 2 }),
        callOf('d', { createTime: 3, project: 'another' }),
      );
      expect(idsOf(store().findCalls({ project, limit: 10 }))).toBe('b a c');
      expect(idsOf(store().findCalls({ project, limit: 2 }))).toBe('b a');
      expect(idsOf(store().findCalls({ project: 'another', limit: 2 }))).toBe('d');
    });

    test('do not shift while calls come and change', async () => {
      await keepCalls(store(), ...['a', 'b', 'c', 'd', 'e'].map((id, createTime) => callOf(id, { createTime })));
      const seen: CallRecord[] = [];
      for (let step = 0; step < 3; step++) {
        seen.push(...store().findCalls({ project, after: seen.at(-1), limit: 2 }));
        await keepCalls(
          store(),
          callOf(`new${step}`, { createTime: 9 }),
          callOf('a', { createTime: 0, bridged: true }),
        );
      }
      expect(idsOf(seen)).toBe('e d c b a');
    });

    const kinds: CallRecord[] = [
      callOf('1', { to: '+6125550', from: '+614911', state: 'completed', createTime: 10, transport: 'PSTN' }),
      callOf('2', { to: '+6125551', from: '+614911', state: 'busy', createTime: 20, direction: 'outgoing' }),
      callOf('3', { to: '+61255', from: 'sip:a@b', state: 'canceled', createTime: 30, transport: 'SIP' }),
      callOf('4', { to: 'sip:%_*?[x]', from: '', state: 'queued', createTime: 40, direction: 'outgoing' }),
    ];

    test.for<[CallFilter, string]>([
      [{ field: 'to', op: '=', value: '+61255' }, '3'],
      [{ field: 'to', op: '!=', value: '+61255' }, '4 2 1'],
      [{ field: 'to', op: '=', value: '+61255', prefix: true }, '3 2 1'],
      [{ field: 'to', op: '!=', value: '+6125555', prefix: true }, '4 3 2 1'],
      [{ field: 'to', op: '!=', value: '+612555', prefix: true }, '4 3'],
      [{ field: 'to', op: '=', value: '', prefix: true }, '4 3 2 1'],
      [{ field: 'to', op: '=', value: 'sip:%', prefix: true }, '4'],
      [{ field: 'to', op: '=', value: 'SIP:', prefix: true }, ''],
      [{ field: 'from', op: '=', value: '' }, '4'],
      [{ field: 'state', op: '=', value: 'busy' }, '2'],
      [{ field: 'state', op: '=', value: 'unheard of' }, ''],
      [{ field: 'direction', op: '=', value: 'outgoing' }, '4 2'],
      [{ field: 'transport', op: '!=', value: 'PSTN' }, '3'],
      [{ field: 'createTime', op: '=', value: 20 }, '2'],
      [{ field: 'createTime', op: '!=', value: 20 }, '4 3 1'],
      [{ field: 'createTime', op: '<', value: 20 }, '1'],
      [{ field: 'createTime', op: '<=', value: 20 }, '2 1'],
      [{ field: 'createTime', op: '>', value: 20 }, '4 3'],
      [{ field: 'createTime', op: '>=', value: 20 }, '4 3 2'],
      [{ all: [] }, '4 3 2 1'],
      [{ any: [] }, ''],
      [{ any: ['busy', 'canceled'].map((value) => ({ field: 'state', op: '=', value }) as const) }, '3 2'],
      [
        {
          all: [
            { field: 'createTime', op: '>=', value: 20 },
            { any: [{ all: [] }, { any: [] }] },
            { field: 'direction', op: '=', value: 'incoming' },
          ],
        },
        '3',
      ],
    ])('%j finds "%s"', async ([filter, found]) => {
      await keepCalls(store(), ...kinds);
      expect(idsOf(store().findCalls({ project, filter, limit: 10 }))).toBe(found);
    });

    test.for<[CallFilter, string]>([
      [{ field: 'startTime', op: '>=', value: 30 }, '3'],
      [{ field: 'startTime', op: '<', value: 30 }, '2'],
      [{ field: 'endTime', op: '<=', value: 40 }, '3'],
      [{ field: 'endTime', op: '!=', value: 0 }, '3'],
      [{ field: 'originatingCall', op: '=', value: '2' }, '3'],
      [{ field: 'originatingCall', op: '=', value: '-' }, ''],
    ])('%j finds "%s": who has no such time or call is not found', async ([filter, found]) => {
      await keepCalls(
        store(),
        without(callRecord({ id: '1', family: '1', project, createTime: 10 }), 'startTime', 'endTime'),
        without(callRecord({ id: '2', family: '2', project, createTime: 20, startTime: 25 }), 'endTime'),
        callRecord({ id: '3', family: '2', project, createTime: 30, startTime: 35, endTime: 40, originatingCall: '2' }),
      );
      expect(idsOf(store().findCalls({ project, filter, limit: 10 }))).toBe(found);
    });

    test('a call that is deleted is gone, and its family is not', async () => {
      const [one, child] = [callRecord({ id: '1', project }), callRecord({ id: '2', project, family: '1' })];
      await keepCalls(store(), one, child);
      await commit(store(), { changes: [{ type: 'call', record: one, deleted: true }] });
      expect(store().call('1')).toBeUndefined();
      expect(idsOf(store().findCalls({ project, limit: 10 }))).toBe('2');
    });

    test('can be filtered by thousands of conditions', async () => {
      await keepCalls(store(), ...kinds);
      const any = Array.from({ length: 5000 }, (_, value) => ({ field: 'createTime', op: '=', value }) as const);
      expect(idsOf(store().findCalls({ project, filter: { all: [{ any }, { any }] }, limit: 3 }))).toBe('4 3 2');
    });
  });

  test('has the calls that have not ended, in the order in which they were made', async () => {
    const states = ['queued', 'completed', 'starting', 'busy', 'ringing', 'inProgress', 'failed'] as const;
    await keepCalls(store(), ...states.map((state, index) => callOf(`c${index}`, { state })));
    await keepCalls(store(), callOf('c4', { state: 'canceled' }));
    expect([...store().unended()].map(({ state }) => state)).toEqual(['queued', 'starting', 'inProgress']);
  });

  test('has callbacks by what has become of them', async () => {
    const states = ['owed', 'delivered', 'givenUp', 'owed'] as const;
    await commit(store(), { deliveries: states.map((state, index) => ({ ...deliveryOf(`d${index}`), state })) });
    const ids = (state: (typeof states)[number]) => [...store().deliveries(state)].map(({ id }) => id);
    expect([ids('owed'), ids('delivered'), ids('givenUp')]).toEqual([['d0', 'd3'], ['d1'], ['d2']]);
  });

  test('lists what calls leave behind, of a project or of one call, the newest first', async () => {
    const placed = [
      { id: '1', call: 'a', createTime: 1 },
      { id: '2', call: 'b', createTime: 2 },
      { id: '3', call: 'a', createTime: 3 },
      { id: '4', call: 'a', createTime: 4, project: 'another' },
    ];
    await commit(store(), {
      changes: placed.flatMap((place) => [
        { type: 'recording', record: recordingRecord(place) } as const,
        { type: 'transcription', record: transcriptionRecord(place) } as const,
        { type: 'fax', record: faxRecord(place) } as const,
        { type: 'message', record: messageRecord(place) } as const,
      ]),
    });
    for (const find of ['findRecordings', 'findTranscriptions', 'findFaxes', 'findMessages'] as const) {
      const found = (query: { call?: string; limit: number; after?: { createTime: number; id: string } }) =>
        idsOf(store()[find]({ project: 'demo', ...query }));
      expect([
        found({ limit: 9 }),
        found({ limit: 2 }),
        found({ limit: 9, call: 'a' }),
        found({ limit: 9, after: { createTime: 3, id: '3' } }),
        found({ limit: 9, call: 'none' }),
      ]).toEqual(['3 2 1', '3 2', '3 1', '2 1', '']);
    }
    expect([store().transcription('2'), store().fax('2'), store().message('2')]).toEqual([
      transcriptionRecord(placed[1]),
      faxRecord(placed[1]),
      messageRecord(placed[1]),
    ]);
  });

  test('keeps, changes and deletes a message that no call has sent', async () => {
    const { call: _, ...message } = messageRecord({ state: 'sending' });
    await commit(store(), { changes: [{ type: 'message', record: message }] });
    const sent = { ...message, state: 'sent' } as const;
    await commit(store(), { changes: [{ type: 'message', record: sent }] });
    expect([store().message(message.id), store().findMessages({ project: 'demo', limit: 9 })]).toEqual([sent, [sent]]);
    await commit(store(), { changes: [{ type: 'message', record: sent, deleted: true }] });
    expect([store().message(message.id), [...store().messages()]]).toEqual([undefined, []]);
  });

  test('deletes a recording and a transcription', async () => {
    const [recording, transcription] = [recordingRecord(), transcriptionRecord()];
    await commit(store(), {
      changes: [
        { type: 'recording', record: recording },
        { type: 'transcription', record: transcription },
      ],
    });
    await commit(store(), {
      changes: [
        { type: 'recording', record: recording, deleted: true },
        { type: 'transcription', record: transcription, deleted: true },
      ],
    });
    expect([store().recording(recording.id), store().transcription(transcription.id)]).toEqual([undefined, undefined]);
  });

  test('knows an idempotency key for 24 hours', async () => {
    const key = { project: 'demo', key: 'k', hash: 'h', call: 'c1', at: 1000 };
    const day = 24 * 60 * 60 * 1000;
    await commit(store(), { keys: [key] });
    expect(store().idempotencyKey('demo', 'k', 1000 + day)).toEqual(key);
    expect(store().idempotencyKey('demo', 'k', 1001 + day)).toBeUndefined();
    expect(store().idempotencyKey('another', 'k', 1000)).toBeUndefined();
    await commit(store(), { keys: [{ ...key, key: 'later', at: 2000 + day }] });
    expect(store().idempotencyKey('demo', 'k', 1000)).toBeUndefined();
    await commit(store(), { keys: [{ ...key, call: 'c2', at: 3000 + day }] });
    expect(store().idempotencyKey('demo', 'k', 3000 + day)?.call).toBe('c2');
  });

  test('gives the journal in pieces', async () => {
    const families = ['a', 'a', 'b', 'b', 'b', 'a', 'c', 'a'];
    const entries = families.map((family, index) => entryOf({ seq: 10 + index, family }));
    for (const [begin, end] of [
      [0, 3],
      [3, 4],
      [4, 8],
    ] as const)
      await commit(store(), { entries: entries.slice(begin, end) });
    const seqs = (family?: string, page?: { after?: number; limit?: number }) =>
      [...store().journal(family, page)].map(({ seq }) => seq - 10);
    expect(seqs(undefined, { limit: 4 })).toEqual([0, 1, 2, 3]);
    expect(seqs(undefined, { after: 13, limit: 3 })).toEqual([4, 5, 6]);
    expect(seqs(undefined, { after: 16 })).toEqual([7]);
    expect(seqs(undefined, { after: 17 })).toEqual([]);
    expect(seqs('a', { after: 10, limit: 2 })).toEqual([1, 5]);
    expect(seqs('b', { after: 12 })).toEqual([3, 4]);
    expect(seqs('c', { after: 0, limit: 0 })).toEqual([]);
  });
}
