import type { Input, JournalEntry, Output } from '../../journal/journal.ts';

/** What of a family still goes on: calls, recordings that are not finished, callbacks that were not yet tried. */
export class Progress {
  readonly #calls = new Set<string>();
  readonly #others = new Set<string>();

  take({ subject, input, output }: JournalEntry): void {
    if (output) this.#follow(subject, output);
    if (input) this.#end(input);
  }

  /** No call of the family lives. */
  get hasEnded(): boolean {
    return this.#calls.size === 0;
  }

  /** Nothing more is to be expected, but for callbacks that are tried again. */
  get isOver(): boolean {
    return this.hasEnded && this.#others.size === 0;
  }

  #follow(subject: string, output: Output): void {
    if (output.type === 'call.created') this.#calls.add(subject);
    if (output.type === 'call.changed' && output.record.endTime !== undefined) this.#calls.delete(subject);
    if (output.type === 'recording.began') this.#others.add(output.record.id);
    if (output.type === 'recording.ended') this.#others.delete(output.record.id);
    if (output.type === 'callback.owed') this.#others.add(output.delivery);
  }

  #end(input: Input): void {
    if (input.type === 'callback.attempted' && input.attempt.redirectedTo === undefined)
      this.#others.delete(input.delivery);
  }
}
