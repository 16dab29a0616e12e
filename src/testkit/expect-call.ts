import * as all from './expectations.ts';
import type { Rehearsal } from './rehearsal.ts';
import type { Speaker } from './speaker.ts';

type Expectations = typeof all;

const expectations: Readonly<Expectations> = { ...all };
type Checks = {
  [Name in keyof Expectations]: (...expected: Tail<Parameters<Expectations[Name]>>) => void;
};
type Tail<List extends readonly unknown[]> = List extends readonly [unknown, ...infer Rest] ? Rest : never;

/** The expectations without any test framework: `expectCall(caller).toHear('press 1')` throws when it does not hold. */
export function expectCall(subject: Speaker | Rehearsal): Checks & { not: Checks } {
  return { ...checks(subject, true), not: checks(subject, false) };
}

function checks(subject: Speaker | Rehearsal, wanted: boolean): Checks {
  const check = (name: keyof Expectations) => {
    const expectation = expectations[name] as (subject: unknown, ...expected: unknown[]) => all.Verdict;
    return (...expected: unknown[]) => {
      const { pass, message } = expectation(subject, ...expected);
      if (pass !== wanted) throw Object.assign(new Error(message()), { name: 'AssertionError' });
    };
  };
  const names = Object.keys(expectations) as (keyof Expectations)[];
  return Object.fromEntries(names.map((name) => [name, check(name)])) as unknown as Checks;
}
