import type { ErrorCode } from '../errors.ts';
import type { Conference } from './conference.ts';
import type { Result } from './result.ts';
import type { HandlerUrl, Program } from './verb.ts';

/** What a verb can ask of the places where calls meet and wait. What it has entered it has left when it is over. */
export interface Rooms {
  /** Enters a conference, which is made if need be; `conference.*` events follow. Gives its id, or why not. */
  confer(entrance: Conference): { conference: string } | { code: ErrorCode; reason: string };
  /** The far side begins to speak, or has spoken. */
  speaks(speaking: boolean): void;
  /** An announcement is over on this call; `code`: there was no document for it. */
  announced(announcement: string, code?: ErrorCode): void;

  /** Enters a queue, which is made if need be; `queue.*` events follow. Gives its id, or why not. */
  enqueue(queue: string, max?: number): { queue: string } | 'full' | 'elsewhere';
  /** How it stands with this call in its queue. */
  standing(): Extract<Result, { type: 'waiting' }> | undefined;
  /** Leaves the queue; `queue.left` follows. */
  dequeue(): void;
  /** Takes the call at the front of a queue; `queue.given` follows when there is none now. */
  take(queue: string): Taken | 'waiting' | 'unknown';
  /** Joins this call with the one it has taken; gives the bridge, or undefined when that one is gone. */
  join(call: string): string | undefined;
}

/** A call that another one has taken out of its queue. */
export interface Taken {
  queue: string;
  call: string;
  waitedMs: number;
}

/** What a participant is to hear beside the conference, over and over: `music` is the network's own. */
export interface Background {
  purpose: 'lobby' | 'hold';
  from: HandlerUrl | 'music';
}

export type RoomEvent =
  /** From now on, or silence. */
  | { type: 'conference.hears'; background?: Background }
  /** To be heard once, above all else: a program, or the document that the application answers. */
  | { type: 'conference.announces'; announcement: string; program: Program }
  | { type: 'conference.announces'; announcement: string; from: HandlerUrl }
  | { type: 'conference.left'; conference: string }
  /** Somebody is about to talk to this call: it does not wait any more, unless it is `queue.returned`. */
  | { type: 'queue.taken'; by: string; waitedMs: number }
  | { type: 'queue.returned' }
  /** The two are joined. */
  | { type: 'queue.joined' }
  /** There is a call now for the one that waits to take one. */
  | ({ type: 'queue.given' } & Taken)
  /** The call that was taken is gone before the two were joined. */
  | { type: 'queue.lost'; call: string };
