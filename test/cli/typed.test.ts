import { expect, test } from 'vitest';
import { readTyped } from '../../src/cli/typed.ts';

test.for([
  ['1', 1, { does: 'press', keys: '1' }],
  ['12 34#', 1, { does: 'press', keys: '1234#' }],
  ['hello there', 1, { does: 'say', text: 'hello there' }],
  ['room 12', 1, { does: 'say', text: 'room 12' }],
  ['hangup', 1, { does: 'hangUp' }],
  ['HANGUP', 1, { does: 'hangUp' }],
  ['answer 2', 2, { does: 'answer' }],
  ['busy 3', 3, { does: 'busy' }],
  ['reject 3', 3, { does: 'reject' }],
  ['hangup 2', 2, { does: 'hangUp' }],
  ['2: 1#', 2, { does: 'press', keys: '1#' }],
  ['2: hello', 2, { does: 'say', text: 'hello' }],
  ['answer', 1, { does: 'say', text: 'answer' }],
  ['busy', 1, { does: 'say', text: 'busy' }],
] as const)('%j: phone %d does %o', ([line, phone, deed]) => {
  expect(readTyped(line)).toEqual({ type: 'deed', phone, deed });
});

test.for(['help', '?'])('%j asks what can be typed', (line) => {
  expect(readTyped(line)).toEqual({ type: 'help' });
});

test('an empty line is nothing', () => {
  expect(readTyped('  ')).toEqual({ type: 'nothing' });
});
