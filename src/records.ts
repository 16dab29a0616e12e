import type { ErrorCode } from './errors.ts';
import type { Role } from './telephony/bridge.ts';
import type { HangUpCause, Statistics, Utterance } from './telephony/leg.ts';
import type { HandlerUrl } from './verbs/verb.ts';

/** Milliseconds since 1970. */
export type Instant = number;

export type CallState =
  | 'queued'
  | 'starting'
  | 'ringing'
  | 'inProgress'
  | 'completed'
  | 'failed'
  | 'notAnswered'
  | 'busy'
  | 'rejected'
  | 'canceled';

/** What is to be recorded of a whole call, and who hears of it. */
export interface RecordingConfig {
  trigger: 'answer' | 'bridge';
  channels: 1 | 2;
  trim: boolean;
  transcribe: boolean;
  recordingReady?: HandlerUrl;
  transcriptionReady?: HandlerUrl;
  maxMs?: number;
}

export interface CallOptions {
  /** Asked in this order until one gives a document. */
  handlerUrls: readonly HandlerUrl[];
  /** Who hears of every new state. */
  stateCallback?: HandlerUrl;
  ringMs: number;
  recording?: RecordingConfig;
  /** Keys to send once answered. */
  sendDigits?: string;
  /** What happens when nothing is left to do: how many milliseconds the call stays, `stay` for ever, or `hangUp`. */
  whenIdle?: number | 'stay' | 'hangUp';
}

/** One party's connection: a row in every vendor's API. */
export interface CallRecord {
  id: string;
  project: string;
  dialect: string;
  to: string;
  from: string;
  callerId?: string;
  isPrivate?: boolean;
  callerName?: string;
  forwardedFrom?: string;
  transport: 'PSTN' | 'SIP' | 'CLIENT';
  direction: 'incoming' | 'outgoing';
  createMethod: 'incomingCall' | 'parentCall' | 'api';
  originatingCall?: string;
  /** The call that everything began with; its own id when nothing originated it. */
  family: string;
  state: CallState;
  createTime: Instant;
  startTime?: Instant;
  ringTime?: Instant;
  answerTime?: Instant;
  endTime?: Instant;
  updateTime: Instant;
  endedBy?: 'us' | 'farSide' | 'network' | 'api';
  cause?: HangUpCause;
  sipCode?: number;
  errorCode?: ErrorCode | 'USER';
  errorMessage?: string;
  labels: Readonly<Record<string, string>>;
  options?: CallOptions;
  /** Was ever joined with another call. */
  bridged: boolean;
  bridge?: string;
  role?: Role;
  sipCallId?: string;
  sipHeaders?: Readonly<Record<string, string>>;
  statistics?: Statistics;
  mode: 'document' | 'api';
}

export interface RecordingRecord {
  id: string;
  /** The call whose document asked for it. */
  call: string;
  project: string;
  dialect: string;
  state: 'pending' | 'succeeded' | 'empty' | 'failed';
  source: 'record' | 'call';
  channels: 1 | 2;
  trim: boolean;
  transcribe: boolean;
  /** After trimming; once it has succeeded. */
  ms?: number;
  file?: string;
  bytes?: number;
  createTime: Instant;
  startTime: Instant;
  recordingReady?: HandlerUrl;
  transcriptionReady?: HandlerUrl;
  error?: 'timeout' | 'internal';
}

export interface TranscriptionRecord {
  id: string;
  recording: string;
  call: string;
  project: string;
  dialect: string;
  state: 'pending' | 'completed' | 'failed';
  ms: number;
  channels: 1 | 2;
  createTime: Instant;
  updateTime: Instant;
  ready?: HandlerUrl;
  utterances: readonly Utterance[];
}

export interface FaxRecord {
  id: string;
  call: string;
  project: string;
  dialect: string;
  to: string;
  from: string;
  pages: number;
  file?: string;
  startTime: Instant;
  createTime: Instant;
  ready?: HandlerUrl;
}

/** Something set up for a project, which outlives its calls: a number, a SIP domain, an alias, a user. */
export interface ResourceRecord {
  kind: string;
  /** Unique in its project, among those of its kind. */
  id: string;
  project: string;
  /** The resource it belongs to. */
  parent?: string;
  /** What it is found by from outside: a number, an address. Nobody else has it until this one is deleted. */
  name?: string;
  body: object;
  createTime: Instant;
  /** It is shown still, to whoever asks for deleted ones, and found by its name no more. */
  deleteTime?: Instant;
}

/** A record that has changed, as it is now; or, when it is deleted, as it was at last. */
export type Changed =
  | { type: 'call'; record: CallRecord }
  | { type: 'recording'; record: RecordingRecord; deleted?: true }
  | { type: 'transcription'; record: TranscriptionRecord; deleted?: true }
  | { type: 'fax'; record: FaxRecord }
  | { type: 'resource'; record: ResourceRecord; deleted?: true };
