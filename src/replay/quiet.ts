import type { Input, JournalEntry, Output } from '../journal/journal.ts';
import type { LegCommand } from '../telephony/leg-command.ts';

/** Whether the engine is waiting for people: nothing is being played, asked for, or ringing. */
export class Quiet {
  readonly #calls = new Set<string>();
  /** What goes on, by its id, and in which call. */
  readonly #going = new Map<string, string>();
  /** Calls that hear the same thing over and over: what they are told once more is nothing new. */
  readonly #lulled = new Set<string>();
  /** What runs above the program of its call, for as long as that waits. */
  readonly #waiting = new Set<string>();
  readonly #attended = new Set<string>();
  /** Who listens until what is said is followed by silence, by call. */
  readonly #listening = new Map<string, string>();
  #begun = false;
  #stirs = 0;

  take({ subject, input, output }: JournalEntry): void {
    if (output) this.#follow(subject, output);
    if (input) this.#hear(subject, input);
  }

  /** Somebody decides what becomes of this call, which rings: nobody waits for it to be answered by itself. */
  attended(call: string): void {
    this.#attended.add(call);
    this.#going.delete(call);
  }

  /** Every call has ended. */
  get isOver(): boolean {
    return this.#begun && this.#calls.size === 0;
  }

  /** Says from now on whether the engine has done something that somebody may notice, even if nothing of it lasts. */
  stirring(): () => boolean {
    const before = this.#stirs;
    return () => !this.isQuiet || this.#stirs > before;
  }

  get isQuiet(): boolean {
    return this.#begun && this.#going.size === 0;
  }

  #follow(subject: string, output: Output): void {
    switch (output.type) {
      case 'call.created':
        this.#stirs++;
        this.#begun = true;
        this.#calls.add(subject);
        if (output.record.originatingCall !== undefined && !this.#attended.has(subject))
          this.#going.set(subject, subject);
        break;
      case 'call.changed':
        if (output.state === 'inProgress') this.#going.delete(subject);
        if (output.record.endTime !== undefined) this.#end(subject);
        break;
      case 'commanded':
        this.#command(subject, output.command);
        break;
      case 'handler.asked':
        if (!this.#lulled.has(subject)) this.#starts(output.request, subject);
        break;
      case 'program.began':
        if (['wait', 'lobby', 'hold'].includes(output.program.purpose)) this.#waiting.add(subject);
        break;
      case 'program.ended':
        if (this.#waiting.has(subject)) this.#lulled.add(subject);
        break;
      case 'queue.left':
      case 'bridge.entered':
        this.#stirs++;
        this.#waiting.delete(subject);
        this.#lulled.delete(subject);
        break;
    }
  }

  #command(subject: string, command: LegCommand): void {
    if (command.type === 'play' && !endless(command) && !this.#lulled.has(subject)) this.#starts(command.id, subject);
    if (command.type === 'listen' && command.endMs !== undefined) this.#listening.set(subject, command.id);
  }

  #starts(what: string, subject: string): void {
    this.#stirs++;
    this.#going.set(what, subject);
  }

  #hear(subject: string, input: Input): void {
    // Whoever has spoken to somebody who listens waits for what comes of it.
    const listening = this.#listening.get(subject);
    if (input.type === 'leg.spoke' && listening !== undefined) this.#starts(listening, subject);
    if (input.type === 'leg.done' || input.type === 'leg.stopped' || input.type === 'leg.failed') this.#over(input.id);
    if (input.type === 'handler.answered') this.#going.delete(input.request);
  }

  #over(id: string): void {
    this.#going.delete(id);
    for (const [call, listening] of this.#listening) if (listening === id) this.#listening.delete(call);
  }

  #end(call: string): void {
    this.#calls.delete(call);
    this.#listening.delete(call);
    for (const [id, subject] of this.#going) if (subject === call) this.#going.delete(id);
  }
}

const endless = ({ sounds }: Extract<LegCommand, { type: 'play' }>) => sounds.some(({ loops }) => loops === 0);
