import type { ErrorCode } from './errors.ts';
import type { Money } from './money/money.ts';
import type { Rate } from './money/rates.ts';
import type { Role } from './telephony/bridge.ts';
import type { AnsweredBy, HangUpCause, Statistics, Utterance } from './telephony/leg.ts';
import type { Track } from './telephony/streams.ts';
import type { Conference } from './verbs/conference.ts';
import type { ForkWhat } from './verbs/fork.ts';
import type { PayError, PayProgress, PayStep } from './verbs/pay.ts';
import type { PayTerms } from './verbs/pay-terms.ts';
import type {
  HandlerUrl,
  MachineDetection,
  PayDetails,
  PayOutcome,
  RecordingOptions,
  SipOptions,
  StateCallback,
} from './verbs/verb.ts';

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

export type { AnsweredBy } from './telephony/leg.ts';

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

export interface RecordingRecord {
  id: string;
  /** The call whose document asked for it. */
  call: string;
  /** Of which it is. */
  conference?: string;
  project: string;
  dialect: string;
  state: 'pending' | 'succeeded' | 'empty' | 'failed';
  /** It is pending, and nothing is being recorded at this moment. */
  paused?: true;
  /** When it ended; its audio comes later. */
  endTime?: Instant;
  source: RecordingOptions['source'];
  track?: RecordingOptions['track'];
  events?: RecordingOptions['events'];
  storage?: RecordingOptions['storage'];
  channels: 1 | 2;
  trim: boolean;
  transcribe: boolean;
  /** After trimming; once it has succeeded. */
  ms?: number;
  file?: string;
  bytes?: number;
  createTime: Instant;
  /** Absent as long as it is as it began. */
  updateTime?: Instant;
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

/** Calls that hear each other under a name. */
export interface ConferenceRecord {
  id: string;
  project: string;
  dialect: string;
  /** That of the call that was the first in it. */
  family: string;
  /** Unique in the project among those that have not ended. */
  name: string;
  state: 'init' | 'inProgress' | 'completed';
  createTime: Instant;
  startTime?: Instant;
  endTime?: Instant;
  updateTime: Instant;
  max?: number;
  /** Who hears what happens in it. */
  events?: Conference['events'];
  /** Told when its recording is there. */
  ended?: HandlerUrl;
  /** Ids, in the order in which they began. */
  recordings: readonly string[];
  /** How many events it has had: they are numbered from 1. */
  count: number;
  endReason?: ConferenceEnd;
  /** The call whose leaving has ended it. */
  endedBy?: string;
}

/** `lost`: the process that held it has ended. */
export type ConferenceEnd = 'api' | 'enderLeft' | 'enderRemoved' | 'lastLeft' | 'lastRemoved' | 'lost';

/** A call in a conference. */
export interface ParticipantRecord {
  id: string;
  conference: string;
  call: string;
  project: string;
  dialect: string;
  /** That of the conference. */
  family: string;
  state: 'inProgress' | 'completed';
  muted: boolean;
  held: boolean;
  /** The call to whom alone it speaks. */
  coach?: string;
  starts: boolean;
  ends: boolean;
  beepOnExit: boolean;
  label?: string;
  createTime: Instant;
  updateTime: Instant;
}

/** Where calls wait to be taken: kept as a resource of the project. */
export interface QueueRecord {
  id: string;
  project: string;
  /** Unique in the project. */
  name: string;
  /** How many may wait; absent: any number. */
  max?: number;
  createTime: Instant;
  updateTime: Instant;
}

/** A text message that a call has sent, or an API. */
export interface MessageRecord {
  id: string;
  /** Absent: an API has sent it, and it is its own family. */
  call?: string;
  project: string;
  dialect: string;
  to: string;
  from: string;
  text: string;
  state: 'sending' | 'sent' | 'failed';
  /** Why it could not be sent. */
  failure?: string;
  createTime: Instant;
  updateTime: Instant;
  sendTime?: Instant;
  /** Hears what became of it. */
  callback?: HandlerUrl;
}

/** Audio of a call or of a conference, of one of them, that goes elsewhere, or is written down, while that goes on. */
export interface ForkRecord {
  id: string;
  call?: string;
  conference?: string;
  project: string;
  dialect: string;
  kind: ForkWhat['type'];
  /** Its id, unless it was given another. */
  name: string;
  track: Track;
  /** What comes back is heard. */
  bothWays: boolean;
  /** The server, of a stream. */
  url?: string;
  /** Of a transcription: BCP-47, and what the sides are called. */
  language?: string;
  labels?: { received?: string; sent?: string };
  state: 'starting' | 'started' | 'stopped' | 'failed';
  /** Why it failed. */
  failure?: { code: string; reason: string };
  createTime: Instant;
  startTime?: Instant;
  updateTime: Instant;
  /** How much has been told of it. */
  count: number;
  /** Hears how it goes. */
  callback?: HandlerUrl;
}

/** How a payment stands: without its details. */
export interface PaymentRecord extends PayProgress {
  call: string;
  project: string;
  dialect: string;
}

/** A payment beside a call that somebody outside leads, detail by detail: without the details. */
export interface CheckoutRecord {
  id: string;
  call: string;
  project: string;
  dialect: string;
  terms: PayTerms;
  /** `charging`: its connector has it. */
  state: 'open' | 'charging' | 'over';
  /** The detail that was asked for last, and whether it is being keyed still. */
  step?: PayStep;
  collecting?: boolean;
  /** How many digits of it have been. */
  keyed: number;
  /** What was wrong with it. */
  error?: PayError;
  /** What is still to be collected. */
  required: readonly PayStep[];
  /** What may be shown of what has been. */
  details: PayDetails;
  outcome?: PayOutcome | 'canceled';
  createTime: Instant;
  updateTime: Instant;
  /** Hears how it goes. */
  callback?: HandlerUrl;
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
  | { type: 'call'; record: CallRecord; deleted?: true }
  | { type: 'recording'; record: RecordingRecord; deleted?: true }
  | { type: 'transcription'; record: TranscriptionRecord; deleted?: true }
  | { type: 'fax'; record: FaxRecord }
  | { type: 'message'; record: MessageRecord; deleted?: true }
  | { type: 'conference'; record: ConferenceRecord }
  | { type: 'participant'; record: ParticipantRecord }
  | { type: 'resource'; record: ResourceRecord; deleted?: true };
