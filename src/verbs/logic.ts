import type { Alarm } from '../clock.ts';
import type { Outcome, VerbEvent, VerbInput } from './verb.ts';

export type Heard = VerbEvent | { type: 'woken' };

/** A verb at work: it begins, and hears what happens, until it says how it ends. */
export interface Work {
  begin(): Outcome | undefined;
  hear(event: Heard): Outcome | undefined;
}

/** How an instruction is carried out; the work is `woken` by its alarm. */
export type Verb<I> = (input: VerbInput<I>, alarm: Alarm) => Work;

/** A verb that goes on for a while. */
export const lasting = <I>(start: Verb<I>): Verb<I> => start;

type Begin<I, Memory> = (input: VerbInput<I>) => { outcome: Outcome } | { memory: Memory };
type Hear<I, Memory> = (event: VerbEvent, memory: Memory, input: VerbInput<I>) => Outcome | undefined;

/**
 * A verb that waits at most for one thing: `begin` does the work and either ends at once or says what it remembers;
 * `hear` looks at each event until it names an outcome.
 */
export function waiting<I, Memory>(begin: Begin<I, Memory>, hear: Hear<I, Memory>): Verb<I> {
  return (input) => new Waiting(input, begin, hear);
}

class Waiting<I, Memory> implements Work {
  readonly #input: VerbInput<I>;
  readonly #begin: Begin<I, Memory>;
  readonly #hear: Hear<I, Memory>;
  #memory: Memory | undefined;

  constructor(input: VerbInput<I>, begin: Begin<I, Memory>, hear: Hear<I, Memory>) {
    this.#input = input;
    this.#begin = begin;
    this.#hear = hear;
  }

  begin(): Outcome | undefined {
    const begun = this.#begin(this.#input);
    if ('outcome' in begun) return begun.outcome;
    this.#memory = begun.memory;
    return undefined;
  }

  hear(event: Heard): Outcome | undefined {
    return event.type === 'woken' ? undefined : this.#hear(event, this.#memory!, this.#input);
  }
}

const never = () => undefined;

/** A verb that is over as soon as it has begun. */
export function instant<I>(does: (input: VerbInput<I>) => Outcome): Verb<I> {
  return (input) => ({ begin: () => does(input), hear: never });
}
