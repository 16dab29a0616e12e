import type { Said, Streamed } from './stream-carrier.ts';

/** So many marks may wait; a server that sets more gets no echo of them. */
const mostMarks = 10_000;

/** What the server of a stream has sent to be heard: one piece after the other, as long as it takes to say it. */
export class StreamPlayback {
  readonly #streamed: Streamed;
  /** A mark has been reached, or what was before it thrown away. */
  readonly #reached: (name: string) => void;
  /** When all that was sent will have been heard. */
  #until = 0;
  #said: Said | undefined;
  #end: unknown;
  #marks: { name: string; timer: unknown }[] = [];

  constructor(streamed: Streamed, reached: (name: string) => void) {
    this.#streamed = streamed;
    this.#reached = reached;
  }

  play(ms: number): void {
    if (ms <= 0) return;
    const now = this.#now;
    this.#until = Math.max(this.#until, now) + ms;
    if (this.#said) this.#said.sound.ms += ms;
    else this.#said = this.#streamed.say({ kind: 'audio', text: 'stream', ms: this.#until - now });
    this.#streamed.cancel(this.#end);
    this.#end = this.#streamed.later(this.#until - now, () => this.#cease(true));
  }

  mark(name: string): void {
    if (this.#until <= this.#now) {
      this.#reached(name);
      return;
    }
    if (this.#marks.length >= mostMarks) return;
    const mark = { name, timer: undefined as unknown };
    mark.timer = this.#streamed.later(this.#until - this.#now, () => {
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
    for (const { timer } of this.#marks) this.#streamed.cancel(timer);
    this.#marks = [];
    this.#streamed.cancel(this.#end);
    this.#until = 0;
    this.#cease(false);
  }

  get #now(): number {
    return this.#streamed.world.post.now();
  }

  #cease(complete: boolean): void {
    const said = this.#said;
    this.#said = undefined;
    said?.cease(complete);
  }
}
