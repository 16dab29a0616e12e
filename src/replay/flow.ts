/** A flow: a scripted call and the application that answers it. Everything but the handler may be left out. */
import type { Phone, Script } from '../telephony/simulated/script.ts';
import type { FlowAct } from './flow-act.ts';

export type { FlowAct } from './flow-act.ts';

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
  /** Numbers and SIP addresses of our own with what they run: a call to one comes in again. */
  numbers?: Readonly<Record<string, string | FlowNumber>>;
  /** Who takes audio at which `wss:` URL; a list: one connection after the other. Anywhere else nobody does. */
  streams?: Readonly<Record<string, FlowStream | readonly FlowStream[]>>;
  /** What somebody does to a call from outside. */
  acts?: readonly FlowAct[];
  /** The file, beside the flow, with the journal of a call that really was: it is reenacted, input by input. */
  journal?: string;
}

/** A server that audio is streamed to. */
export interface FlowStream {
  /** Seconds until it takes the connection, or refuses it. */
  after?: number;
  refuses?: true;
  /** Never answers. */
  silent?: true;
  /** What it does once the stream is open. */
  script?: readonly FlowStreamStep[];
}

/** One thing that a streaming server does; what it sends counts for two-way streams only. */
export interface FlowStreamStep {
  /** Seconds since the step before, or since what this one waits for. */
  after?: number;
  /** Waits until it is told that this mark has been reached. */
  marked?: string;
  /** Waits until it is told that the party has pressed this key. */
  pressed?: string;
  /** Sends audio of so many seconds. */
  play?: number;
  mark?: string;
  /** What has not been heard yet is not to be. */
  clear?: true;
  /** Keys for the party to hear. */
  press?: string;
  closes?: true;
  /** The connection breaks. */
  breaks?: true;
}

/** What a call to a number of ours runs. */
export interface FlowNumber {
  url?: string;
  urls?: readonly string[];
  options?: FlowOptions;
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
  /** How long it may last once answered. */
  maxSeconds?: number;
  /** How the handler is asked: `POST` unless given. */
  method?: 'GET' | 'POST';
  /** Asked when a document of the call's own program cannot be had. */
  fallbackUrl?: string;
  fallbackMethod?: 'GET' | 'POST';
  /** Who hears of every new state of the call. */
  stateUpdateUri?: string;
  /** Who hears of these states of the call, or of those that the dialect tells unless asked. */
  statusCallback?: string;
  statusCallbackMethod?: 'GET' | 'POST';
  statusCallbackEvent?: readonly ('initiated' | 'ringing' | 'answered' | 'completed')[];
  /** Keys to send once answered. */
  sendDigits?: string;
  recording?: FlowRecording;
  /** Finds out who or what has answered. */
  machineDetection?: FlowDetection;
}

export interface FlowDetection {
  /** `greeting`: a machine is told once its greeting is over; `answer` unless given. */
  until?: 'answer' | 'greeting';
  timeoutSeconds?: number;
  /** Speech longer than this is a machine's. */
  speechSeconds?: number;
  /** Silence after shorter speech that makes it a person's. */
  speechEndSeconds?: number;
  /** Silence at the beginning after which nothing is known. */
  silenceSeconds?: number;
  /** Who hears of it while the document runs already; without one the document waits for it. */
  callback?: string;
  callbackMethod?: 'GET' | 'POST';
  /** What it seems to be is told too. */
  partialResults?: true;
}

export interface FlowRecording {
  trigger?: 'answer' | 'bridge';
  channels?: 1 | 2;
  trimSilence?: boolean;
  transcribe?: boolean;
  /** Whose voice. */
  track?: 'received' | 'sent' | 'both';
  /** Of which of its states is told; `completed` unless given. */
  events?: readonly ('began' | 'completed' | 'empty')[];
  recordingReadyUri?: string;
  recordingReadyMethod?: 'GET' | 'POST';
  transcriptionReadyUri?: string;
  maxSeconds?: number;
}

/** A request as a function in a flow sees it. */
export interface FlowRequest {
  method: 'GET' | 'POST' | 'PUT';
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
  /** No connection is taken, and none refused: whoever tries hears nothing. */
  unreachable?: boolean;
  /** The host name has no address. */
  unknownHost?: boolean;
  /** The certificate is not valid. */
  badCertificate?: boolean;
}
