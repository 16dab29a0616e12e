import type { CallOptions, CallRecord, CallState, RecordingConfig } from '../../records/call.ts';
import { errorCodeOf } from './error-code.ts';
import { duration, timestamp } from './json.ts';
import { type NumberLocation, spellLocation } from './location.ts';
import { type SpelledMoney, spellMoney } from './money.ts';
import { callName } from './names.ts';

/**
 * A Call as every answer, request and webhook shows it (VoiceML 4.4), its fields in the order of the API's
 * documentation. What is unset or empty is undefined, and so left out of the JSON.
 */
export interface Call {
  name: string;
  to: string;
  from: string | undefined;
  fromLocation: NumberLocation | undefined;
  fromZone: string | undefined;
  isPrivate: true | undefined;
  labels: Readonly<Record<string, string>> | undefined;
  transport: CallRecord['transport'];
  direction: 'INCOMING' | 'OUTGOING';
  errorCode: string | undefined;
  errorMessage: string | undefined;
  price: SpelledMoney | undefined;
  state: string;
  createTime: string;
  startTime: string | undefined;
  ringTime: string | undefined;
  answerTime: string | undefined;
  endTime: string | undefined;
  bridged: true | undefined;
  originatingCall: string | undefined;
  createMethod: string;
  options: Options | undefined;
  sipCallId: string | undefined;
  answerDuration: string | undefined;
}

interface Options {
  handlerUris: string[];
  stateUpdateUri: string | undefined;
  timeoutSeconds: number;
  recording: Recording | undefined;
}

interface Recording {
  trigger: 'ANSWER' | 'BRIDGE';
  postProcessing: ['TRIM_SILENCE'] | undefined;
  recordingReadyUri: string | undefined;
  transcribe: 'DEFAULT' | 'DISABLED';
  transcriptionReadyUri: string | undefined;
}

/** The vendor knows no canceled calls: such a one was not answered (VoiceML 4.6). */
const states: Readonly<Record<CallState, string>> = {
  queued: 'QUEUED',
  starting: 'STARTING',
  ringing: 'RINGING',
  inProgress: 'IN_PROGRESS',
  completed: 'COMPLETED',
  failed: 'FAILED',
  notAnswered: 'NOT_ANSWERED',
  busy: 'BUSY',
  rejected: 'REJECTED',
  canceled: 'NOT_ANSWERED',
};

const createMethods = { incomingCall: 'INCOMING_CALL', parentCall: 'PARENT_CALL', api: 'API' } as const;

/** The record of a call in the words of the API. */
export function toCall(record: CallRecord): Call {
  const { project, answerTime, endTime } = record;
  const incoming = record.direction === 'incoming';
  const errorCode = errorCodeOf(record);
  return {
    name: callName(project, record.id),
    to: record.to,
    from: fromOf(record),
    fromLocation: record.fromLocation && !isHidden(record) ? spellLocation(record.fromLocation) : undefined,
    fromZone: isHidden(record) ? undefined : record.fromZone || undefined,
    isPrivate: record.isPrivate || undefined,
    labels: labelsOf(record),
    transport: record.transport,
    direction: incoming ? 'INCOMING' : 'OUTGOING',
    errorCode,
    errorMessage: errorCode && (record.errorMessage || undefined),
    price: record.price && spellMoney(record.price),
    state: states[record.state],
    createTime: timestamp(record.createTime),
    startTime: timestampOf(record.startTime),
    ringTime: incoming ? undefined : timestampOf(record.ringTime),
    answerTime: timestampOf(answerTime),
    endTime: timestampOf(endTime),
    bridged: record.bridged || undefined,
    originatingCall: record.originatingCall ? callName(project, record.originatingCall) : undefined,
    createMethod: createMethods[record.createMethod],
    options: record.createMethod === 'api' ? record.options && toOptions(record.options) : undefined,
    sipCallId: record.sipCallId || undefined,
    answerDuration: endTime !== undefined && answerTime !== undefined ? duration(endTime - answerTime) : undefined,
  };
}

let latest: CallRecord | undefined;
let latestJson = '';

/** A call as JSON. When one changes, it is often told and its application asked at once: the latest is kept. */
export function callJson(record: CallRecord): string {
  if (record !== latest) {
    latestJson = JSON.stringify(toCall(record));
    latest = record;
  }
  return latestJson;
}

const timestampOf = (instant: number | undefined) => (instant === undefined ? undefined : timestamp(instant));

/** A telephone number that asks for privacy is not shown; a SIP caller is, by the URI of its From header. */
const fromOf = (record: CallRecord) => (isHidden(record) ? undefined : record.from || undefined);

const isHidden = ({ isPrivate, transport }: CallRecord): boolean => isPrivate === true && transport === 'PSTN';

function labelsOf({ labels }: CallRecord): Readonly<Record<string, string>> | undefined {
  for (const _ in labels) return labels;
  return undefined;
}

const toOptions = (options: CallOptions): Options => ({
  handlerUris: options.handlerUrls.map(({ url }) => url),
  stateUpdateUri: options.stateCallback?.url,
  timeoutSeconds: Math.ceil(options.ringMs / 1000),
  recording: options.recording && toRecordingConfig(options.recording),
});

const toRecordingConfig = (config: RecordingConfig): Recording => ({
  trigger: config.trigger === 'answer' ? 'ANSWER' : 'BRIDGE',
  postProcessing: config.trim ? ['TRIM_SILENCE'] : undefined,
  recordingReadyUri: config.recordingReady?.url,
  transcribe: config.transcribe ? 'DEFAULT' : 'DISABLED',
  transcriptionReadyUri: config.transcriptionReady?.url,
});
