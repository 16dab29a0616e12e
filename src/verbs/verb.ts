import type { ErrorCode } from '../errors.ts';
import type { HangUpCause, LegCommand, LegEvent, RejectCause } from '../telephony/leg.ts';
import type { Instruction } from './index.ts';

/** A URL of the customer's application and how it is asked. */
export interface HandlerUrl {
  url: string;
  method: 'GET' | 'POST';
}

/** Where in the document an instruction was written. */
export interface Place {
  element: string;
  line: number;
  column: number;
}

/** What every instruction has. */
export interface Written {
  at?: Place;
  /** An incoming call that nobody has answered is answered before this instruction starts. */
  answers: boolean;
}

/** A parsed document: what a call is to do, in no dialect's words. */
export interface Program {
  /** The language it was written in; absent when no document stands behind it. */
  dialect?: string;
  /** The URL that gave the document; relative URLs are resolved already. */
  url: string;
  purpose: 'main' | 'whisper' | 'wait' | 'hold' | 'announce';
  instructions: readonly Instruction[];
}

/** How an attempt to reach somebody ended. */
export type DialStatus = 'completed' | 'notAnswered' | 'busy' | 'rejected' | 'failed' | 'canceled';

/** What a verb found out, in no dialect's words. */
export type Result =
  | { type: 'nothing' }
  | { type: 'digits'; digits: string; reason: 'complete' | 'stopKey' | 'timeout' }
  /** `silent`: nothing but silence was heard, as far as is known by now. */
  | { type: 'recorded'; recording: string; ms: number; silent?: true; stopKey?: string }
  /** `call` is the deciding child; absent when none was made. */
  | { type: 'dialed'; status: DialStatus; call?: string; bridgedMs?: number }
  | { type: 'faxed'; fax?: string }
  | { type: 'streamed'; parameters: Readonly<Record<string, string>> }
  | { type: 'dequeued'; reason: 'bridged' | 'left' | 'full' | 'error'; waitedMs: number };

/** How a verb ends: the call does the rest. */
export type Outcome =
  | { type: 'continue'; result?: Result }
  /** Ask the application; its document replaces the one that runs, unless the reply is ignored. */
  | { type: 'request'; urls: readonly HandlerUrl[]; result: Result; reply?: 'run' | 'ignore' }
  | { type: 'program'; program: Program }
  | { type: 'hangUp' }
  | { type: 'reject'; cause: RejectCause; message?: string }
  /** Leave the program that runs above another one. */
  | { type: 'leave' }
  /** The verb could not do its work: reported, and execution goes on. */
  | { type: 'failed'; code: ErrorCode; reason: string; result?: Result };

/** What a verb can ask of the call while it goes on. Everything here is journalled by the call. */
export interface Stage {
  readonly call: {
    readonly id: string;
    readonly answered: boolean;
    readonly from: string;
    readonly to: string;
    /** What a child call shows as its caller unless told otherwise. */
    readonly callerId: string | undefined;
  };
  /** A new id for a command or a recording. */
  id(): string;
  send(command: LegCommand): void;
  /** Answers the call; `leg.answered` follows. */
  answer(): void;
  /**
   * Makes a child call; `child.*` events with its id follow, `child.ended` always and last. A refusal (limits,
   * addresses that cannot be called) is a child that fails.
   */
  originate(child: Origination): string;
  /** Runs a program on this call (above the one that runs) or on a child; `ran` follows, or the end of the call. */
  run(program: Program, call: string): void;
  /** Hangs up a call that this one originated. */
  hangUp(call: string, reason: 'canceled' | 'maximum' | 'normal'): void;
  /** A child goes its own way: it is not hung up when the verb is over. */
  letGo(call: string): void;
  /**
   * Puts this call and that one into a bridge of their own, if that one lives, and gives the id of the bridge.
   * `bridge.left` follows when either side is gone.
   */
  bridge(call: string): string | undefined;
  /** Begins a recording; it ends with `leg.done` or `leg.stopped` of the id given back. */
  record(options: RecordingOptions): string;
  /** What is recorded of the whole call once its trigger comes; ignored when such a recording has started. */
  recordCall(options: RecordingOptions & { trigger: 'answer' | 'bridge' }): void;
  /** Begins to receive a fax: ends in `leg.done` or `leg.failed` of the id given back. */
  receiveFax(options: { timeoutMs: number; ready?: HandlerUrl }): string;
  /** Sets a label, or removes it when the value is empty. */
  label(key: string, value: string): void;
  /** Enters a queue: `queue.left` follows. False when the call waits in one already. */
  enqueue(queue: string): boolean;
  dequeue(): void;
  /** Something the customer should mend; the verb goes on. */
  problem(code: ErrorCode, reason: string): void;
  /** Something that must be told while the verb goes on. */
  report(fact: { type: string; [detail: string]: unknown }): void;
}

export interface Origination {
  to: string;
  transport: 'PSTN' | 'SIP' | 'CLIENT';
  callerId?: string;
  /** How long it may ring. */
  ringMs: number;
  headers?: Readonly<Record<string, string>>;
}

export interface RecordingOptions {
  source: 'record' | 'call';
  channels: 1 | 2;
  maxMs?: number;
  silenceMs?: number;
  trim: boolean;
  transcribe: boolean;
  recordingReady?: HandlerUrl;
  transcriptionReady?: HandlerUrl;
}

export interface VerbInput<I> {
  instruction: I;
  stage: Stage;
}

/** What a verb may hear: its own leg, the calls it originated, programs it had run, bridges and queues. */
export type VerbEvent =
  | LegEvent
  | { type: 'child.ringing'; call: string }
  | { type: 'child.answered'; call: string }
  | { type: 'child.ended'; call: string; status: DialStatus; cause?: HangUpCause; code?: ErrorCode }
  /** A program that was to be run is over: it came to its end, or `finished` is false (the call ended, or was told otherwise). */
  | { type: 'ran'; call: string; finished: boolean; result: Result }
  /** Somebody has left the bridge in which this call is. */
  | { type: 'bridge.left'; bridge: string; call: string }
  | { type: 'queue.left'; reason: 'bridged' | 'left' | 'full' | 'error'; waitedMs: number };
