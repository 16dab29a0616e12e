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
