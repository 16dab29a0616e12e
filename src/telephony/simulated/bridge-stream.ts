import type { BridgeEvent } from '../bridge.ts';
import type { AudioStream } from '../streams.ts';
import type { HeardSound, Noise, Sounding } from './heard.ts';
import type { SimulatedLeg } from './leg.ts';
import { type Said, type Side, StreamCarrier, type Streamed } from './stream-carrier.ts';
import type { World } from './world.ts';

/** The bridge that is streamed, as its streams see it. */
export interface Stage {
  readonly world: World;
  /** Has its streams hear what is being said to all. */
  said(): void;
  /** Who hears what is said to all. */
  hearers(): readonly SimulatedLeg[];
  hear(leg: SimulatedLeg, sound: HeardSound): Sounding;
  /** A server says something to all: others than those on legs hear it too. */
  overhear(noise: Noise, from: BridgeStream): void;
  press(digits: string): void;
  tell(event: BridgeEvent): void;
  /** The stream has come to its own end. */
  over(id: string): void;
}

/** A noise for as long as it may be heard. */
interface Span {
  noise: Noise;
  side: Side;
  /** It is heard to its own end. */
  whole: boolean;
  from: number;
  to: number | undefined;
}

/** Audio of a bridge goes to a server; what the server of a two-way stream sends is heard by all in the bridge. */
export class BridgeStream implements Streamed {
  readonly world: World;
  readonly #id: string;
  readonly #stage: Stage;
  readonly #carrier: StreamCarrier;
  #spans: Span[] = [];
  /** What the server says, and who hears it. */
  #said: { sound: HeardSound; soundings: Sounding[] } | undefined;

  constructor(stage: Stage, stream: AudioStream) {
    this.world = stage.world;
    this.#id = stream.id;
    this.#stage = stage;
    this.#carrier = new StreamCarrier(this, stream);
  }

  /** This is what is said to all from now on. */
  hears(said: ReadonlySet<Noise>): void {
    if (!this.#carrier.isHeard) return;
    const now = this.world.post.now();
    const known = new Set<Noise>();
    for (const span of this.#spans) {
      if (span.to !== undefined || span.whole) continue;
      if (said.has(span.noise)) known.add(span.noise);
      else span.to = now;
    }
    for (const noise of said) if (!known.has(noise)) this.#begin('received', noise, false);
  }

  /** This is heard to its own end. */
  plays(side: Side, noise: Noise): void {
    if (this.#carrier.isHeard) this.#begin(side, noise, true);
  }

  #begin(side: Side, noise: Noise, whole: boolean): void {
    this.#spans.push({ noise, side, whole, from: this.world.post.now(), to: undefined });
  }

  /** Somebody has come, gone, or hears others now. */
  reach(): void {
    if (!this.#said) return;
    const { sound, soundings } = this.#said;
    const hearers = this.#stage.hearers();
    for (const sounding of soundings) if (!hearers.includes(sounding.leg)) sounding.leg.cease(sounding, false);
    const reached = new Set(soundings.flatMap(({ leg, ended }) => (ended === undefined ? [leg] : [])));
    for (const leg of hearers) if (!reached.has(leg)) soundings.push(this.#stage.hear(leg, sound));
  }

  close(): void {
    this.#carrier.close();
  }

  later(ms: number, act: () => void): unknown {
    return this.world.post.later(ms, act);
  }

  cancel(timer: unknown): void {
    this.world.post.cancel(timer);
  }

  heardOn(side: Side, from: number, to: number): readonly Noise[] {
    this.#spans = this.#spans.filter((span) => endOf(span, to) > from);
    return this.#spans.flatMap((span) => (span.side === side && span.from < to ? [span.noise] : []));
  }

  say(sound: HeardSound): Said {
    const noise: Noise = { channel: 1, sound, began: this.world.post.now(), ended: undefined };
    const said: { sound: HeardSound; soundings: Sounding[] } = { sound, soundings: [] };
    this.#said = said;
    this.reach();
    this.#stage.overhear(noise, this);
    return {
      sound,
      cease: (complete) => {
        noise.ended = this.world.post.now();
        for (const sounding of said.soundings) sounding.leg.cease(sounding, complete);
        if (this.#said === said) this.#said = undefined;
      },
    };
  }

  press(digits: string): void {
    this.#stage.press(digits);
  }

  opened(): void {
    this.#stage.tell({ type: 'bridge.forked', id: this.#id });
    this.#stage.said();
  }

  closed(failure: { code: string; reason: string } | undefined): void {
    const id = this.#id;
    this.#stage.over(id);
    this.#stage.tell(failure ? { type: 'bridge.failed', id, ...failure } : { type: 'bridge.done', id });
  }
}

const endOf = ({ noise, to }: Span, otherwise: number): number => Math.min(to ?? otherwise, noise.ended ?? otherwise);
