import type { CallRecord } from '../records/call.ts';
import { type CalledTelephone, type Machine, type Outcome, Telephone } from '../replay/telephone.ts';
import type { Party, Person } from '../telephony/simulated/party.ts';
import type { Rehearsal } from './rehearsal.ts';
import { Speaker } from './speaker.ts';

/** Whoever calls the application. */
export class Caller extends Speaker {
  readonly name: string;
  #party: Party | undefined;
  /** The id of the call, once it has come in. */
  id = '';

  constructor(rehearsal: Rehearsal, name: string) {
    super(rehearsal, new Telephone(() => rehearsal.at));
    this.name = name;
  }

  /** @param begin makes the call */
  calls(begin: (person: Person) => Party): void {
    this.#party = begin(this.telephone.person);
  }

  /** The call as it is now. */
  get call(): CallRecord | undefined {
    return this.rehearsal.record(this.id);
  }

  protected get party(): Party {
    return this.#party!;
  }
}

/** Somebody whom the application calls: the telephone rings until the test says what happens. */
export class Callee extends Speaker {
  readonly name: string;
  readonly id: string;
  declare protected readonly telephone: CalledTelephone;

  constructor(rehearsal: Rehearsal, telephone: CalledTelephone) {
    super(rehearsal, telephone);
    this.name = telephone.number;
    this.id = telephone.call;
  }

  protected get party(): Party {
    return this.telephone.party;
  }

  get call(): CallRecord | undefined {
    return this.rehearsal.record(this.id);
  }

  /** Is the telephone ringing? */
  get rings(): boolean {
    return this.telephone.rings;
  }

  answers(): Promise<this> {
    return this.#decide('answer', 'answered', 'answer');
  }

  /** Refuses the call. */
  declines(): Promise<this> {
    return this.#decide('decline', 'declined', 'decline');
  }

  isBusy(): Promise<this> {
    return this.#decide('be busy', 'was busy', 'busy');
  }

  /** The network cannot reach it: switched off, or out of range. */
  isUnreachable(): Promise<this> {
    return this.fails('unreachable');
  }

  /** The network says that it cannot be reached, or that there is no such number. */
  fails(cause: 'unreachable' | 'invalidNumber'): Promise<this> {
    return this.#decide('fail', cause === 'unreachable' ? 'could not be reached' : 'was no valid number', cause);
  }

  /** An answering machine answers, says its greeting, beeps and listens. */
  isAMachine(machine: Partial<Machine> = {}): Promise<this> {
    const greeting = 'Please leave a message after the tone.';
    return this.#decide('be a machine', 'was answered by a machine', { greeting, ...machine });
  }

  /** Lets it ring until whoever calls gives up. */
  async letsItRing(): Promise<this> {
    this.#mayDecide('let it ring');
    await this.rehearsal.until(() => this.hasHungUp);
    return this;
  }

  async #decide(what: string, past: string, outcome: Outcome): Promise<this> {
    this.#mayDecide(what);
    await this.rehearsal.act(`${this.name} ${past}`, (done) => {
      this.telephone.decide(outcome);
      done();
    });
    return this;
  }

  #mayDecide(what: string): void {
    const { decided } = this.telephone;
    if (decided) throw this.rehearsal.surprise(`${this.name} cannot ${what}: it ${decided}`, { since: 'beginning' });
  }
}
