import { cease, type HeardSound, type Sounding, soundFrom } from './heard.ts';
import { type HungUp, hungUp } from './hung-up.ts';
import type { SimulatedLeg } from './leg.ts';
import type { FarSide } from './party.ts';
import { isKey, isPause, pauseMs, timing } from './timing.ts';
import { isVoice, speaks, spoke } from './voice.ts';

/** Two legs of ours become one connection: the far side of each is the other. `placed` has called `offered`. */
export function connect(placed: SimulatedLeg, offered: SimulatedLeg): void {
  placed.party.far = new Line(placed, offered);
  offered.party.far = new Line(offered, placed);
}

/** Something that is being said on the other leg. */
interface Passing {
  /** The sound as the far side makes it. */
  said: HeardSound;
  soundings: Sounding[];
  began: number;
  /** Of keys that have not been pressed yet. */
  keys: unknown[];
}

/** One direction: what the far side of one leg hears is what the far side of the other says. */
class Line implements FarSide {
  readonly #from: SimulatedLeg;
  readonly #to: SimulatedLeg;
  readonly #passing = new Map<HeardSound, Passing>();
  #rung = false;

  constructor(from: SimulatedLeg, to: SimulatedLeg) {
    this.#from = from;
    this.#to = to;
  }

  /** `through` is the lines that the sound has come through: a bridge with both ends in it must not howl. */
  hears(sound: HeardSound, through: Set<unknown> = new Set()): void {
    const to = this.#to;
    if (!to.hears || through.has(this)) return;
    through.add(this);
    const { kind, text, ms, confidence } = sound;
    const said = { kind, text, ms, ...(confidence !== undefined && { confidence }) };
    const soundings = soundFrom(to, said, through);
    const keys = kind === 'keys' ? this.#press(text) : [];
    this.#passing.set(sound, { said, soundings, began: to.world.post.now(), keys });
    if (isVoice(said)) speaks(to, said);
  }

  heard(sound: HeardSound, complete: boolean): void {
    const passing = this.#passing.get(sound);
    if (!passing) return;
    this.#passing.delete(sound);
    const to = this.#to;
    if (!complete) for (const key of passing.keys) to.cancel(key);
    cease(passing.soundings, complete);
    if (isVoice(sound)) spoke(to, passing.said, complete ? sound.ms : to.world.post.now() - passing.began);
  }

  rings(): void {
    if (this.#rung) return;
    this.#rung = true;
    this.#to.tell({ type: 'leg.ringing' });
  }

  mayBeHeard(): void {
    this.#to.earlyMedia = true;
    this.#to.tell({ type: 'leg.earlyMedia' });
  }

  answered(): void {
    this.#to.answer();
  }

  over(how: HungUp): void {
    this.#to.end(this.#from.placed ? endOfCaller(how) : endOfCalled(how, this.#from.answered));
  }

  /** Keys that are sent one after the other are pressed so. */
  #press(digits: string): unknown[] {
    const timers: unknown[] = [];
    let at = 0;
    for (const digit of digits) {
      if (isPause(digit)) at += pauseMs(digit);
      if (!isKey(digit)) continue;
      timers.push(this.#to.later(at, () => this.#to.tell({ type: 'leg.pressed', digit })));
      at += timing.key + timing.gap;
    }
    return timers;
  }
}

/** Whoever was called sees the caller go, or the network fail. */
const endOfCaller = (how: HungUp): HungUp => (isFailure(how) ? how : hungUp('farSide', 'normal'));

const isFailure = ({ by, cause }: HungUp) => by === 'network' && cause === 'failed';

/** What a caller is told of a call that was refused, in the words of SIP. */
const refusals: Readonly<Record<number, HungUp>> = {
  404: hungUp('network', 'unreachable', 404),
  480: hungUp('farSide', 'noAnswer', 480),
  483: hungUp('network', 'looped', 483),
  484: hungUp('network', 'invalidNumber', 484),
  486: hungUp('farSide', 'busy', 486),
  503: hungUp('network', 'failed', 503),
};

function endOfCalled(how: HungUp, answered: boolean): HungUp {
  if (isFailure(how)) return how;
  if (answered) return hungUp('farSide', 'normal');
  return refusals[how.sipCode ?? 0] ?? hungUp('farSide', 'rejected', how.sipCode ?? 603);
}
