import { expect, test } from 'vitest';
import { createTurns } from '../../src/callbacks/turns.ts';

test('a long line is served in order, and nobody twice', () => {
  const turns = createTurns(2);
  const started: number[] = [];
  const everybody = Array.from({ length: 5000 }, (_, index) => index);
  for (const index of everybody) turns.take('host', () => started.push(index));
  expect(started).toEqual([0, 1]);
  for (const _ of everybody) turns.give('host');
  expect(started).toEqual(everybody);
  turns.take('host', () => started.push(5000));
  expect(started.at(-1)).toBe(5000);
});

test('what is given back that nobody has taken changes nothing', () => {
  const turns = createTurns(1);
  turns.give('host');
  const started: string[] = [];
  turns.take('host', () => started.push('one'));
  turns.take('host', () => started.push('two'));
  expect(started).toEqual(['one']);
});
