/** Calls to your application as vitest fixtures, and what can be expected of them: the package export `callflow/vitest`. */
import { expect, type TestAPI, test } from 'vitest';
import type { CallState } from '../records/call.ts';
import type { Callee, Caller } from './caller.ts';
import type { Asked, Ended, Text } from './expectations.ts';
import * as expectations from './expectations.ts';
import { type Dialing, Rehearsal, type RehearsalOptions } from './rehearsal.ts';

export { expect } from 'vitest';
export * from './testing.ts';

/** What a test gets. */
export interface CallFixtures {
  /** The engine of this test, the application and everybody at their telephones. */
  rehearsal: Rehearsal;
  /** Somebody calls the application; resolves once it waits for them. */
  dial(dialing?: Dialing): Promise<Caller>;
  /** The application makes a call through the API; resolves while the telephone rings. */
  place(to: string, dialing?: Omit<Dialing, 'to'>): Promise<Callee>;
}

expect.extend(expectations);

/** `test` with an application to call: each test has an engine of its own, and nothing of it is left afterwards. */
export function callTest(options: RehearsalOptions): TestAPI<CallFixtures> {
  return test.extend<CallFixtures>({
    // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures are wanted
    rehearsal: async ({}, use) => {
      const rehearsal = new Rehearsal(options);
      await use(rehearsal);
      await rehearsal.close();
    },
    dial: ({ rehearsal }, use) => use((dialing) => rehearsal.dial(dialing)),
    place: ({ rehearsal }, use) => use((to, dialing) => rehearsal.place(to, dialing)),
  });
}

/** What can be expected of a caller, a called party or a whole rehearsal. */
export interface CallMatchers {
  /** Somebody has heard this since something was done last; letter case does not matter. */
  toHear(text: Text): void;
  /** The call is collecting keys or speech now. */
  toBeAskedFor(asked: 'digits' | 'speech' | Asked): void;
  /** The application has called this number since something was done last. */
  toDial(number: Text): void;
  /** A recording goes on, or was begun since something was done last. */
  toRecord(): void;
  /** The call is over, in this state, and because of this side. */
  toHaveEnded(how?: CallState | Ended): void;
  /** A callback of this event, or to this URL, has gone out, with at least these fields in it. */
  toHaveSent(eventOrUrl: Text, fields?: object): void;
  /** The application was asked for this URL, with at least these parameters. */
  toHaveRequested(url: Text, parameters?: object): void;
}

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: vitest's own default, which an extension must repeat
  interface Matchers<T = any> extends CallMatchers {}
}
