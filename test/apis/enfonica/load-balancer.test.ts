import { expect, test } from 'vitest';
import { inOrder } from '../../../src/apis/enfonica/load-balancer.ts';
import { seededRandom } from '../../../src/ids.ts';

const device = (name: string, more: object = {}) => ({ uri: `sip:${name}@pbx.example`, enabled: true, ...more });

const firsts = (endpoints: Parameters<typeof inOrder>[0], seed: number, times = 6_000) => {
  const random = seededRandom(seed);
  const counts: Record<string, number> = {};
  for (let n = 0; n < times; n++) {
    const { uri } = inOrder(endpoints, random)[0]!;
    const name = uri.slice(4, uri.indexOf('@'));
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
};

test('among devices of one priority each is as often the first as its weight says, 10 unless it says one', () => {
  const { a, b, c } = firsts([device('a', { weight: 30 }), device('b', { weight: 20 }), device('c')], 1);
  expect([a! / 6_000, b! / 6_000, c! / 6_000].map((share) => Number(share.toFixed(1)))).toEqual([0.5, 0.3, 0.2]);
});

test('a lower priority comes first, whatever the weights', () => {
  const endpoints = [device('a', { priority: 2, weight: 65_535 }), device('b', { priority: 1, weight: 1 })];
  expect(firsts(endpoints, 1)).toEqual({ b: 6_000 });
});

test('the same randomness gives the same order', () => {
  const endpoints = Array.from({ length: 10 }, (_, index) => device(`d${index}`, { weight: index + 1 }));
  expect(inOrder(endpoints, seededRandom(3))).toEqual(inOrder(endpoints, seededRandom(3)));
  expect(new Set(inOrder(endpoints, seededRandom(3)))).toEqual(new Set(endpoints));
});

test('what is not enabled is not there', () => {
  expect(inOrder([{ uri: 'sip:a@pbx.example' }, device('b', { enabled: false })], seededRandom(1))).toEqual([]);
});
