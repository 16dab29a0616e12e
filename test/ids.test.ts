import { expect, test } from 'vitest';
import { createIds, seededRandom } from '../src/ids.ts';

test('ids sort by creation, however many are made in a millisecond, and when the clock is set back', () => {
  let now = Date.UTC(2026, 0, 1);
  const ids = createIds(() => now, seededRandom(1));
  const made: string[] = [];
  for (let count = 0; count < 150_000; count++) {
    if (count === 100_000) now -= 1_000;
    made.push(ids.next());
  }
  expect(made).toEqual([...made].sort());
  expect(new Set(made).size).toBe(made.length);
});
