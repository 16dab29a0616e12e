import type { Target } from '../network.ts';
import { cease, type HeardSound, soundFrom } from './heard.ts';
import { type HungUp, hungUp } from './hung-up.ts';
import type { SimulatedLeg } from './leg.ts';
import type { Phone } from './script.ts';
import { concealed, isKey, isPause, pauseMs, speechMs, timing } from './timing.ts';
import { speaks, spoke } from './voice.ts';

/**
 * What somebody at a telephone can do. Keys and words take their time, one after the other; they wait for the answer.
 * `done` is called when they are over, and never when the call ends before.
 */
export interface Party {
  /** Keys, 100 ms each and 100 ms between; `w` waits half a second. */
  press(digits: string, done?: () => void): void;
  say(text: string, done?: () => void, confidence?: number): void;
  /** Before the answer: a caller gives up, somebody who is called refuses. */
  hangUp(): void;
  hold(): void;
  resume(): void;
}

/** Somebody whose telephone rings. */
export interface RingingParty extends Party {
  answer(): void;
  reject(): void;
  busy(): void;
  /** The network finds out that it cannot be reached, or that there is no such number. */
  fails(cause: 'unreachable' | 'invalidNumber'): void;
  /** @param afterMs of silence */
  beep(afterMs: number): void;
}

/** What somebody at a telephone notices. Never called from within what they do. */
export interface Person {
  ringing?(): void;
  answered?(): void;
  /** A sound has begun. */
  hears?(sound: HeardSound): void;
  /** A sound was heard to its end. */
  heard?(sound: HeardSound): void;
  ended?(how: HungUp): void;
}

/** Who takes a call in place of a phone; undefined: the phone does. `call` is the id of the call. */
export type OnRing = (target: Target, party: RingingParty, call: string) => Person | undefined;

/** Who follows a party's ears from within the network, at once. */
export interface Ears {
  hears(sound: HeardSound): void;
  heard(sound: HeardSound, complete: boolean): void;
}

/** Another leg of the network in place of somebody at a telephone: told at once, like ears. */
export interface FarSide extends Ears {
  hears(sound: HeardSound, through?: Set<unknown>): void;
  rings(): void;
  /** There is audio before the answer. */
  mayBeHeard(): void;
  answered(): void;
  over(how: HungUp): void;
}

/** One act of voice or keys; `over` says that the next may begin. */
type Act = (over: () => void) => void;

/** The far side of a leg, whoever decides what it does: a script, a person, a phone. */
export class SimulatedParty implements RingingParty {
  readonly #leg: SimulatedLeg;
  #acts: Act[] = [];
  #acting = false;
  ears: Ears | undefined;
  person: Person | undefined;
  far: FarSide | undefined;
  /** What is at the far side, as far as it decides what happens there. */
  phone: Phone = {};

  constructor(leg: SimulatedLeg) {
    this.#leg = leg;
  }

  press(digits: string, done?: () => void): void {
    this.#do((over) => this.#key(digits, 0, over), done);
  }

  say(text: string, done?: () => void, confidence?: number): void {
    const ms = speechMs(text);
    this.#do((over) => (ms > 0 ? this.#utter(text, ms, over, confidence) : over()), done);
  }

  beep(afterMs: number): void {
    const beep = (over: () => void) => this.#sound({ kind: 'beep', text: 'beep', ms: timing.beep }, over);
    this.#do((over) => (afterMs > 0 ? this.#leg.later(afterMs, () => beep(over)) : beep(over)));
  }

