import { expect, test } from 'vitest';
import { realClock } from '../../../src/clock.ts';
import { sqliteStore } from '../../../src/store/sqlite/sqlite-store.ts';
import { startApi } from './api.ts';
import { belowDomains } from './cases/below-domains.ts';
import { callsList } from './cases/calls-list.ts';
import { numbers } from './cases/numbers.ts';
import { products } from './cases/products.ts';
import { sipDomains } from './cases/sip-domains.ts';

/** What depends on how the store finds things; what only looks at the request is the same on every store. */
const finding =
  /^calls\.list (?:filter|whole|token-bound|page-sizes)|^(?!calls)\S+\.(?:list|listAll|get|delete|update|search|splitRange) |\.create (?:taken|at-once|range)/;

const cases = [...callsList, ...products, ...sipDomains, ...belowDomains, ...numbers].filter(({ id }) =>
  finding.test(id),
);

/** The store commits in real time; none of these calls has to live. */
const store = () =>
  sqliteStore({
    file: ':memory:',
    clock: realClock,
    onFailure: (error) => {
      throw error;
    },
  });

test.for(cases)('with SQLite too, $id: $says', async ({ run }) => {
  const api = await startApi(store);
  try {
    await run(api);
  } finally {
    await api.close();
  }
});

test('there is something of every list', () => {
  expect(cases.length).toBeGreaterThan(100);
});
