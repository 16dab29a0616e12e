import fc from 'fast-check';
import { expect, test } from 'vitest';
import { duration, timestamp } from '../../../src/vendors/enfonica/json.ts';

test('a timestamp is what Date writes, without the fraction of a whole second', () => {
  const instant = fc.integer({ min: Date.UTC(1950), max: Date.UTC(2200) });
  fc.assert(
    fc.property(instant, fc.boolean(), (ms, whole) => {
      const at = whole ? Math.floor(ms / 1000) * 1000 : ms;
      expect(timestamp(at)).toBe(new Date(at).toISOString().replace('.000Z', 'Z'));
    }),
  );
});

test.for([
  [0, '0s'],
  [5, '0.005s'],
  [60, '0.060s'],
  [999.6, '1s'],
  [12_000, '12s'],
  [12_500, '12.500s'],
  [14_400_001, '14400.001s'],
] as const)('%f ms are %s', ([ms, spelled]) => {
  expect(duration(ms)).toBe(spelled);
});
