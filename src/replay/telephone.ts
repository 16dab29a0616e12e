import type { HeardSound } from '../telephony/simulated/heard.ts';
import type { Person, RingingParty } from '../telephony/simulated/party.ts';

/** Something heard on the telephone, and when (milliseconds after the beginning). */
export interface Sound {
  at: number;
  kind: HeardSound['kind'];
  /** What is said, the URL of the audio, or the keys. */
  text: string;
  ms: number;
  by: 'engine' | 'party';
}

/** The telephone of somebody who is played: what is heard there. */
export class Telephone {
  /** Everything heard since the call began. */
  readonly sounds: Sound[] = [];
  /** How much of it had been heard when somebody last did something. */
  heardBefore = 0;
  readonly #at: () => number;
  #over = false;

  /** @param at milliseconds after the beginning */
  constructor(at: () => number) {
    this.#at = at;
  }

  get heard(): readonly Sound[] {
    return this.sounds.slice(this.heardBefore);
  }

  get hasHungUp(): boolean {
    return this.#over;
  }

  /** Who holds it. */
  get person(): Person {
    return {
      hears: ({ kind, text, ms, from }) =>
        this.sounds.push({ at: this.#at(), kind, text, ms, by: from === undefined ? 'engine' : 'party' }),
      ended: () => {
        this.#over = true;
      },
    };
  }
}

/** An answering machine: what it says, whether it beeps, and after how many seconds. */
export interface Machine {
  greeting: string;
  beep?: boolean;
  after?: number;
}

/** How somebody takes a call. */
export type Outcome = 'answer' | 'decline' | 'busy' | 'unreachable' | 'invalidNumber' | Machine;

/** A telephone that the application calls: it rings until somebody decides what happens. */
export class CalledTelephone extends Telephone {
  readonly number: string;
  readonly call: string;
  readonly party: RingingParty;
  #answered = false;

  constructor(at: () => number, number: string, call: string, party: RingingParty) {
    super(at);
    this.number = number;
    this.call = call;
    this.party = party;
  }

  get rings(): boolean {
    return !this.#answered && !this.hasHungUp;
  }

  get answered(): boolean {
    return this.#answered;
  }

  /** Why nothing can be decided any more. */
  get decided(): string | undefined {
    if (this.rings) return undefined;
    return this.#answered ? 'has answered already' : 'is not ringing any more';
  }

  decide(outcome: Outcome): void {
    if (outcome === 'decline') this.party.reject();
    else if (outcome === 'busy') this.party.busy();
    else if (outcome === 'unreachable' || outcome === 'invalidNumber') this.party.fails(outcome);
    else {
      this.#answered = true;
      this.party.answer();
      if (outcome !== 'answer') this.#greet(outcome);
    }
  }

  #greet({ greeting, beep = true, after = 0 }: Machine): void {
    this.party.say(greeting);
    if (beep) this.party.beep(after * 1000);
  }
}
