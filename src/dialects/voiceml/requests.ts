import { userAgent } from '../../http/user-agent.ts';
import type { CallRecord } from '../../records/call.ts';
import { callJson } from '../../vendors/enfonica/call.ts';
import { callName, faxName, recordingName } from '../../vendors/enfonica/names.ts';
import { sign } from '../../vendors/enfonica/signature.ts';
import type { DialStatus, Result } from '../../verbs/verb.ts';
import type { Dialect, SpelledRequest } from '../dialect.ts';

const event = 'CALL';

/** A VoiceML request (VoiceML 2.1, 2.2): the call as it is now, and what the last action found out. */
export function spell({ call, result, target, signingKey }: Parameters<Dialect['spell']>[0]): SpelledRequest {
  const body = `{"call":${callJson(call)},"parameters":${JSON.stringify(toParameters(result, call))}}`;
  return {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      accept: 'text/xml, application/xml',
      'user-agent': userAgent,
      'x-enfonica-event': event,
      'x-enfonica-signature': sign(signingKey, target.url, event, body),
    },
    body,
  };
}

/** The words of `parameters`. Those of Call, ReceiveFax and Stream are inferred (VoiceML 1.5, 1.9, 1.15). */
const actions = {
  digits: 'INPUT',
  recorded: 'RECORD',
  dialed: 'CALL',
  faxed: 'RECEIVE_FAX',
  streamed: 'STREAM',
} as const;

/** Inferred (VoiceML 1.5); a canceled child was not answered (VoiceML 4.6). */
const callStatuses: Readonly<Record<DialStatus, string>> = {
  completed: 'COMPLETED',
  notAnswered: 'NOT_ANSWERED',
  busy: 'BUSY',
  rejected: 'REJECTED',
  failed: 'FAILED',
  canceled: 'NOT_ANSWERED',
};

type ParametersOf = {
  [Type in Result['type']]: (result: Extract<Result, { type: Type }>, call: CallRecord) => Record<string, string>;
};

const parametersOf: ParametersOf = {
  nothing: () => ({}),
  digits: ({ digits }) => ({ action: actions.digits, digits }),
  recorded: ({ recording, ms, silent }, { project, id }) => ({
    action: actions.recorded,
    recording: recordingName(project, id, recording),
    estimatedDurationSeconds: String(silent ? 0 : Math.ceil(ms / 1000)), // 0: inferred (VoiceML 1.10)
  }),
  dialed: ({ status, call }, { project }) => ({
    action: actions.dialed,
    callStatus: callStatuses[status],
    ...(call !== undefined && { call: callName(project, call) }),
  }),
  faxed: ({ fax }, { project }) => ({
    action: actions.faxed,
    ...(fax !== undefined && { fax: faxName(project, fax) }),
  }),
  streamed: ({ parameters }) => ({ ...parameters, action: actions.streamed }),
  // What VoiceML has no words for.
  spoken: () => ({}),
  dequeued: () => ({}),
  waiting: () => ({}),
  taken: () => ({}),
  conferred: () => ({}),
  referred: () => ({}),
  messaged: () => ({}),
  paid: () => ({}),
};

function toParameters(result: Result, call: CallRecord): Record<string, string> {
  const spellResult = parametersOf[result.type] as (result: Result, call: CallRecord) => Record<string, string>;
  return spellResult(result, call);
}
