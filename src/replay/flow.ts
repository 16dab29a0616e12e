/** A flow: a scripted call and the application that answers it. Everything but the handler may be left out. */
import type { Phone, Script } from '../telephony/simulated/script.ts';

export interface Flow {
  /** The clause that the flow shows, as text or link. */
  because?: string;
  /** Ids of the clauses that the flow pins down. */
  pins?: readonly string[];
  /** `voiceml` unless given. */
  dialect?: string;
  /** Where randomness begins; the same seed gives the same flow. */
  seed?: number;
  /** Virtual seconds after which a call that still lives is an error. */
  limit?: number;
  call?: FlowCall;
  /** Several calls in one flow, each with its own caller. */
  calls?: readonly TimedCall[];
  /** The handler URL, or the path of it at https://app.example; `/voice` unless given. */
  url?: string;
  /** Handler URLs in the order in which they are asked. */
  urls?: readonly string[];
  /** What the application answers, request by request; or the address of one that runs; or a function that is one. */
  handler?: string | FlowHandler | Readonly<Record<string, FlowAnswer | readonly FlowAnswer[]>>;
  /** The handler URLs lead to an application that runs: it is asked over the network. */
  live?: boolean;
  caller?: Script;
  /** Who answers at which number, and how. */
  phones?: Readonly<Record<string, Phone>>;
  /** What somebody does to a call from outside. */
  acts?: readonly FlowAct[];
}

export interface FlowCall {
  from?: string;
  to?: string;
  transport?: 'PSTN' | 'SIP' | 'CLIENT';
  /** `incoming` unless given; an outgoing call is made as an API would make it. */
  direction?: 'incoming' | 'outgoing';
  private?: boolean;
  callerName?: string;
  forwardedFrom?: string;
  sipCallId?: string;
  sipHeaders?: Readonly<Record<string, string>>;
  /** Of an outgoing call. */
  labels?: Readonly<Record<string, string>>;
  options?: FlowOptions;
}

export interface TimedCall extends FlowCall {
  /** Seconds after the beginning of the flow. */
  at?: number;
  caller?: Script;
  url?: string;
  urls?: readonly string[];
}

export interface FlowOptions {
  /** How long an outgoing call rings. */
  timeoutSeconds?: number;
  /** Who hears of every new state of the call. */
  stateUpdateUri?: string;
  /** Keys to send once answered. */
  sendDigits?: string;
  recording?: FlowRecording;
}

export interface FlowRecording {
  trigger?: 'answer' | 'bridge';
  channels?: 1 | 2;
  trimSilence?: boolean;
  transcribe?: boolean;
  recordingReadyUri?: string;
  transcriptionReadyUri?: string;
  maxSeconds?: number;
}

/** A request as a function in a flow sees it. */
export interface FlowRequest {
  method: 'GET' | 'POST';
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  /** The body read as JSON; undefined when it is none. */
  json: unknown;
}

/** Plays the application: gives the document, or more of an answer. */
export type FlowHandler = (request: FlowRequest) => FlowReply | string | Promise<FlowReply | string>;

/** A document (a text that begins with `<`), the name of a file beside the flow, or an answer in detail. */
export type FlowAnswer = string | FlowReply | FlowHandler;

export interface FlowReply {
  /** Name of a file beside the flow. */
  file?: string;
  body?: string;
  /** A body, sent as text/xml. */
  xml?: string;
  /** Bytes that are not text. */
  base64?: string;
  /** A sound file of so many seconds. */
  audio?: number;
  status?: number;
  headers?: Readonly<Record<string, string>>;
  /** `Set-Cookie` lines, or names with values. */
  cookies?: readonly string[] | Readonly<Record<string, string>>;
  /** Where to send whoever asks: a 302 unless a status is given. */
  redirect?: string;
  /** Seconds until the headers come. */
  after?: number;
  /** Seconds between one byte of the body and the next. */
  drip?: number;
  /** The connection breaks in the middle of the body. */
  cut?: boolean;
  /** Nothing listens there. */
  refused?: boolean;
  /** The connection is taken, but no answer comes. */
  silent?: boolean;
  /** The host name has no address. */
  unknownHost?: boolean;
  /** The certificate is not valid. */
  badCertificate?: boolean;
}

/** One thing done to a call from outside, as an API does it. */
export interface FlowAct {
  /** Seconds after the beginning of the flow. */
  after: number;
  /** Which call, in the order in which calls came to be; the first unless given. */
  call?: number;
  hangUp?: boolean;
  answer?: boolean;
  /** The document, or the file beside the flow, that replaces what the call is doing. */
  document?: string;
  /** The URL whose document replaces what the call is doing. */
  redirect?: string;
  /** Joins the call with this one. */
  bridge?: number;
  /** Leaves the bridge. */
  unbridge?: boolean;
  role?: 'talking' | 'muted' | 'held';
}
