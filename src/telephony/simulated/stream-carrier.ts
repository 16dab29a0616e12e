import type { AudioStream, FromServer, StreamLine } from '../streams.ts';
import { bytesPerMs } from '../streams.ts';
import type { HeardSound, Noise } from './heard.ts';
import type { Timers } from './playing.ts';
import { frameOf } from './stream-audio.ts';
import { StreamPlayback } from './stream-playback.ts';
import { timing } from './timing.ts';
import type { World } from './world.ts';

export type Side = 'received' | 'sent';

/** What the server of a two-way stream is saying. */
export interface Said {
  readonly sound: HeardSound;
  /** @param complete it was heard to its end */
  cease(complete: boolean): void;
}

/** Whose audio is streamed: a leg, or a bridge. */
export interface Streamed extends Timers {
  readonly world: World;
  /** What is heard on one side at some time in between; what was before is not asked for any more. */
  heardOn(side: Side, from: number, to: number): readonly Noise[];
  /** Makes it heard by whoever is to hear what the server sends; undefined when nobody can. */
  say(sound: HeardSound): Said | undefined;
  /** Makes keys heard by them. */
  press(digits: string): void;
  opened(): void;
  /** The server has closed it, or something has failed. Nothing comes after. */
  closed(failure: { code: string; reason: string } | undefined): void;
}

/** So many pieces are made up for at once when somebody kept the process busy; older ones are lost. */
const mostFramesAtOnce = 50;

/** Carries audio to a server, piece by piece, and what the server of a two-way stream sends back. */
export class StreamCarrier {
  readonly #streamed: Streamed;
  readonly #stream: AudioStream;
  readonly #line: StreamLine;
  readonly #sides: readonly Side[];
  readonly #playback: StreamPlayback | undefined;
  #openedAt: number | undefined;
  /** How many pieces of each side are sent, or lost. */
  #frames = 0;
  #timer: unknown;
  #over = false;

  constructor(streamed: Streamed, stream: AudioStream) {
    this.#streamed = streamed;
    this.#stream = stream;
    this.#sides = stream.track === 'both' ? ['received', 'sent'] : [stream.track];
    if (stream.bothWays)
      this.#playback = new StreamPlayback(streamed, (name) => this.#line.send({ type: 'mark', name }));
    this.#line = streamed.world.servers.open(stream, {
      opened: () => this.#opened(),
      heard: (message) => this.#heard(message),
      closed: (failure) => this.#closed(failure),
    });
  }

  get isOpen(): boolean {
    return this.#openedAt !== undefined && !this.#over;
  }

  /** Somebody listens to each piece of audio. */
  get isHeard(): boolean {
    return this.isOpen && this.#line.wantsAudio;
  }

  /** A key is told, and not only heard. */
  press(digit: string): void {
    if (this.isOpen) this.#line.send({ type: 'pressed', digit, ms: timing.key });
  }

  /** Nothing more is sent or heard, or told. */
  close(): void {
    this.#over = true;
    this.#streamed.cancel(this.#timer);
    this.#playback?.stop();
    if (this.#openedAt !== undefined) this.#line.send({ type: 'end' });
    this.#line.close();
  }

  #opened(): void {
    if (this.#over) return;
    this.#openedAt = this.#now;
    this.#streamed.opened();
    this.#line.send({ type: 'begin' });
    if (this.#line.wantsAudio) this.#pace(this.#openedAt);
  }

  #pace(since: number): void {
    this.#timer = this.#streamed.later(since + (this.#frames + 1) * timing.frame - this.#now, () => {
      const due = Math.floor((this.#now - since) / timing.frame);
      this.#frames = Math.max(this.#frames, due - mostFramesAtOnce);
      for (; this.#frames < due; this.#frames++) this.#send(since);
      this.#pace(since);
    });
  }

  #send(since: number): void {
    const ms = this.#frames * timing.frame;
    const from = since + ms;
    for (const track of this.#sides) {
      const noises = this.#streamed.heardOn(track, from, from + timing.frame);
      const audio = frameOf(noises, from, this.#stream.codec);
      this.#line.send({ type: 'media', track, chunk: this.#frames + 1, ms, audio });
    }
  }

  #heard(message: FromServer): void {
    const playback = this.#playback;
    if (this.#over || !playback) return;
    if (message.type === 'media') playback.play(message.audio.length / bytesPerMs[this.#stream.codec]);
    else if (message.type === 'mark') playback.mark(message.name);
    else if (message.type === 'clear') playback.clear();
    else this.#streamed.press(message.digits);
  }

  #closed(failure: { code: string; reason: string } | undefined): void {
    if (this.#over) return;
    this.close();
    this.#streamed.closed(failure);
  }

  get #now(): number {
    return this.#streamed.world.post.now();
  }
}
