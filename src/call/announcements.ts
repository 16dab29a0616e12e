import type { ErrorCode } from '../errors.ts';
import type { Participant } from './participant.ts';

interface Announcement {
  /** Who has not heard it to its end. */
  calls: Set<string>;
  /** Whom it is for, when it is for one. */
  only: Participant | undefined;
  code?: ErrorCode;
}

/** What is being announced in a conference: each announcement is over once everybody has heard it, or has gone. */
export class Announcements {
  readonly #over: (code: ErrorCode | undefined, only: Participant | undefined) => void;
  readonly #going = new Map<string, Announcement>();

  constructor(over: (code: ErrorCode | undefined, only: Participant | undefined) => void) {
    this.#over = over;
  }

  begin(id: string, to: readonly Participant[], only?: Participant): void {
    this.#going.set(id, { calls: new Set(to.map(({ call }) => call.id)), only });
  }

  heard(id: string, call: string, code: ErrorCode | undefined): void {
    const announcement = this.#going.get(id);
    if (!announcement?.calls.delete(call)) return;
    if (code) announcement.code = code;
    if (announcement.calls.size > 0) return;
    this.#going.delete(id);
    this.#over(announcement.code, announcement.only);
  }

  gone(call: string): void {
    for (const id of [...this.#going.keys()]) this.heard(id, call, undefined);
  }
}
