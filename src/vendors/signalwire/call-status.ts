import type { CallRecord, CallState } from '../../records/call.ts';

/** What SignalWire calls the state of a call, in callbacks and requests (LaML 8). */
export type CallStatus =
  | 'queued'
  | 'initiated'
  | 'ringing'
  | 'in-progress'
  | 'completed'
  | 'busy'
  | 'no-answer'
  | 'failed'
  | 'canceled';

type About = Pick<CallRecord, 'state' | 'direction' | 'cause' | 'sipCode' | 'endedBy'>;

const statuses: Readonly<Record<CallState, CallStatus>> = {
  queued: 'queued',
  starting: 'initiated',
  ringing: 'ringing',
  inProgress: 'in-progress',
  completed: 'completed',
  failed: 'failed',
  notAnswered: 'no-answer',
  busy: 'busy',
  rejected: 'busy', // SIP 603: LaML 14
  canceled: 'canceled',
};

/** The status of a call as requests and callbacks tell it. */
export function callStatus(call: About): CallStatus {
  if (call.direction === 'incoming') return incomingStatus(call);
  return (isRefused(call) && sipStatus(call.sipCode)) || statuses[call.state];
}

const isRefused = ({ state }: About) => state === 'failed' || state === 'rejected';

/** What an answer of the far side means (LaML 8.1); undefined when there was none. */
export function sipStatus(code: number | undefined): CallStatus | undefined {
  if (code === undefined) return undefined;
  if (code === 486 || code === 600 || code === 603) return 'busy';
  return code === 408 || code === 480 || code === 487 ? 'no-answer' : 'failed';
}

/** What the API shows. */
export type RestStatus = Exclude<CallStatus, 'initiated'>;

/** The API shows no `initiated`: such a call is queued still. */
export function restStatus(call: About): RestStatus {
  const status = callStatus(call);
  return status === 'initiated' ? 'queued' : status;
}

/** A status is told from more than the state: calls in these states can have it. */
export const statesOf: Readonly<Record<RestStatus, readonly CallState[]>> = {
  queued: ['queued', 'starting'],
  ringing: ['ringing', 'starting'],
  'in-progress': ['inProgress'],
  completed: ['completed'],
  busy: ['busy', 'rejected', 'failed'],
  'no-answer': ['notAnswered', 'rejected', 'failed', 'canceled'],
  failed: ['failed', 'rejected'],
  canceled: ['canceled'],
};

/** How the invitation was answered, whatever came after. */
export const sipResult = ({ answerTime, sipCode }: Pick<CallRecord, 'answerTime' | 'sipCode'>): number | undefined =>
  answerTime === undefined ? sipCode : 200;

function incomingStatus({ state, endedBy, cause, sipCode }: About): CallStatus {
  if (state === 'starting') return 'ringing';
  if (state === 'canceled') return endedBy === 'api' ? 'canceled' : 'no-answer';
  if (state === 'rejected') return cause === 'busy' || sipCode === 486 ? 'busy' : 'no-answer';
  return statuses[state];
}
