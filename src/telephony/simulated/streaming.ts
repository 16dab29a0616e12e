import type { AudioStream, StreamServers } from '../streams.ts';
import type { HeardSound, Noise, Sounding } from './heard.ts';
import type { Activity, SimulatedLeg, Tap } from './leg.ts';
import { Playing } from './playing.ts';
import type { Post } from './post.ts';
import { type Said, type Side, StreamCarrier, type Streamed } from './stream-carrier.ts';
import { isKey } from './timing.ts';
import type { World } from './world.ts';

/** Audio of a leg goes to a server; what the server of a two-way stream sends is heard on the leg. */
export class Streaming implements Activity, Tap, Streamed {
  readonly world: World;
  readonly #leg: SimulatedLeg;
  readonly #id: string;
  readonly #carrier: StreamCarrier;
  /** What was heard until now, as long as a piece that is still to be sent has some of it. */
  #ceased: Sounding[] = [];
  #tones: Playing[] = [];

  constructor(leg: SimulatedLeg, stream: AudioStream) {
    this.world = leg.world;
    this.#leg = leg;
    this.#id = stream.id;
    this.#carrier = new StreamCarrier(this, stream);
  }

  /** Keys that the far side presses are told, and not only heard. */
  began({ channel, sound }: Sounding): void {
    if (channel !== 0 || sound.kind !== 'keys') return;
    for (const digit of sound.text) if (isKey(digit)) this.#carrier.press(digit);
  }

  ceased(sounding: Sounding): void {
    if (this.#carrier.isHeard) this.#ceased.push(sounding);
  }

  stop(): object {
    this.#close();
    return {};
  }

  drop(): void {
    this.#close();
  }

  later(ms: number, act: () => void): unknown {
    return this.#leg.later(ms, act);
  }

  cancel(timer: unknown): void {
    this.#leg.cancel(timer);
  }

  heardOn(side: Side, from: number, to: number): readonly Noise[] {
    this.#ceased = this.#ceased.filter(({ ended = to }) => ended > from);
    const channel = side === 'received' ? 0 : 1;
    return [...this.#leg.soundings, ...this.#ceased].filter((one) => one.channel === channel && one.began < to);
  }

  say(sound: HeardSound): Said | undefined {
    const leg = this.#leg;
    if (!leg.hears) return undefined;
    const sounding = leg.begin({ channel: 1, sound });
    return { sound, cease: (complete) => leg.cease(sounding, complete) };
  }

  press(digits: string): void {
    const leg = this.#leg;
    const tones = new Playing(leg, this.world.audio, [{ type: 'tones', digits }], {
      begin: (sound) => (leg.hears ? [leg.begin({ channel: 1, sound })] : []),
      done: () => {
        this.#tones = this.#tones.filter((other) => other !== tones);
      },
    });
    this.#tones.push(tones);
    tones.start();
  }

  opened(): void {
    this.#leg.taps.push(this);
    this.#leg.tell({ type: 'leg.forked', id: this.#id });
  }

  closed(failure: { code: string; reason: string } | undefined): void {
    this.#silence();
    const id = this.#id;
    this.#leg.finish(id, failure ? { type: 'leg.failed', id, ...failure } : { type: 'leg.done', id });
  }

  #close(): void {
    this.#silence();
    this.#carrier.close();
  }

  #silence(): void {
    this.#leg.taps = this.#leg.taps.filter((tap) => tap !== this);
    for (const tones of this.#tones) tones.stop();
  }
}

/** No server is there. */
export const noServers = (post: Post): StreamServers => ({
  open: ({ url }, listener) => {
    const timer = post.later(0, () =>
      listener.closed({ code: 'HANDLER_REFUSED', reason: `nobody takes streams at ${url}` }),
    );
    return { wantsAudio: false, send: () => {}, close: () => post.cancel(timer) };
  },
});
