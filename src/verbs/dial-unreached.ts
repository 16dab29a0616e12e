import type { RejectCause } from '../telephony/leg-command.ts';
import type { Dial } from './dial.ts';
import type { DialStatus, Outcome, Result } from './verb.ts';

/** What whoever calls is told when the call only goes on to somebody else. */
const causes: Readonly<Record<DialStatus, RejectCause>> = {
  completed: 'rejected',
  busy: 'busy',
  rejected: 'rejected',
  notAnswered: 'noAnswer',
  canceled: 'noAnswer',
  failed: 'unavailable',
};

const words: Readonly<Record<DialStatus, string>> = {
  completed: 'nobody accepted the call',
  busy: 'the line is busy',
  rejected: 'the call was rejected',
  notAnswered: 'nobody answered',
  canceled: 'nobody answered',
  failed: 'the call could not be made',
};

const loop: Outcome = {
  type: 'reject',
  cause: 'looped',
  code: 'CALL_HOPS_LIMIT',
  message: 'the call came round too often: does a number forward to itself?',
};

/**
 * Nobody was reached by a dial that stands for a handler, or that only passes the call on: what becomes of the call.
 * `cameRound`: a number of ours has forwarded to itself. Undefined for every other dial: execution goes on.
 */
export function whenUnreached({ otherwise, relays }: Dial, result: Result, cameRound: boolean): Outcome | undefined {
  const status = result.type === 'dialed' ? result.status : 'failed';
  if (otherwise && otherwise.length > 0) return { type: 'request', urls: otherwise, result: { type: 'nothing' } };
  if (cameRound && (otherwise || relays)) return loop;
  if (relays) return { type: 'reject', cause: causes[status] };
  if (!otherwise) return undefined;
  const message = `no handler is left: ${words[status]}`;
  return { type: 'reject', cause: 'unavailable', code: 'HANDLER_UNAVAILABLE', message };
}
