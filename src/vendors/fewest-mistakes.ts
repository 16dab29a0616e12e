import type { Mistake, Variation } from './mistake.ts';

/** Changes one thing of what is hashed. */
export type Change<Signed> = Variation<(signed: Signed) => Signed>;

/** The same variations of one thing, as changes of the whole. */
export const changes = <Signed, Value>(
  variations: readonly Variation<Value>[],
  put: (signed: Signed, value: Value) => Signed,
): Change<Signed>[] =>
  variations.map(({ mistake, value }) => ({ mistake, value: (signed: Signed) => put(signed, value) }));

/** What is hashed, with one of the keys that may have been used. */
export interface Attempt<Signed> {
  signed: Signed;
  /** What can be different, independently of each other. */
  dimensions: readonly (readonly Change<Signed>[])[];
}

export interface Search<Signed> {
  attempts: readonly Attempt<Signed>[];
  /** How many mistakes at once are looked for. */
  patience: number;
  isRight(signed: Signed): boolean;
}

/** The fewest mistakes that explain a signature, and by which attempt, counted from 1; undefined when none do. */
export function fewestMistakes<Signed>({
  attempts,
  patience,
  isRight,
}: Search<Signed>): { key: number; mistakes: Mistake[] } | undefined {
  for (let count = 0; count <= patience; count++)
    for (const [index, { signed, dimensions }] of attempts.entries()) {
      const mistakes = search(signed, dimensions, count, isRight);
      if (mistakes) return { key: index + 1, mistakes };
    }
  return undefined;
}

/** Exactly so many mistakes, each in a dimension of its own. */
function search<Signed>(
  signed: Signed,
  [first, ...rest]: readonly (readonly Change<Signed>[])[],
  count: number,
  isRight: (signed: Signed) => boolean,
): Mistake[] | undefined {
  if (count === 0) return isRight(signed) ? [] : undefined;
  if (!first) return undefined;
  for (const { mistake, value } of first) {
    const found = search(value(signed), rest, count - 1, isRight);
    if (found) return [mistake, ...found];
  }
  return search(signed, rest, count, isRight);
}
