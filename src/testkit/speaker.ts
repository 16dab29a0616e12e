import type { Sound, Telephone } from '../replay/telephone.ts';
import type { Party } from '../telephony/simulated/party.ts';
import { isKey, isPause } from '../telephony/simulated/timing.ts';
import type { Rehearsal } from './rehearsal.ts';

export type { Sound } from '../replay/telephone.ts';

/** Somebody at a telephone: does things, and hears things. Each act lets time go on until everybody waits. */
export abstract class Speaker {
  readonly rehearsal: Rehearsal;
  protected readonly telephone: Telephone;

  constructor(rehearsal: Rehearsal, telephone: Telephone) {
    this.rehearsal = rehearsal;
    this.telephone = telephone;
  }

  /** Whose telephone it is, for messages. */
  abstract readonly name: string;
  protected abstract readonly party: Party;

  /** As messages name them. */
  get who(): string {
    return this.name.startsWith('caller') ? `the ${this.name}` : this.name;
  }

  /** Everything heard since the call began. */
  get sounds(): readonly Sound[] {
    return this.telephone.sounds;
  }

  /** What was heard since somebody last did something. */
  get heard(): readonly string[] {
    return this.telephone.heard.map(({ text }) => text);
  }

  /** Somebody does something now. */
  marked(): void {
    this.telephone.heardBefore = this.sounds.length;
  }

  get hasHungUp(): boolean {
    return this.telephone.hasHungUp;
  }

  /** Presses keys, one after the other; `w` waits half a second. */
  async presses(keys: string | number): Promise<this> {
    const odd = [...String(keys)].find((key) => !isKey(key) && !isPause(key));
    if (odd !== undefined)
      throw new TypeError(`${this.who} cannot press "${odd}": keys are 0 to 9, *, # and A to D, and w waits`);
    return this.#act(`press ${keys}`, `pressed ${keys}`, (done) => this.party.press(String(keys), done));
  }

  says(text: string): Promise<this> {
    return this.#act(`say "${text}"`, `said "${text}"`, (done) => this.party.say(text, done));
  }

  hangsUp(): Promise<this> {
    return this.#act('hang up', 'hung up', (done) => {
      this.party.hangUp();
      done();
    });
  }

  /** Puts the other side on hold. */
  holds(): Promise<this> {
    return this.#act('hold', 'put the call on hold', (done) => {
      this.party.hold();
      done();
    });
  }

  resumes(): Promise<this> {
    return this.#act('resume', 'resumed the call', (done) => {
      this.party.resume();
      done();
    });
  }

  /** Lets so many seconds pass. */
  async waits(seconds: number): Promise<this> {
    await this.rehearsal.wait(seconds);
    return this;
  }

  /** Says and presses nothing until the application goes on by itself: every timeout is one of these. */
  async staysSilent(): Promise<this> {
    await this.rehearsal.untilSomethingHappens();
    return this;
  }

  async #act(what: string, past: string, act: (done: () => void) => void): Promise<this> {
    if (this.hasHungUp)
      throw this.rehearsal.surprise(`${this.who} cannot ${what}: the call has ended`, { since: 'beginning' });
    await this.rehearsal.act(`${this.who} ${past}`, act, () => this.hasHungUp);
    return this;
  }
}
