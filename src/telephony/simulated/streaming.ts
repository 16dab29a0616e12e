import type { AudioStream, FromServer, StreamLine, StreamServers } from '../streams.ts';
import { bytesPerMs } from '../streams.ts';
import type { Sounding } from './heard.ts';
import type { Activity, SimulatedLeg, Tap } from './leg.ts';
import { Playing } from './playing.ts';
import type { Post } from './post.ts';
import { frameOf } from './stream-audio.ts';
import { StreamPlayback } from './stream-playback.ts';
import { isKey, timing } from './timing.ts';

type Side = 'received' | 'sent';

/** So many pieces are made up for at once when somebody kept the process busy; older ones are lost. */
const mostFramesAtOnce = 50;

/** Audio of a leg goes to a server, piece by piece; what the server of a two-way stream sends is heard on the leg. */
export class Streaming implements Activity, Tap {
  readonly #leg: SimulatedLeg;
  readonly #stream: AudioStream;
  readonly #line: StreamLine;
  readonly #sides: readonly Side[];
  readonly #playback: StreamPlayback | undefined;
  #tones: Playing[] = [];
  #openedAt: number | undefined;
  /** How many pieces of each side are sent, or lost. */
  #frames = 0;
  #timer: unknown;
  /** What has been heard in part of the piece that is sent next. */
  #ceased: Sounding[] = [];
  #over = false;

  constructor(leg: SimulatedLeg, stream: AudioStream) {
    this.#leg = leg;
    this.#stream = stream;
    this.#sides = stream.track === 'both' ? ['received', 'sent'] : [stream.track];
    if (stream.bothWays) this.#playback = new StreamPlayback(leg, (name) => this.#line.send({ type: 'mark', name }));
    this.#line = leg.world.servers.open(stream, {
      opened: () => this.#opened(),
      heard: (message) => this.#heard(message),
      closed: (failure) => this.#closed(failure),
    });
  }

  /** Keys that the far side presses are told, and not only heard. */
  began({ channel, sound }: Sounding): void {
    if (channel !== 0 || sound.kind !== 'keys' || this.#openedAt === undefined) return;
    for (const digit of sound.text) if (isKey(digit)) this.#line.send({ type: 'pressed', digit, ms: timing.key });
  }

  ceased(sounding: Sounding): void {
    if (this.#timer !== undefined) this.#ceased.push(sounding);
  }

  stop(): object {
    this.#close();
    return {};
  }

  drop(): void {
    this.#close();
  }

  #opened(): void {
    if (this.#over) return;
    const leg = this.#leg;
    this.#openedAt = leg.world.post.now();
    leg.taps.push(this);
    leg.tell({ type: 'leg.forked', id: this.#stream.id });
    this.#line.send({ type: 'begin' });
    if (this.#line.wantsAudio) this.#pace(this.#openedAt);
  }

  #pace(since: number): void {
    this.#timer = this.#leg.later(since + (this.#frames + 1) * timing.frame - this.#now, () => {
      const due = Math.floor((this.#now - since) / timing.frame);
      this.#frames = Math.max(this.#frames, due - mostFramesAtOnce);
      for (; this.#frames < due; this.#frames++) this.#send(since);
      this.#ceased = [];
      this.#pace(since);
    });
  }

  #send(since: number): void {
    const ms = this.#frames * timing.frame;
    const from = since + ms;
    for (const track of this.#sides) {
      const channel = track === 'received' ? 0 : 1;
      const sounds = ({ channel: of, began, ended = from + timing.frame }: Sounding) =>
        of === channel && began < from + timing.frame && ended > from;
      const sounding = this.#leg.soundings.find(sounds) ?? this.#ceased.find(sounds);
      const audio = frameOf(sounding, from, this.#stream.codec);
      this.#line.send({ type: 'media', track, chunk: this.#frames + 1, ms, audio });
    }
  }

  #heard(message: FromServer): void {
    const playback = this.#playback;
    if (this.#over || !playback) return;
    if (message.type === 'media') playback.play(message.audio.length / bytesPerMs[this.#stream.codec]);
    else if (message.type === 'mark') playback.mark(message.name);
    else if (message.type === 'clear') playback.clear();
    else this.#press(message.digits);
  }

  #press(digits: string): void {
    const leg = this.#leg;
    const tones = new Playing(leg, leg.world.audio, [{ type: 'tones', digits }], {
      begin: (sound) => (leg.hears ? [leg.begin({ channel: 1, sound })] : []),
      done: () => {
        this.#tones = this.#tones.filter((other) => other !== tones);
      },
    });
    this.#tones.push(tones);
    tones.start();
  }

  #closed(failure: { code: string; reason: string } | undefined): void {
    if (this.#over) return;
    this.#close();
    const { id } = this.#stream;
    this.#leg.finish(id, failure ? { type: 'leg.failed', id, ...failure } : { type: 'leg.done', id });
  }

  #close(): void {
    this.#over = true;
    const leg = this.#leg;
    leg.cancel(this.#timer);
    leg.taps = leg.taps.filter((tap) => tap !== this);
    for (const tones of this.#tones) tones.stop();
    this.#playback?.stop();
    if (this.#openedAt !== undefined) this.#line.send({ type: 'end' });
    this.#line.close();
  }

  get #now(): number {
    return this.#leg.world.post.now();
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
