import { expect, expectTypeOf, test as plain } from 'vitest';
import type { CallRecord } from '../../src/records/call.ts';
import { checkNode } from '../../src/testkit/node-version.ts';
import { type Callee, type Caller, type CallFixtures, callTest } from '../../src/testkit/vitest.ts';

/** Checked by the compiler, and not run. */
async function typesOf({ dial, place, rehearsal }: CallFixtures): Promise<void> {
  expectTypeOf(dial).returns.resolves.toEqualTypeOf<Caller>();
  expectTypeOf(place).returns.resolves.toEqualTypeOf<Callee>();
  expectTypeOf(rehearsal.calls).toEqualTypeOf<readonly CallRecord[]>();
  const caller = await dial();
  // @ts-expect-error a number is no text
  expect(caller).toHear(1);
  // @ts-expect-error nobody asks for that
  expect(caller).toBeAskedFor('letters');
  // @ts-expect-error there is no such state
  expect(caller).toHaveEnded('finished');
  // @ts-expect-error an application is needed
  callTest({});
}

plain('the types of the kit are those that are documented', () => {
  expect(typesOf).toBeTypeOf('function');
});

plain('an older Node is told what it needs', () => {
  expect(() => checkNode('22.9.0')).toThrow('callflow needs Node 24 or newer and this is 22.9.0');
  expect(() => checkNode('24.0.0')).not.toThrow();
});
