import type { Output } from '../../journal/journal.ts';
import type { CallRecord, CallState } from '../../records/call.ts';
import type { StateEvent } from '../../verbs/verb.ts';
import type { Owed } from '../vendor.ts';
import { sipResult } from './call-status.ts';
import { audioSeconds, rfc2822, talkedSeconds } from './dates.ts';
import type { Parameters } from './form.ts';
import { resourceUrl } from './links.ts';
import { toOwed } from './owed.ts';
import { answeredParameters, directionOfEnd, standardParameters } from './parameters.ts';
import { sidOf } from './sids.ts';
import { sipPhrases } from './sip-phrases.ts';

/** The callback about a call's state that a fact asks for (LaML 5.1). */
export function callCallback(output: Output, publicUrl: string | undefined): Owed | undefined {
  // A call that another one makes is called at once: its beginning is its making.
  if (output.type === 'call.created')
    return output.record.createMethod === 'parentCall' ? stateCallback(output.record, publicUrl) : undefined;
  if (output.type !== 'call.changed') return undefined;
  return stateCallback(output.record, publicUrl);
}

/** Unless told otherwise only the end is told, and of an incoming call never anything else. */
function stateCallback(call: CallRecord, publicUrl: string | undefined): Owed | undefined {
  const asked = call.options?.stateCallback;
  const event = eventOf(call);
  if (!asked || !event) return undefined;
  const wanted = call.direction === 'incoming' ? onlyTheEnd : (asked.events ?? onlyTheEnd);
  if (!wanted.includes(event)) return undefined;
  return toOwed(event, call.project, asked, {
    ...standardParameters(call),
    CallbackSource: 'call-progress-events',
    SequenceNumber: String(sequenceNumber(call)),
    Timestamp: rfc2822(call.updateTime),
    ...answeredParameters(call),
    ...(event === 'completed' && endParameters(call, publicUrl)),
  });
}

const onlyTheEnd: readonly StateEvent[] = ['completed'];

const events: Partial<Record<CallState, StateEvent>> = {
  starting: 'initiated',
  ringing: 'ringing',
  inProgress: 'answered',
};

/** Nobody hears of a call that was canceled before it began. */
function eventOf({ state, endTime, startTime, createMethod }: CallRecord): StateEvent | undefined {
  if (endTime === undefined) return events[state];
  const neverBegan = createMethod === 'api' && startTime === undefined && state === 'canceled';
  return neverBegan ? undefined : 'completed';
}

/** Every state counts through which the call has gone, whoever was told of it. */
function sequenceNumber({ createMethod, startTime, ringTime, answerTime, endTime }: CallRecord): number {
  const began = startTime !== undefined || createMethod === 'parentCall';
  const states = [createMethod === 'api', began, ringTime, answerTime, endTime];
  return states.filter((reached) => reached !== undefined && reached !== false).length - 1;
}

function endParameters(call: CallRecord, publicUrl: string | undefined): Parameters {
  const { recording, project } = call;
  return {
    CallDuration: String(talkedSeconds(call)),
    ...(recording && {
      RecordingUrl: resourceUrl(publicUrl, project, 'Recordings', recording.id),
      RecordingSid: sidOf(recording.id),
      RecordingDuration: audioSeconds(recording.ms),
    }),
    ...sipParameters(call),
    ...hangupParameters(call),
    ...statisticsParameters(call),
  };
}

function sipParameters(call: CallRecord): Parameters {
  const code = sipResult(call);
  return code === undefined ? {} : { SipResultCode: String(code), SipInviteResultPhrase: sipPhrases[code] };
}

/** Whose number ended it, and from which direction that came; the network has neither. */
function hangupParameters({ endedBy, direction, from, to }: CallRecord): Parameters {
  if (endedBy === undefined || endedBy === 'network') return {};
  const byCaller = (endedBy === 'farSide') === (direction === 'incoming');
  return {
    HangupBy: byCaller ? from : to,
    HangupDirection: directionOfEnd(endedBy),
  };
}

function statisticsParameters({ statistics = {} }: CallRecord): Parameters {
  const { meanOpinionScore, jitterMs, lostPackets } = statistics;
  return {
    AudioInMos: meanOpinionScore?.toFixed(1),
    AudioInJitterMaxVariance: jitterMs?.toString(),
    AudioInSkipPacketCount: lostPackets?.toString(),
  };
}

/** Who has answered, told beside the call (LaML 5.5). */
export function machineCallback(output: Output): Owed | undefined {
  if (output.type !== 'call.recognized') return undefined;
  const { record, interim } = output;
  const { when, callback, partialResults } = record.options?.machineDetection ?? {};
  if (when !== 'beside' || !callback || (interim && !partialResults)) return undefined;
  const { CallSid, AccountSid } = standardParameters(record);
  return toOwed('amd', record.project, callback, { CallSid, AccountSid, ...answeredParameters(record) });
}