  /** Sends its tones until somebody receives the fax, or for a minute. */
  fax(pages: number, done?: () => void): void {
    this.#do((over) => {
      const leg = this.#leg;
      const soundings = this.#audible ? soundFrom(leg, { kind: 'fax', text: 'fax', ms: timing.faxPatience }) : [];
      const given = () => {
        leg.faxOffer = undefined;
        cease(soundings, true);
        over();
      };
      const patience = leg.later(timing.faxPatience, given);
      leg.faxOffer = { pages, take: () => leg.cancel(patience), done: given };
      leg.changed();
    }, done);
  }

  hangUp(): void {
    const refuses = this.#leg.placed && !this.#leg.answered;
    this.#leg.end(refuses ? hungUp('farSide', 'rejected', 603) : hungUp('farSide', 'normal'));
  }

  hold(): void {
    if (!this.#leg.answered || this.#leg.held) return;
    this.#leg.tell({ type: 'leg.held' });
    this.#leg.held = true;
  }

  resume(): void {
    if (!this.#leg.held) return;
    this.#leg.held = false;
    this.#leg.tell({ type: 'leg.resumed' });
  }

  answer(): void {
    if (this.#leg.placed) this.#leg.answer();
  }

  reject(): void {
    if (this.#leg.placed && !this.#leg.answered) this.hangUp();
  }

  busy(): void {
    if (this.#leg.placed && !this.#leg.answered) this.#leg.end(hungUp('farSide', 'busy', 486));
  }

  fails(cause: 'unreachable' | 'invalidNumber'): void {
    const sipCode = cause === 'unreachable' ? 480 : 484;
    if (this.#leg.placed && !this.#leg.answered) this.#leg.end(hungUp('network', cause, sipCode));
  }

  hears(sound: HeardSound, through?: Set<unknown>): void {
    this.ears?.hears(sound);
    this.far?.hears(sound, through);
    if (this.person?.hears) this.#notice((person) => person.hears?.(sound));
  }

  heard(sound: HeardSound, complete: boolean): void {
    this.ears?.heard(sound, complete);
    this.far?.heard(sound, complete);
    if (complete && this.person?.heard) this.#notice((person) => person.heard?.(sound));
  }

  rings(): void {
    this.far?.rings();
    this.#notice((person) => person.ringing?.());
  }

  wasAnswered(): void {
    this.far?.answered();
    this.#notice((person) => person.answered?.());
    this.#next();
  }

  /** There is audio before the answer. */
  mayBeHeard(): void {
    this.far?.mayBeHeard();
    this.#next();
  }

  over(how: HungUp): void {
    this.#acts = [];
    this.ears = undefined;
    this.far?.over(how);
    this.#notice((person) => person.ended?.(how));
  }

  #notice(what: (person: Person) => void): void {
    if (this.person) this.#leg.world.post.tell(what, this.person);
  }

  get #audible(): boolean {
    return this.#leg.hears;
  }

  #do(act: Act, done?: () => void): void {
    if (this.#leg.ended) return;
    this.#acts.push((over) =>
      act(() => {
        over();
        done?.();
      }),
    );
    this.#next();
  }

  #next(): void {
    if (this.#acting || !(this.#leg.answered || this.#leg.earlyMedia)) return;
    const act = this.#acts.shift();
    if (!act) return;
    this.#acting = true;
    act(() => {
      this.#acting = false;
      this.#next();
    });
  }

  #sound(sound: HeardSound, over: () => void): void {
    const soundings = this.#audible ? soundFrom(this.#leg, sound) : [];
    this.#leg.later(sound.ms, () => {
      cease(soundings, true);
      over();
    });
  }

  #utter(text: string, ms: number, over: () => void, confidence?: number): void {
    const audible = this.#audible;
    const sound: HeardSound = { kind: 'speech', text, ms, ...(confidence !== undefined && { confidence }) };
    if (audible) speaks(this.#leg, sound);
    this.#sound(sound, () => {
      if (audible) spoke(this.#leg, sound, ms);
      over();
    });
  }

  #key(digits: string, at: number, over: () => void): void {
    const digit = digits[at];
    const next = () => this.#key(digits, at + 1, over);
    if (digit === undefined) over();
    else if (isPause(digit)) this.#leg.later(pauseMs(digit), next);
    else if (!isKey(digit)) next();
    else {
      if (this.#audible) this.#leg.tell({ type: 'leg.pressed', digit });
      const text = this.#leg.conceals ? concealed : digit;
      this.#sound({ kind: 'keys', text, ms: timing.key }, () => this.#leg.later(timing.gap, next));
    }
  }
}
