import { expect, test } from 'vitest';
import { difference } from '../../src/replay/difference.ts';

test.for([
  ['nothing', 'a\nb\n', 'a\nb\n', ''],
  ['a line that changed', 'a\nb\nc\n', 'a\nx\nc\n', '  a\n- b\n+ x\n  c'],
  ['a line more at the end', 'a\n', 'a\nb\n', '  a\n+ b'],
  ['a line less at the beginning', 'a\nb\n', 'b\n', '- a\n  b'],
  [
    'two places far apart',
    '1\n2\n3\n4\n5\n6\n7\n8\n',
    '1\nx\n3\n4\n5\n6\n7\ny\n',
    '  1\n- 2\n+ x\n  3\n  4\n  …\n  6\n  7\n- 8\n+ y',
  ],
] as const)('%s is shown', ([, expected, now, shown]) => {
  expect(difference(expected, now)).toBe(shown);
});
