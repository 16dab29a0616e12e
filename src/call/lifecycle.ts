import type { ErrorCode } from '../errors.ts';
import type { CallRecord, CallState } from '../records/call.ts';
import type { RejectCause } from '../telephony/leg-command.ts';
import type { HangUpCause, LegEvent } from '../telephony/leg-event.ts';
import type { DialStatus, VerbEvent } from '../verbs/verb.ts';

/** Why we end a call, decided before the network has ended its leg. */
export interface Ending {
  by: 'us' | 'api';
  /** The state of a call that was never answered. */
  state: 'canceled' | 'notAnswered' | 'rejected' | 'failed';
  /** How an incoming call that was never answered is refused. */
  cause?: RejectCause;
  errorCode?: ErrorCode | 'USER';
  errorMessage?: string;
}

export const byUs = (state: Ending['state'], more: Omit<Partial<Ending>, 'state'> = {}): Ending => ({
  by: 'us',
  state,
  ...more,
});

const ended: ReadonlySet<CallState> = new Set(['completed', 'failed', 'notAnswered', 'busy', 'rejected', 'canceled']);

export const hasEnded = (record: CallRecord): boolean => ended.has(record.state);

export const isAnswered = (record: CallRecord): boolean => record.state === 'inProgress';

const stateAfter: Record<HangUpCause, { state: CallState; errorCode?: ErrorCode }> = {
  normal: { state: 'canceled' },
  canceled: { state: 'canceled' },
  busy: { state: 'busy' },
  noAnswer: { state: 'notAnswered' },
  rejected: { state: 'rejected' },
  unreachable: { state: 'failed', errorCode: 'CALL_NO_ROUTE' },
  looped: { state: 'failed', errorCode: 'CALL_HOPS_LIMIT' },
  invalidNumber: { state: 'failed', errorCode: 'CALL_NUMBER_NOT_VALID' },
  failed: { state: 'failed', errorCode: 'CALL_NETWORK' },
};

const said: Partial<Record<ErrorCode, string>> = {
  CALL_NO_ROUTE: 'the network knows no way to this address',
  CALL_HOPS_LIMIT: 'the call came round too often: does a number forward to itself?',
  CALL_NUMBER_NOT_VALID: 'the network says that this is not a number',
  CALL_NETWORK: 'the telephone network failed',
};

/** What becomes of a call when its leg has ended: exactly one final state, and why. */
export function endOf(
  record: CallRecord,
  event: Extract<LegEvent, { type: 'leg.hungUp' }>,
  ending: Ending | undefined,
): Partial<CallRecord> {
  const fallback = stateAfter[event.cause];
  const answered = isAnswered(record);
  const network = event.by === 'network';
  const state = answered ? 'completed' : (ending?.state ?? fallback.state);
  const errorCode = ending?.errorCode ?? (answered && !network ? undefined : ending ? undefined : fallback.errorCode);
  const errorMessage = ending?.errorMessage ?? (errorCode && errorCode !== 'USER' ? said[errorCode] : undefined);
  return {
    state,
    endedBy: ending && event.by === 'us' ? ending.by : event.by,
    cause: state === 'notAnswered' ? 'noAnswer' : event.cause,
    ...(event.sipCode !== undefined && { sipCode: event.sipCode }),
    ...(event.headers && { responseHeaders: event.headers }),
    ...(event.statistics && { statistics: event.statistics }),
    ...(errorCode && { errorCode }),
    ...(errorMessage !== undefined && { errorMessage }),
  };
}

const statuses: Partial<Record<CallState, DialStatus>> = {
  completed: 'completed',
  failed: 'failed',
  notAnswered: 'notAnswered',
  busy: 'busy',
  rejected: 'rejected',
  canceled: 'canceled',
};

/** How an attempt to reach somebody ended, for whoever made it. */
const dialStatus = (record: CallRecord): DialStatus => statuses[record.state] ?? 'failed';

/** What whoever originated a call is told of its end. */
export function childEnded(record: CallRecord): Extract<VerbEvent, { type: 'child.ended' }> {
  const { id, cause, errorCode, endedBy, answerTime, endTime, sipCode, sipCallId } = record;
  const { to, responseHeaders: headers } = record;
  return {
    type: 'child.ended',
    call: id,
    to,
    status: dialStatus(record),
    ...(cause && { cause }),
    ...(errorCode && errorCode !== 'USER' && { code: errorCode }),
    ...(endedBy && { by: endedBy }),
    ...(answerTime !== undefined && endTime !== undefined && { answeredMs: endTime - answerTime }),
    ...(sipCode !== undefined && { sipCode }),
    ...(sipCallId !== undefined && { sipCallId }),
    ...(headers && { headers }),
  };
}
