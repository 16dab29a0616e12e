/** What is set up for projects. Part of the suite that each adapter of the store runs. */
import { describe, expect, test } from 'vitest';
import type { ResourceRecord } from '../../src/records/resource.ts';
import type { Store } from '../../src/store/store.ts';
import { commit } from './store-batches.ts';

const idsOf = (records: readonly { id: string }[]) => records.map(({ id }) => id).join(' ');

export function describeResources(store: () => Store): void {
  describe('resources', () => {
    const number = (id: string, differing: Partial<ResourceRecord> = {}): ResourceRecord => ({
      kind: 'number',
      id,
      project: 'demo',
      name: `+6125550${id}`,
      body: { urls: ['https://app.example.test'] },
      createTime: Number(id),
      ...differing,
    });
    const keep = (...records: ResourceRecord[]) =>
      commit(store(), { changes: records.map((record) => ({ type: 'resource', record })) });
    const find = (query: { parent?: string; prefix?: string; deleted?: boolean; kind?: string }) =>
      idsOf(store().findResources({ kind: 'number', project: 'demo', limit: 10, ...query }));

    test('are found by id in their project, and by name in all of them', async () => {
      await keep(number('1'), number('2', { project: 'another' }));
      expect(store().resource('number', 'demo', '1')).toEqual(number('1'));
      expect(store().resource('number', 'demo', '2')).toBeUndefined();
      expect(store().resource('domain', 'demo', '1')).toBeUndefined();
      expect(store().resourceNamed('number', '+61255502')).toEqual(number('2', { project: 'another' }));
      expect(store().resourceNamed('domain', '+61255502')).toBeUndefined();
    });

    test('are listed the newest first: of a parent, with a prefix, those deleted only if wanted', async () => {
      await keep(
        number('1', { parent: 'p' }),
        number('3', { name: '+1' }),
        number('2', { deleteTime: 9 }),
        number('4', { kind: 'domain' }),
      );
      expect([find({}), find({ deleted: true }), find({ parent: 'p' }), find({ prefix: '+6' })]).toEqual([
        '3 1',
        '3 2 1',
        '1',
        '1',
      ]);
      expect([find({ kind: 'domain' }), find({ prefix: '+6', deleted: true })]).toEqual(['4', '2 1']);
    });

    test('leave their name to another once deleted', async () => {
      await keep(number('1', { name: 'x' }));
      await keep(number('1', { name: 'x', deleteTime: 5 }));
      expect(store().resourceNamed('number', 'x')).toBeUndefined();
      await keep(number('2', { name: 'x', project: 'another' }));
      expect(store().resourceNamed('number', 'x')?.id).toBe('2');
      await keep(number('2', { name: 'y', project: 'another' }));
      expect([store().resourceNamed('number', 'x'), store().resourceNamed('number', 'y')?.id]).toEqual([
        undefined,
        '2',
      ]);
    });

    test('can be deleted without a trace', async () => {
      await keep(number('1'));
      await commit(store(), { changes: [{ type: 'resource', record: number('1'), deleted: true }] });
      expect([find({ deleted: true }), store().resourceNamed('number', '+61255501')]).toEqual(['', undefined]);
    });
  });
}
