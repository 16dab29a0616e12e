import type { Answer, Attempt } from '../journal/journal.ts';
import type { CallRecord } from '../records/call.ts';
import type { HandlerUrl, Program, Purpose, Result } from '../verbs/verb.ts';

export interface HandlerRequest {
  /** Unique for each asking; the attempts carry it. */
  id: string;
  /** The call as it is at this moment. */
  call: CallRecord;
  /** Tried in this order until one gives a document that can be executed. */
  urls: readonly HandlerUrl[];
  /** What the verb that finished last has found out. */
  result: Result;
  /** What its document is for; `main` unless given. */
  purpose?: Purpose;
}

/**
 * The customer's application. Laws: `answered` is called exactly once, unless `cancel` came first, and never from
 * within `ask`; `attempted` once for every HTTP exchange before it, and from within `cancel` for one that it breaks off;
 * everything is bounded in time, bytes, redirects, attempts and concurrency per host.
 */
export interface Handler {
  ask(
    request: HandlerRequest,
    listener: { attempted(attempt: Attempt): void; answered(answer: Answer): void },
  ): { cancel(): void };
  /** What the document says that the call was given when it was made. */
  programOf?(call: CallRecord): Program | undefined;
  /** What the language of a call has travel in its invitation by SIP, beside what the document says. */
  invitationHeaders?(call: CallRecord): Readonly<Record<string, string>> | undefined;
  /** The call is over: what was kept for it (cookies) goes. */
  forget(call: string): void;
}
