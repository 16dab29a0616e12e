import type { CallRecord } from '../../records/call.ts';
import { sipStatus } from '../../vendors/signalwire/call-status.ts';
import { audioSeconds, wholeSeconds } from '../../vendors/signalwire/dates.ts';
import type { Parameters } from '../../vendors/signalwire/form.ts';
import { resourceUrl } from '../../vendors/signalwire/links.ts';
import { directionOfEnd, xHeaders } from '../../vendors/signalwire/parameters.ts';
import { payParameters } from '../../vendors/signalwire/payments.ts';
import { sidOf } from '../../vendors/signalwire/sids.ts';
import type { DequeueReason, DialStatus, Result } from '../../verbs/verb.ts';
import { vertoScheme } from './target.ts';

/** What a result is told about. */
interface About {
  call: CallRecord;
  publicUrl: string | undefined;
}

type ParametersOf = {
  [Type in Result['type']]: (result: Extract<Result, { type: Type }>, about: About) => Parameters;
};

/** What the last verb has found out, in the words of the tables of LaML 4. */
export function resultParameters(result: Result, about: About): Parameters {
  const spell = parametersOf[result.type] as (result: Result, about: About) => Parameters;
  return spell(result, about);
}

const parametersOf: ParametersOf = {
  nothing: () => ({}),
  digits: ({ digits, speech, keys }) => ({
    Digits: keys === false ? undefined : digits,
    SpeechResult: speech && digits === '' ? '' : undefined,
  }),
  spoken: ({ text, confidence, partial }) => ({
    [partial ? 'UnstableSpeechResult' : 'SpeechResult']: text,
    Confidence: confidence === undefined ? undefined : String(confidence),
  }),
  recorded: recordedParameters,
  dialed: dialedParameters,
  dequeued: ({ reason, waitedMs, queue }) => ({
    QueueResult: queueResults[reason],
    ...(queue !== undefined && { QueueSid: sidOf(queue), QueueTime: wholeSeconds(waitedMs) }),
  }),
  waiting: ({ queue, position, waitedMs, averageMs, size, max }) => ({
    QueueSid: sidOf(queue),
    QueuePosition: String(position),
    QueueTime: wholeSeconds(waitedMs),
    AvgQueueTime: wholeSeconds(averageMs),
    CurrentQueueSize: String(size),
    MaxQueueSize: max === undefined ? undefined : String(max),
  }),
  taken: ({ queue, by, waitedMs }) => ({
    DequeingCallSid: sidOf(by),
    QueueSid: sidOf(queue),
    QueueTime: wholeSeconds(waitedMs),
  }),
  conferred: ({ joined, recording }, about) => ({
    DialCallStatus: joined ? 'answered' : 'failed',
    RecordingUrl: recordingUrl(recording, about),
  }),
  referred: ({ accepted, progress, ended }) => ({
    ReferCallStatus: referStatus(accepted, progress, ended),
    ReferSipResponseCode: accepted === undefined ? undefined : String(accepted),
    NotifySipResponseCode: progress === undefined ? undefined : String(progress),
  }),
  messaged: ({ message, sent }) => ({
    SmsSid: message === undefined ? undefined : sidOf(message),
    SmsStatus: sent ? 'sending' : 'invalid',
  }),
  paid: ({ outcome, details }) => ({ Result: outcome, ...payParameters(details) }),
  // What LaML has no words for.
  faxed: () => ({}),
  streamed: () => ({}),
};

const recordingUrl = (recording: string | undefined, { call, publicUrl }: About): string | undefined =>
  recording === undefined ? undefined : resourceUrl(publicUrl, call.project, 'Recordings', recording);

/** Nothing is kept of silence; the key that ended it is told, or that the caller did by hanging up (LaML 4.18). */
function recordedParameters(
  { recording, ms, trimmedMs = ms, silent, stopKey, ended }: Extract<Result, { type: 'recorded' }>,
  about: About,
): Parameters {
  return {
    RecordingUrl: silent ? undefined : recordingUrl(recording, about),
    RecordingSid: silent ? undefined : sidOf(recording),
    RecordingDuration: silent ? '0' : audioSeconds(trimmedMs),
    Digits: stopKey ?? (ended && 'hangup'),
  };
}

function dialedParameters(result: Extract<Result, { type: 'dialed' }>, about: About): Parameters {
  const { bridged, answeredMs, recording, sipCallId, sipCode, headers, queue, waitedMs } = result;
  const isVerto = result.to?.startsWith(vertoScheme);
  const direction = directionOfEnd(result.endedBy);
  const call = bridged ? result.call : (result.last ?? result.call);
  return {
    DialCallStatus: dialStatus(result),
    DialCallSid: call === undefined ? undefined : sidOf(call),
    DialCallDuration: answeredMs === undefined ? undefined : wholeSeconds(answeredMs),
    DialBridged: bridged === undefined ? undefined : String(bridged),
    RecordingUrl: recordingUrl(recording, about),
    DialSipCallId: sipCallId,
    DialSipResponseCode: sipCallId === undefined || sipCode === undefined ? undefined : String(sipCode),
    ...(headers && xHeaders('DialSipHeader_', headers)),
    ...(isVerto && { DialSipHangupDirection: direction, HangupDirection: direction }),
    QueueSid: queue === undefined ? undefined : sidOf(queue),
    QueueTime: waitedMs === undefined ? undefined : wholeSeconds(waitedMs),
  };
}

const dialStatuses: Readonly<Record<DialStatus, string>> = {
  completed: 'completed',
  notAnswered: 'no-answer',
  busy: 'busy',
  rejected: 'busy', // SIP 603: LaML 14
  failed: 'failed',
  canceled: 'canceled',
};

/** Several that were not reached are busy, or failed, only when all of them were (LaML 4.4). */
function dialStatus(result: Extract<Result, { type: 'dialed' }>): string {
  const { status, statuses = [status], sipCodes = [], bridged } = result;
  if (bridged ?? status === 'completed') return 'completed';
  const all = new Set(statuses.map((one, index) => statusOfChild(one, sipCodes[index])));
  const [only = dialStatuses[status]] = all;
  return all.size > 1 ? 'no-answer' : only;
}

/** As the callbacks of the child tell it (LaML 8.1). */
function statusOfChild(status: DialStatus, sipCode: number | undefined): string {
  if (status === 'completed') return 'no-answer';
  return (status === 'failed' && sipStatus(sipCode || undefined)) || dialStatuses[status];
}

const queueResults: Readonly<Record<DequeueReason, string>> = {
  bridged: 'bridged',
  left: 'leave',
  full: 'queue-full',
  error: 'error',
  hangUp: 'hangup',
  redirected: 'redirected',
  redirectedFromBridged: 'redirected-from-bridged',
};

/** What the last NOTIFY said counts; without one only a refusal, or the end of the call, is known (LaML 4.20). */
function referStatus(accepted?: number, progress?: number, ended?: true): string | undefined {
  if (progress !== undefined) {
    if (progress === 200) return 'in-progress';
    if (progress === 486 || progress === 600) return 'busy';
    if (progress === 487) return 'no-answer';
    if (progress >= 400) return 'failed';
  }
  if (accepted === undefined || accepted >= 300) return 'failed';
  return ended ? 'canceled' : undefined;
}
