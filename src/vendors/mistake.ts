/** What would have to be different. */
export interface Mistake {
  /** Stable, for programs: `body.minified`. */
  id: string;
  /** Ends the sentence "the signature is right when …". */
  when: string;
  /** How it comes about, and what mends it. */
  about: string;
}

/** One thing as it might be instead. */
export interface Variation<Value> {
  mistake: Mistake;
  value: Value;
}

export function variation<Value>(id: string, when: string, about: string, value: Value): Variation<Value> {
  return { mistake: { id, when, about }, value };
}

/** What comes of comparing a signature with a request. */
export interface Explanation {
  matches: boolean;
  /** The right signature for what was given. */
  expected: string;
  /** With which of the keys it is right, counted from 1. */
  key?: number;
  /** What explains that it does not match; empty also when nothing known does. */
  mistakes: readonly Mistake[];
}
