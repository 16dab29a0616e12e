import type { Clock } from '../clock.ts';
import {
  type AudioStream,
  bytesPerMs,
  type StreamListener,
  type StreamServers,
  type ToServer,
} from '../telephony/streams.ts';
import type { FlowStream, FlowStreamStep } from './flow.ts';

/** The streaming servers of a flow, by URL: they hear no audio, and do what is written. */
export function scriptedStreams(
  clock: Clock,
  streams: Readonly<Record<string, FlowStream | readonly FlowStream[]>>,
): StreamServers {
  const taken = new Map<string, number>();
  return {
    open: (stream, listener) => {
      const { url } = stream;
      const listed = Object.hasOwn(streams, url) ? [streams[url]!].flat() : [];
      const count = taken.get(url) ?? 0;
      taken.set(url, count + 1);
      return new Server(clock, stream, listed[Math.min(count, listed.length - 1)] ?? { refuses: true }, listener);
    },
  };
}

/** How long whoever opens a stream waits for a server that says nothing. */
const patienceMs = 10_000;

class Server {
  readonly wantsAudio = false;
  readonly #clock: Clock;
  readonly #stream: AudioStream;
  readonly #listener: StreamListener;
  readonly #script: readonly FlowStreamStep[];
  #next = 0;
  #timer: unknown;
  /** What has been sent here that the next step could wait for. */
  #heard: string[] = [];
  #over = false;

  constructor(
    clock: Clock,
    stream: AudioStream,
    { after = 0, refuses, silent, script = [] }: FlowStream,
    listener: StreamListener,
  ) {
    this.#clock = clock;
    this.#stream = stream;
    this.#listener = listener;
    this.#script = script;
    if (silent) this.#later(patienceMs, () => this.#close('HANDLER_TIMEOUT', 'no WebSocket within 10 s'));
    else if (refuses)
      this.#later(after * 1000, () => this.#close('HANDLER_REFUSED', `nothing listens at ${stream.url}`));
    else
      this.#later(after * 1000, () => {
        listener.opened();
        this.#step();
      });
  }

  send(message: ToServer): void {
    if (message.type === 'mark') this.#heard.push(`mark ${message.name}`);
    if (message.type === 'pressed') this.#heard.push(`key ${message.digit}`);
    if (this.#timer === undefined && !this.#over) this.#later(0, () => this.#step());
  }

  close(): void {
    this.#over = true;
    this.#clock.clearTimeout(this.#timer);
  }

  #later(ms: number, act: () => void): void {
    this.#timer = this.#clock.setTimeout(() => {
      this.#timer = undefined;
      if (!this.#over) act();
    }, ms);
  }

  /** Waits for what the next step waits for, or begins it. */
  #step(): void {
    const step = this.#script[this.#next];
    if (!step || this.#over) return;
    const { marked, pressed, after = 0 } = step;
    for (const awaited of [
      marked === undefined ? '' : `mark ${marked}`,
      pressed === undefined ? '' : `key ${pressed}`,
    ]) {
      if (awaited === '') continue;
      const at = this.#heard.indexOf(awaited);
      if (at === -1) return;
      this.#heard.splice(0, at + 1);
    }
    this.#next++;
    this.#later(after * 1000, () => {
      this.#do(step);
      this.#step();
    });
  }

  #do({ play, mark, clear, press, closes, breaks }: FlowStreamStep): void {
    const { codec } = this.#stream;
    if (play !== undefined)
      this.#listener.heard({ type: 'media', audio: new Uint8Array(Math.round(play * 1000 * bytesPerMs[codec])) });
    if (mark !== undefined) this.#listener.heard({ type: 'mark', name: mark });
    if (clear) this.#listener.heard({ type: 'clear' });
    if (press !== undefined) this.#listener.heard({ type: 'press', digits: press });
    if (breaks) this.#close('STREAM_BROKEN', 'the connection broke');
    else if (closes) this.#close();
  }

  #close(code?: string, reason = ''): void {
    this.#over = true;
    this.#listener.closed(code === undefined ? undefined : { code, reason });
  }
}
