import type { HeardSound } from './heard.ts';
import type { SimulatedLeg } from './leg.ts';
import type { Ears } from './party.ts';
import type { Script, Step } from './script.ts';
import { toMs } from './timing.ts';

interface Noticed {
  sound: HeardSound;
  ended: boolean;
  complete: boolean;
  /** A step has waited for its beginning, or for its end: no other step takes it for the same. */
  hears: boolean;
  heard: boolean;
}

/**
 * Does what a script says. A step may wait for what is being heard when the act before it begins, or is begun later:
 * the answer to a key is often there before the key is up again.
 */
export class ScriptRun implements Ears {
  readonly #leg: SimulatedLeg;
  readonly #script: Script;
  #at = -1;
  #noticed: Noticed[] = [];
  /** What a step waits to hear. */
  #waiting: Step | undefined;
  #impatience: unknown;
  /** What ends meanwhile is kept for the next step. */
  #acting = false;

  constructor(leg: SimulatedLeg, script: Script) {
    this.#leg = leg;
    this.#script = script;
  }

  begin(): void {
    if (this.#script.length === 0) return;
    this.#leg.party.ears = this;
    this.#next();
  }

  hears(sound: HeardSound): void {
    this.#noticed.push({ sound, ended: false, complete: false, hears: false, heard: false });
    this.#look();
  }

  heard(sound: HeardSound, complete: boolean): void {
    const noticed = this.#noticed.find((one) => one.sound === sound && !one.ended);
    if (!noticed) return;
    noticed.ended = true;
    noticed.complete = complete;
    this.#look();
    if (!this.#acting) this.#forgetEnded();
  }

  #next(): void {
    const step = this.#script[++this.#at];
    if (!step) {
      this.#leg.party.ears = undefined;
      this.#noticed = [];
      return;
    }
    if (step.hears === undefined && step.heard === undefined) this.#soon(step);
    else {
      this.#waiting = step;
      if (step.within !== undefined) this.#impatience = this.#leg.later(toMs(step.within), () => this.#go(step));
      this.#look();
    }
    this.#acting = false;
    this.#forgetEnded();
  }

  #look(): void {
    const step = this.#waiting;
    if (step && this.#noticed.some((noticed) => answers(step, noticed))) this.#go(step);
  }

  #go(step: Step): void {
    this.#waiting = undefined;
    this.#leg.cancel(this.#impatience);
    this.#impatience = undefined;
    this.#soon(step);
  }

  #soon(step: Step): void {
    this.#leg.later(toMs(step.after ?? 0), () => {
      this.#forgetEnded();
      this.#acting = true;
      this.#act(step, () => this.#next());
    });
  }

  #act(step: Step, done: () => void): void {
    const { party } = this.#leg;
    if ('press' in step) party.press(step.press, done);
    else if ('say' in step) party.say(step.say, done, step.confidence);
    else if ('fax' in step) party.fax(step.fax.pages, done);
    else if ('silence' in step) this.#leg.later(toMs(step.silence), done);
    else if ('hangUp' in step) party.hangUp();
    else {
      if ('hold' in step) party.hold();
      if ('resume' in step) party.resume();
      done();
    }
  }

  #forgetEnded(): void {
    if (this.#noticed.some((noticed) => noticed.ended))
      this.#noticed = this.#noticed.filter((noticed) => !noticed.ended);
  }
}

/** Whether this is what the step waits for; if so it is used up. */
function answers({ hears, heard }: Step, noticed: Noticed): boolean {
  const text = noticed.sound.text.toLowerCase();
  if (hears !== undefined && !noticed.hears && !noticed.heard && text.includes(hears.toLowerCase())) {
    noticed.hears = true;
    return true;
  }
  if (heard !== undefined && noticed.complete && !noticed.heard && text.includes(heard.toLowerCase())) {
    noticed.heard = true;
    return true;
  }
  return false;
}
