/** Conferences and who was in them. Part of the suite that each adapter of the store runs. */
import { describe, expect, test } from 'vitest';
import type { ConferenceRecord, ParticipantRecord } from '../../src/records/conference.ts';
import type { ConferenceQuery, ParticipantQuery, Store } from '../../src/store/store.ts';
import { conferenceRecord, participantRecord } from '../vendors/records.ts';
import { commit, entryOf } from './store-batches.ts';

const idsOf = (records: Iterable<{ id: string }>) => [...records].map(({ id }) => id).join(' ');

export function describeConferences(store: () => Store): void {
  const keep = (...records: ConferenceRecord[]) =>
    commit(store(), { changes: records.map((record) => ({ type: 'conference', record })) });
  const admit = (...records: ParticipantRecord[]) =>
    commit(store(), { changes: records.map((record) => ({ type: 'participant', record })) });

  describe('conferences', () => {
    const kept = () =>
      keep(
        conferenceRecord({ id: '1', state: 'completed', createTime: 10, updateTime: 15 }),
        conferenceRecord({ id: '2', state: 'init', createTime: 20, updateTime: 20, name: 'other' }),
        conferenceRecord({ id: '3', createTime: 30, updateTime: 40 }),
        conferenceRecord({ id: '4', project: 'another', createTime: 40 }),
      );

    test('are found by id as they were last, and those that have not ended by themselves', async () => {
      await kept();
      await keep(conferenceRecord({ id: '3', createTime: 30, updateTime: 50, count: 9 }));
      expect(store().conference('3')?.count).toBe(9);
      expect(store().conference('5')).toBeUndefined();
      expect(idsOf(store().unendedConferences())).toBe('2 3 4');
    });

    test.for<[Partial<ConferenceQuery>, string]>([
      [{}, '3 2 1'],
      [{ limit: 2 }, '3 2'],
      [{ after: { createTime: 30, id: '3' } }, '2 1'],
      [{ project: 'another' }, '4'],
      [{ name: 'standup' }, '3 1'],
      [{ state: 'completed' }, '1'],
      [{ created: { from: 20 } }, '3 2'],
      [{ created: { from: 10, before: 20 } }, '1'],
      [{ updated: { before: 20 } }, '1'],
      [{ updated: { from: 20 }, state: 'init' }, '2'],
    ])('are listed the newest first: %o gives %s', async ([query, expected]) => {
      await kept();
      expect(idsOf(store().findConferences({ project: 'demo', limit: 10, ...query }))).toBe(expected);
    });
  });

  test.for<[Partial<ParticipantQuery>, string]>([
    [{}, '4 3 2 1'],
    [{ limit: 1, after: { createTime: 4, id: '4' } }, '3'],
    [{ call: 'c1' }, '4 1'],
    [{ state: 'inProgress' }, '4 3 2'],
    [{ muted: true }, '2'],
    [{ muted: false, state: 'inProgress' }, '4 3'],
    [{ held: true }, '3'],
    [{ coaching: true }, '4'],
    [{ coaching: false, held: false }, '2 1'],
    [{ label: 'ann' }, '3'],
    [{ label: 'bob' }, ''],
    [{ conference: 'other' }, '5'],
    [{ project: 'another' }, ''],
  ])('participants are listed the newest first: %o gives %s', async ([query, expected]) => {
    const of = (id: string, differing: Partial<ParticipantRecord>) =>
      participantRecord({ id, conference: 'f', call: `c${id}`, createTime: Number(id), ...differing });
    await admit(
      of('1', { state: 'inProgress' }),
      of('2', { muted: true }),
      of('3', { held: true, label: 'ann' }),
      of('4', { coach: 'c3', call: 'c1' }),
      of('5', { conference: 'other', label: 'bob' }),
    );
    await admit(of('1', { state: 'completed' }));
    expect(idsOf(store().findParticipants({ project: 'demo', conference: 'f', limit: 10, ...query }))).toBe(expected);
  });

  test('a conference that has ended is forgotten with its family, and not before', async () => {
    const of = { family: 'f1', updateTime: 1 };
    await commit(store(), { entries: [{ ...entryOf({ seq: 0, family: 'f1' }), at: 1 }] });
    await keep(conferenceRecord({ id: '1', state: 'init', ...of }));
    await admit(participantRecord({ id: 'p1', conference: '1', ...of }));
    expect(store().forget(10).families).toBe(0);
    await admit(participantRecord({ id: 'p1', conference: '1', state: 'completed', ...of }));
    await keep(conferenceRecord({ id: '1', state: 'completed', ...of }));
    expect(store().forget(10).families).toBe(1);
    expect(store().conference('1')).toBeUndefined();
    expect(store().findParticipants({ project: 'demo', conference: '1', limit: 9 })).toEqual([]);
  });
}
