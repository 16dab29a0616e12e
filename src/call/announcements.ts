import type { ErrorCode } from '../errors.ts';
import type { HandlerUrl, Program } from '../verbs/verb.ts';
import type { Participant } from './participant.ts';
import type { Surroundings } from './surroundings.ts';

interface Announcement {
  /** Who has not heard it to its end. */
  calls: Set<string>;
  /** Whom it is for, when it is for one. */
  only: Participant | undefined;
  code?: ErrorCode;
}

/** What is being announced in a conference: each announcement is over once everybody has heard it, or has gone. */
export class Announcements {
  readonly #participants: ReadonlyMap<string, Participant>;
  readonly #parts: Pick<Surroundings, 'ids' | 'tell'>;
  readonly #over: (code: ErrorCode | undefined, only: Participant | undefined) => void;
  readonly #going = new Map<string, Announcement>();

  constructor(
    participants: ReadonlyMap<string, Participant>,
    parts: Pick<Surroundings, 'ids' | 'tell'>,
    over: (code: ErrorCode | undefined, only: Participant | undefined) => void,
  ) {
    this.#participants = participants;
    this.#parts = parts;
    this.#over = over;
  }

  /** Everybody hears the document: it is asked for once, with the call that has been in longest. */
  toAll(from: HandlerUrl): void {
    const [first] = this.#participants.values();
    first?.call.requests.fetch([from], 'announce', (answer) => {
      // The conference is over.
      if (this.#participants.size === 0) return;
      if (answer.type === 'refused') this.#over(answer.code, undefined);
      else this.#begin([...this.#participants.values()], { program: { ...answer.program, purpose: 'announce' } });
    });
  }

  toOne(participant: Participant, from: HandlerUrl): void {
    this.#begin([participant], { from }, participant);
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

  #begin(to: readonly Participant[], what: { from: HandlerUrl } | { program: Program }, only?: Participant): void {
    const announcement = this.#parts.ids.next();
    this.#going.set(announcement, { calls: new Set(to.map(({ call }) => call.id)), only });
    for (const { call } of to) this.#parts.tell(call.id, { type: 'conference.announces', announcement, ...what });
  }
}
