import { expect, test } from 'vitest';
import { callbacksAsThen } from '../../src/replay/tolerance.ts';

const lines = (...all: string[]) => `${all.join('\n')}\n`;
const state = 'callback      POST /state ringing: 200';
const ready = 'callback      POST /ready completed: 200';

test.for([
  ['nothing differs', ['a', state, 'b'], ['a', state, 'b'], ['a', state, 'b']],
  ['taken later', ['a', state, 'b', 'c'], ['a', 'b', 'c', state], ['a', state, 'b', 'c']],
  ['taken at the beginning, and at the end', [state, 'a', ready], ['a', ready, state], [state, 'a', ready]],
  ['taken in another order', ['a', state, ready], ['a', ready, state], ['a', state, ready]],
  ['something else differs too', ['a', state, 'b', 'c'], ['a', 'B', state, 'c', 'd'], ['a', state, 'B', 'c', 'd']],
  ['one is gone', ['a', state, 'b', ready], ['a', 'b', state], ['a', 'b', state]],
  ['one is new', ['a', 'b'], ['a', ready, 'b'], ['a', ready, 'b']],
] as const)('callbacks: %s', ([, then, now, seen]) => {
  expect(callbacksAsThen(lines(...then), lines(...now))).toBe(lines(...seen));
});
