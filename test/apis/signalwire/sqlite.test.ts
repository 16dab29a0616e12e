import { expect, test } from 'vitest';
import { realClock } from '../../../src/clock.ts';
import { sqliteStore } from '../../../src/store/sqlite/sqlite-store.ts';
import { startApi } from './api.ts';
import { cases } from './cases/index.ts';

/** What depends on when the store has kept a call, and how it finds it. */
const finding =
  /^calls\.(?:create (?:at-once|clients)|list (?:newest|stable|envelope|links|size|parties|page-values|dates))$/;

/** The store commits in real time; none of these calls has to live. */
const store = () =>
  sqliteStore({
    file: ':memory:',
    clock: realClock,
    onFailure: (error) => {
      throw error;
    },
  });

const found = cases.filter(({ id }) => finding.test(id));

test.for(found)('with SQLite too, $id: $says', async ({ run }) => {
  const api = await startApi(store);
  try {
    await run(api);
  } finally {
    await api.close();
  }
});

test('there are all of these', () => {
  expect(found).toHaveLength(10);
});
