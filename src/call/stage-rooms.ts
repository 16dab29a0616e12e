import type { ErrorCode } from '../errors.ts';
import type { LeaveReason } from '../journal/journal.ts';
import type { Conference } from '../verbs/conference.ts';
import type { Rooms } from '../verbs/rooms.ts';
import type { Farewell } from '../verbs/verb.ts';
import type { LiveCall } from './live-call.ts';

/** The places where calls meet and wait, as one verb sees them. It remembers which of them the verb has entered. */
export class StageRooms implements Rooms {
  readonly #live: LiveCall;
  readonly #epoch: number;
  readonly #bridge: (call: string) => string | undefined;
  replaced: Farewell | undefined;
  #confers = false;
  #queues = false;
  #takes = false;

  constructor(live: LiveCall, bridge: (call: string) => string | undefined) {
    this.#live = live;
    this.#epoch = live.epoch;
    this.#bridge = bridge;
  }

  confer(entrance: Conference): ReturnType<Rooms['confer']> {
    const entered = this.#live.around.conferences.enter(this.#live, entrance);
    this.#confers ||= 'conference' in entered;
    return entered;
  }

  speaks(speaking: boolean): void {
    this.#live.around.conferences.speaks(this.#live.id, speaking);
  }

  announced(announcement: string, code?: ErrorCode): void {
    this.#live.around.conferences.announced(this.#live.id, announcement, code);
  }

  enqueue(queue: string, max?: number): ReturnType<Rooms['enqueue']> {
    const entered = this.#live.around.queues.enter(queue, this.#live, max);
    this.#queues ||= typeof entered !== 'string';
    return entered;
  }

  standing(): ReturnType<Rooms['standing']> {
    return this.#live.around.queues.standing(this.#live.id);
  }

  dequeue(): void {
    this.#live.around.queues.leave(this.#live.id, 'left');
  }

  take(queue: string): ReturnType<Rooms['take']> {
    const taken = this.#live.around.queues.take(queue, this.#live);
    this.#takes ||= taken !== 'unknown';
    return taken;
  }

  join(call: string): string | undefined {
    const bridge = this.#bridge(call);
    if (bridge !== undefined) this.#live.around.queues.joined(this.#live.id);
    return bridge;
  }

  /** The verb is over. */
  close(): void {
    const { around, id } = this.#live;
    if (this.#confers) around.conferences.leave(id, this.#reason());
    if (this.#queues) around.queues.abandon(id);
    if (this.#takes) around.queues.release(id);
  }

  #reason(): LeaveReason {
    const { leg, ending, epoch } = this.#live;
    if (ending?.by === 'api') return 'cut';
    if (!ending && leg && epoch !== this.#epoch) return 'moved';
    return !leg || ending ? 'hungUp' : 'left';
  }
}
