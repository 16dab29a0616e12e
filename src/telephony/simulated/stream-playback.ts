import type { HeardSound, Sounding } from './heard.ts';
import type { SimulatedLeg } from './leg.ts';

/** So many marks may wait; a server that sets more gets no echo of them. */
const mostMarks = 10_000;

/** What the server of a stream has sent to be heard: one piece after the other, as long as it takes to say it. */
export class StreamPlayback {
  readonly #leg: SimulatedLeg;
  /** A mark has been reached, or what was before it thrown away. */
  readonly #reached: (name: string) => void;
  /** When all that was sent will have been heard. */
  #until = 0;
  #sounding: Sounding | undefined;
  #end: unknown;
  #marks: { name: string; timer: unknown }[] = [];

  constructor(leg: SimulatedLeg, reached: (name: string) => void) {
    this.#leg = leg;
    this.#reached = reached;
  }

  play(ms: number): void {
    if (ms <= 0) return;
    const leg = this.#leg;
    const now = this.#now;
    this.#until = Math.max(this.#until, now) + ms;
    if (this.#sounding) this.#sounding.sound.ms += ms;
    else if (leg.hears) {
      const sound: HeardSound = { kind: 'audio', text: 'stream', ms: this.#until - now };
      this.#sounding = leg.begin({ channel: 1, sound });
    }
    leg.cancel(this.#end);
    this.#end = leg.later(this.#until - now, () => this.#cease(true));
  }

  mark(name: string): void {
    if (this.#until <= this.#now) {
      this.#reached(name);
      return;
    }
    if (this.#marks.length >= mostMarks) return;
    const mark = { name, timer: undefined as unknown };
    mark.timer = this.#leg.later(this.#until - this.#now, () => {
      this.#marks = this.#marks.filter((other) => other !== mark);
      this.#reached(name);
    });
    this.#marks.push(mark);
  }

  clear(): void {
    const marks = this.#marks;
    this.stop();
    for (const { name } of marks) this.#reached(name);
  }

  stop(): void {
    for (const { timer } of this.#marks) this.#leg.cancel(timer);
    this.#marks = [];
    this.#leg.cancel(this.#end);
    this.#until = 0;
    this.#cease(false);
  }

  get #now(): number {
    return this.#leg.world.post.now();
  }

  #cease(complete: boolean): void {
    const sounding = this.#sounding;
    this.#sounding = undefined;
    if (sounding) this.#leg.cease(sounding, complete);
  }
}
