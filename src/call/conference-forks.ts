import type { ConferenceRecord } from '../records/conference.ts';
import type { ForkRecord } from '../records/fork.ts';
import type { BridgeEvent } from '../telephony/bridge.ts';
import type { AudioStream } from '../telephony/streams.ts';
import type { ConferenceStream } from '../verbs/conference.ts';
import type { StreamFork } from '../verbs/fork.ts';
import { type ForkSource, streamOf } from './fork-record.ts';
import type { LiveCall } from './live-call.ts';
import type { Surroundings } from './surroundings.ts';

/** What is streamed of a conference, by the wish of somebody in it or outside: from when it begins, until it ends. */
export class ConferenceForks implements ForkSource<StreamFork['what']> {
  readonly whose = 'conference';
  readonly #conference: { readonly record: ConferenceRecord };
  readonly #parts: Pick<Surroundings, 'bridges' | 'forks' | 'ledger'>;
  /** Those that are opened once the conference begins. */
  readonly #waiting = new Map<string, AudioStream>();
  /** Those with which it may begin. */
  readonly #starting = new Set<string>();

  constructor(
    conference: { readonly record: ConferenceRecord },
    parts: Pick<Surroundings, 'bridges' | 'forks' | 'ledger'>,
  ) {
    this.#conference = conference;
    this.#parts = parts;
  }

  get record(): ConferenceRecord {
    return this.#conference.record;
  }

  /** How many wait that let a conference begin, as somebody who enters does. */
  get starting(): number {
    return this.#starting.size;
  }

  /** @param of whose document wants it */
  begin({ starts, at, ...fork }: ConferenceStream, of?: LiveCall): void {
    const { id, failure } = this.#parts.forks.beginOf(this, fork);
    if (failure) of?.problem(failure.code, failure.reason, at);
    else if (starts && this.#waiting.has(id)) this.#starting.add(id);
  }

  open(record: ForkRecord, { socket }: StreamFork['what']): void {
    const stream = streamOf(record, socket);
    const bridge = this.#parts.bridges.find(this.record.id);
    if (bridge) bridge.openStream(stream);
    else this.#waiting.set(stream.id, stream);
  }

  /** The conference begins. */
  start(): void {
    const bridge = this.#parts.bridges.find(this.record.id);
    for (const stream of this.#waiting.values()) bridge?.openStream(stream);
    this.#waiting.clear();
    this.#starting.clear();
  }

  /** By its name or its id. */
  stop(name: string): void {
    const { forks, bridges } = this.#parts;
    const found = forks.find(this.record.id, undefined, name);
    if (!found) return;
    this.#starting.delete(found.id);
    if (this.#waiting.delete(found.id)) forks.giveUp(found.id);
    else bridges.find(this.record.id)?.stopStream(found.id);
  }

  /** What the bridge tells. */
  hear = (event: BridgeEvent): void => {
    const { forks, ledger } = this.#parts;
    ledger.turn(() => {
      ledger.input(this.record.id, this.record.family, event);
      forks.hear(event);
    });
  };

  /** The conference ends. */
  over(): void {
    this.#waiting.clear();
    this.#starting.clear();
    this.#parts.forks.over(this.record.id);
  }
}
