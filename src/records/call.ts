import type { ErrorCode } from '../errors.ts';
import type { Money } from '../money/money.ts';
import type { Rate } from '../money/rates.ts';
import type { Role } from '../telephony/bridge.ts';
import type { AnsweredBy, HangUpCause, Statistics } from '../telephony/leg-event.ts';
import type { HandlerUrl, MachineDetection, RecordingOptions, SipOptions, StateCallback } from '../verbs/verb.ts';

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

export type { AnsweredBy } from '../telephony/leg-event.ts';

/** What is to be recorded of a whole call, and who hears of it. */
export interface RecordingConfig extends Omit<RecordingOptions, 'source' | 'silenceMs'> {
  trigger: 'answer' | 'bridge';
}

export interface CallOptions {
  /** Asked in this order until one gives a document. */
  handlerUrls: readonly HandlerUrl[];
  /** Asked last, whatever was asked before, when a program of the call's own cannot be had. */
  fallback?: HandlerUrl;
  /** Who hears of every new state, or of some. */
  stateCallback?: StateCallback;
  /** The document itself, as it was given: what runs first instead of asking. */
  document?: string;
  machineDetection?: MachineDetection;
  sip?: SipOptions;
  /** How long it may last once answered. */
  maxMs?: number;
  ringMs: number;
  recording?: RecordingConfig;
  /** Keys to send once answered. */
  sendDigits?: string;
  /** What happens when nothing is left to do: how many milliseconds the call stays, `stay` for ever, or `hangUp`. */
  whenIdle?: number | 'stay' | 'hangUp';
}

/** Where a number is at home. */
export interface Location {
  /** As CLDR writes it, such as AU. */
  region: string;
  area?: string;
  locality?: string;
  latitude?: number;
  longitude?: number;
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
  /** Of the number that called. */
  fromLocation?: Location;
  fromZone?: string;
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
  /** How often it has come in through numbers of ours, by calls before it. */
  hops?: number;
  sipCallId?: string;
  sipHeaders?: Readonly<Record<string, string>>;
  /** Those of the far side's answer to our invitation. */
  responseHeaders?: Readonly<Record<string, string>>;
  statistics?: Statistics;
  /** What it costs: settled when the call was made. */
  rate?: Rate;
  /** Once it has ended, if it was answered and has a rate. */
  price?: Money;
  billableSeconds?: number;
  /** Who or what has answered, and how long it took to know. */
  answeredBy?: { kind: AnsweredBy; ms: number };
  /** Of the whole call, once it has ended: as long as it was before anything was trimmed. */
  recording?: { id: string; ms: number };
  mode: 'document' | 'api';
}
