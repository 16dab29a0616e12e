import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('once everything is installed, the set-up says and does nothing', () => {
  expect(execFileSync(process.execPath, ['scripts/setup.js'], { encoding: 'utf8' })).toBe('');
});
