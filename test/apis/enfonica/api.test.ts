import { expect, test } from 'vitest';
import { routes } from '../../../src/apis/enfonica/routes.ts';
import { startApi } from './api.ts';
import { cases } from './cases/index.ts';

test.for(cases)('$id: $says', async ({ run }) => {
  const api = await startApi();
  try {
    await run(api);
    expect(api.differences, 'answers are as the description says').toEqual([]);
  } finally {
    await api.close();
  }
});

test('every rule has a name of its own', () => {
  const ids = cases.map(({ id }) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

test('every route has a rule that says what it does', () => {
  const shown = cases
    .filter(({ id }) => !/ (token|permission|other-project)$/.test(id))
    .map(({ id }) => id.split(' ')[0]);
  expect(routes.filter(({ id }) => !shown.includes(id)).map(({ id }) => id)).toEqual([]);
});
