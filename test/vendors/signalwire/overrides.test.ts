import { expect, test } from 'vitest';
import { timeoutsOf } from '../../../src/vendors/signalwire/overrides.ts';

const usual = { connectMs: 2000, readMs: 5000, totalMs: 15_000 };

test.for<[string, Partial<typeof usual>]>([
  ['', {}],
  ['#', {}],
  ['#ot=100', { connectMs: 100 }],
  ['#ot=99', { connectMs: 100 }],
  ['#ot=10000', { connectMs: 10_000 }],
  ['#ot=10001', { connectMs: 10_000 }],
  ['#ct=700', { connectMs: 700 }],
  ['#ct=700&ot=600', { connectMs: 600 }],
  ['#rt=99', { readMs: 100 }],
  ['#rt=15000', { readMs: 15_000 }],
  ['#rt=15001', { readMs: 15_000 }],
  ['#tt=1', { totalMs: 100 }],
  ['#tt=700', { totalMs: 700 }],
  ['#tt=99999', { totalMs: 15_000 }],
  ['#rc=3&rp=all&sni=n&e=dublin&rt=900', { readMs: 900 }],
  ['#rt=-1&ot=2.5&tt=', {}],
  ['?rt=900&ot=900', {}],
])('the fragment of "/voice%s" asks for %o', ([behind, asked]) => {
  expect(timeoutsOf(`https://app.example/voice${behind}`)).toEqual({ ...usual, ...asked });
});
