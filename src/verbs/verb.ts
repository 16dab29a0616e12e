import type { ErrorCode } from '../errors.ts';
import type { LegCommand, RejectCause } from '../telephony/leg-command.ts';
import type { HangUpCause, LegEvent } from '../telephony/leg-event.ts';
import type { TextMessage } from '../telephony/network.ts';
import type { Fork, Forked } from './fork.ts';
import type { Instruction } from './index.ts';
import type { Origination, RecordingOptions } from './options.ts';
import type { PayProgress } from './pay.ts';
import type { DequeueReason, DialStatus, Result } from './result.ts';
import type { RoomEvent, Rooms } from './rooms.ts';
import type { Till, TillEvent } from './till.ts';

export type * from './options.ts';
export type * from './result.ts';

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

/**
 * Why a program runs: as the call's own, or beside something else that goes on. wait: in a queue · lobby: until a
 * conference begins · joining: before a call that has waited is joined with another one.
 */
export type Purpose = 'main' | 'whisper' | 'wait' | 'lobby' | 'joining' | 'hold' | 'announce';

/** A parsed document: what a call is to do, in no dialect's words. */
export interface Program {
  /** The language it was written in; absent when no document stands behind it. */
  dialect?: string;
  /** The URL that gave the document; relative URLs are resolved already. */
  url: string;
  purpose: Purpose;
  instructions: readonly Instruction[];
}

/** How a verb ends: the call does the rest. */
export type Outcome =
  | { type: 'continue'; result?: Result }
  /** Ask the application; its document replaces the one that runs, unless the reply is ignored. */
  | { type: 'request'; urls: readonly HandlerUrl[]; result: Result; reply?: 'run' | 'ignore' }
  | { type: 'program'; program: Program }
  | { type: 'hangUp' }
  /** `code`: why the call could not go on; without one the application has refused it. */
  | { type: 'reject'; cause: RejectCause; message?: string; code?: ErrorCode }
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
    readonly transport: 'PSTN' | 'SIP' | 'CLIENT';
    readonly direction: 'incoming' | 'outgoing';
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
  /**
   * Runs a program on this call (above the one that runs) or on a child; `ran` follows, or the end of the call, unless it
   * is not `wanted` any more when its turn has come.
   */
  run(program: Program, call: string, wanted?: () => boolean): void;
  /** As `run`, with the document that the application answers; without one `ran` follows, not finished. */
  ask(request: ProgramRequest, call: string): void;
  /** Takes off whatever this verb has had run on this call, or on that one. */
  stopProgram(call: string): void;
  /**
   * What the application is told if the call ends while this verb is at work, once the call and those it originated have
   * their final states; the answer is read, journalled and ignored. The last one given counts.
   */
  ifEnded(farewell: Farewell | undefined): void;
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
  /** That call is part of the recording: its end tells so, unless it is recorded itself. */
  recordsToo(call: string, recording: string): void;
  /** What is recorded of the whole call once its trigger comes; ignored when such a recording has started. */
  recordCall(options: RecordingOptions & { trigger: 'answer' | 'bridge' }): void;
  /** Begins to receive a fax: ends in `leg.done` or `leg.failed` of the id given back. */
  receiveFax(options: { timeoutMs: number; ready?: HandlerUrl }): string;
  /** Begins to send audio elsewhere: it goes on when the verb is over, unless the verb `waits` for its end. */
  fork(fork: Fork & { waits?: true }): Forked;
  /** Ends what `fork` has begun, by its name or id; false when nothing of the name goes on. */
  stopFork(kind: Fork['what']['type'], name: string): boolean;
  /** Sends a text message: its record follows in the journal when it is known whether it could be. */
  sendText(message: TextMessage, callback?: HandlerUrl): string;
  /** Tells the application something while the verb goes on; the answer is read, journalled and ignored. */
  tell(to: HandlerUrl, result: Result): void;
  /** Sets a label, or removes it when the value is empty. */
  label(key: string, value: string): void;
  /** The time. */
  now(): number;
  /** Conferences and queues. */
  readonly rooms: Rooms;
  /**
   * What the application is told when somebody outside gives the call something else to do while this verb is at work;
   * the answer is read, journalled and ignored.
   */
  ifReplaced(farewell: Farewell | undefined): void;
  /** For details of payments, which go nowhere else, as long as the verb is at work; absent where nobody can be paid. */
  readonly till: Till | undefined;
  /** Tells how a payment stands. */
  paying(progress: PayProgress): void;
  /** Something the customer should mend; the verb goes on. */
  problem(code: ErrorCode, reason: string): void;
  /** Something that must be told while the verb goes on. */
  report(fact: { type: string; [detail: string]: unknown }): void;
}

/** Gets what was told of the ends of the verb's children since the call was given up, in their order, and of the leg's, if it has. */
export type Farewell = (
  ended: readonly Extract<VerbEvent, { type: 'child.ended' }>[],
  hungUp?: Extract<LegEvent, { type: 'leg.hungUp' }>,
) => { urls: readonly HandlerUrl[]; result: Result } | undefined;

/** A document to be asked for, for a purpose beside the main one. */
export interface ProgramRequest {
  urls: readonly HandlerUrl[];
  result: Result;
  purpose: Purpose;
}

export interface VerbInput<I> {
  instruction: I;
  stage: Stage;
}

/** What a verb may hear: its own leg, the calls it originated, programs it had run, bridges and queues. */
export type VerbEvent =
  | LegEvent
  | TillEvent
  | { type: 'child.ringing'; call: string }
  | { type: 'child.answered'; call: string }
  | {
      type: 'child.ended';
      call: string;
      to: string;
      status: DialStatus;
      cause?: HangUpCause;
      code?: ErrorCode;
      by?: 'us' | 'farSide' | 'network' | 'api';
      /** From its answer to its end; absent when nobody answered. */
      answeredMs?: number;
      sipCode?: number;
      sipCallId?: string;
      /** Of the answer to the invitation. */
      headers?: Readonly<Record<string, string>>;
    }
  /**
   * A program that was to be run is over: it came to its end, or `finished` is false (the call ended, or was told
   * otherwise). `code`: the application gave no document for it; `replaced`: somebody outside has given the call another.
   */
  | { type: 'ran'; call: string; finished: boolean; result: Result; code?: ErrorCode; left?: true; replaced?: true }
  /** Somebody has left the bridge in which this call is. */
  | { type: 'bridge.left'; bridge: string; call: string }
  | { type: 'queue.left'; reason: DequeueReason; waitedMs: number }
  | RoomEvent;
