/**
 * A text that is to be used and never written down: the journal, the store and logs see that there is one, not which.
 * What is read back from them has it no more.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  toJSON(): string {
    return hidden;
  }

  toString(): string {
    return hidden;
  }
}

/** What is seen instead of a secret. */
export const hidden = '(secret)';
