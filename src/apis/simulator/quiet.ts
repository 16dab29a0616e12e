import type { Input, JournalEntry, Output } from '../../journal.ts';

/** Whether the engine is waiting for people: nothing is being played, asked for, or ringing. */
export class Quiet {
  readonly #calls = new Set<string>();
  /** What goes on, by its id, and in which call. */
  readonly #going = new Map<string, string>();
  #begun = false;

  take({ subject, input, output }: JournalEntry): void {
    if (output) this.#follow(subject, output);
    if (input) this.#hear(input);
  }

  /** Every call has ended. */
  get isOver(): boolean {
    return this.#begun && this.#calls.size === 0;
  }

  get isQuiet(): boolean {
    return this.#begun && this.#going.size === 0;
  }

  #follow(subject: string, output: Output): void {
    switch (output.type) {
      case 'call.created':
        this.#begun = true;
        this.#calls.add(subject);
        if (output.record.originatingCall !== undefined) this.#going.set(subject, subject);
        break;
      case 'call.changed':
        if (output.state === 'inProgress') this.#going.delete(subject);
        if (output.record.endTime !== undefined) this.#end(subject);
        break;
      case 'commanded':
        if (output.command.type === 'play') this.#going.set(output.command.id, subject);
        break;
      case 'handler.asked':
        this.#going.set(output.request, subject);
        break;
    }
  }

  #hear(input: Input): void {
    if (input.type === 'leg.done' || input.type === 'leg.stopped' || input.type === 'leg.failed')
      this.#going.delete(input.id);
    if (input.type === 'handler.answered') this.#going.delete(input.request);
  }

  #end(call: string): void {
    this.#calls.delete(call);
    for (const [id, subject] of this.#going) if (subject === call) this.#going.delete(id);
  }
}
