import type { Noise } from './heard.ts';
import { keepAudio } from './kept-audio.ts';
import { lengthOf, recorded, type Span } from './recorded.ts';
import type { World } from './world.ts';

/** A sound for as long as it was heard in the bridge. */
interface Heard extends Span {
  noise: Noise;
}

interface Options {
  id: string;
  trim: boolean;
  maxMs?: number;
}

/** Notes what is heard in a bridge, all of it on one channel. */
export class BridgeRecording {
  readonly #world: World;
  readonly #options: Options;
  readonly #spans: Span[] = [];
  readonly #heard: Heard[] = [];
  readonly #full: () => void;
  /** What is heard now, and since when. */
  #hears = new Map<Noise, number>();
  /** Since when it has been running; absent while it pauses. */
  #from: number | undefined;
  /** It runs, and nothing is to be heard in it. */
  #isSilent = false;
  #maximum: unknown;

  /** @param full called when it is as long as it may be */
  constructor(world: World, options: Options, full: () => void) {
    this.#world = world;
    this.#options = options;
    this.#full = full;
    this.resume();
  }

  /** This is what is heard from now on, beside what is played to everybody. */
  hears(noises: ReadonlySet<Noise>): void {
    const now = this.#world.post.now();
    for (const [noise, from] of this.#hears)
      if (!noises.has(noise)) this.#heard.push({ noise, from, to: noise.ended ?? now });
    this.#hears = new Map([...noises].map((noise) => [noise, this.#hears.get(noise) ?? now]));
  }

  /** This is heard to its own end. */
  plays(noise: Noise): void {
    this.#heard.push({ noise, from: noise.began, to: Number.POSITIVE_INFINITY });
  }

  /** @param silence time goes on in it, but nothing is heard */
  pause(silence = false): void {
    if (this.#from === undefined || this.#isSilent) return;
    this.#turn(silence ? 'silent' : 'paused');
  }

  resume(): void {
    if (this.#from === undefined || this.#isSilent) this.#turn('running');
  }

  #turn(to: 'running' | 'silent' | 'paused'): void {
    const now = this.#world.post.now();
    if (this.#from !== undefined)
      this.#spans.push({ from: this.#from, to: now, ...(this.#isSilent && { silent: true }) });
    this.#from = to === 'paused' ? undefined : now;
    this.#isSilent = to === 'silent';
    this.#world.post.cancel(this.#maximum);
    const { maxMs } = this.#options;
    if (maxMs !== undefined && to !== 'paused')
      this.#maximum = this.#world.post.later(maxMs - lengthOf(this.#spans), this.#full);
  }

  /** The audio comes a while later. */
  finish(): void {
    this.#turn('paused');
    this.hears(new Set());
    const noises = this.#heard.map(({ noise, from, to }): Noise => {
      const ended = Math.min(to, noise.ended ?? this.#world.post.now());
      return { ...noise, channel: 0, began: from, ended };
    });
    const { id, trim } = this.#options;
    keepAudio(this.#world, id, recorded(this.#spans, noises, { channels: 1, trim }));
  }
}
