/**
 * What happened, in no dialect's words: facts come in while calls live; rows, callbacks, transcripts and replays are
 * made from them. An entry is an input (it came from outside: the inputs, in their order, replay a call) or an output
 * (it followed from them).
 */
import type { ErrorCode } from '../errors.ts';
import type { CallOptions, CallRecord, CallState } from '../records/call.ts';
import type { ConferenceRecord, ParticipantRecord } from '../records/conference.ts';
import type { FaxRecord } from '../records/fax.ts';
import type { ForkRecord } from '../records/fork.ts';
import type { MessageRecord } from '../records/message.ts';
import type { CheckoutRecord, PaymentRecord } from '../records/payment.ts';
import type { RecordingRecord, TranscriptionRecord } from '../records/recording.ts';
import type { BridgeEvent, Role } from '../telephony/bridge.ts';
import type { LegCommand } from '../telephony/leg-command.ts';
import type { LegEvent } from '../telephony/leg-event.ts';
import type { Finished, Incoming } from '../telephony/network.ts';
import type { Instruction } from '../verbs/index.ts';
import type { TillEvent } from '../verbs/till.ts';
import type { HandlerUrl, Outcome, Place, Program, Result, VerbEvent } from '../verbs/verb.ts';
import type { Act, ConferenceAct, QueueAct } from './act.ts';

export interface JournalEntry {
  /** Counts up in each engine. */
  seq: number;
  /** Milliseconds since 1970. */
  at: number;
  /** The call (or conference, queue, project) it happened to. */
  subject: string;
  /** The call that everything began with. */
  family: string;
  input?: Input;
  output?: Output;
}

/** One HTTP exchange with the application, as the caller of the exchange saw it. */
export interface Attempt {
  url: string;
  method: 'GET' | 'POST' | 'PUT';
  /** Absent when no status came. */
  status?: number;
  bytes: number;
  ms: number;
  /** Set when this attempt did not give what was asked for. */
  code?: ErrorCode;
  /** What went wrong, for a developer to read. */
  reason?: string;
  /** Where it sent us, when it did. */
  redirectedTo?: string;
  requestHeaders: Readonly<Record<string, string>>;
  requestBody: string;
  responseHeaders: Readonly<Record<string, string>>;
  /** The beginning of the answer's body. */
  responseBody: string;
}

/** What the application answered in the end. */
export type Answer =
  | { type: 'program'; program: Program; problems?: readonly Problem[] }
  | { type: 'refused'; code: ErrorCode; reason: string };

/** Something wrong with a document, and where. */
export interface Problem {
  line: number;
  column: number;
  code: ErrorCode;
  severity: 'error' | 'warning';
  message: string;
  hint?: string;
}

export type ConferenceFact =
  | { type: 'start' }
  | { type: 'end' }
  | { type: 'join' }
  | { type: 'leave'; reason: LeaveReason }
  | { type: 'mute' | 'unmute' | 'hold' | 'unhold' | 'modify' | 'speechStart' | 'speechStop' }
  /** To one when there is a participant, else to all; `code`: there was no document. */
  | { type: 'announced'; code?: ErrorCode };

/** `left`: its own document wanted so. Somebody outside has given it something else to do (`moved`), or ended it (`cut`). */
export type LeaveReason = 'hungUp' | 'left' | 'moved' | 'cut' | 'removed' | 'moderatorLeft' | 'ended' | 'lost';

export type Input =
  | { type: 'offered'; incoming: Incoming }
  | { type: 'created'; to: string; from: string; options: CallOptions }
  | LegEvent
  | TillEvent
  | Act
  /** It is the turn of an outgoing call that had to wait for it. */
  | { type: 'mayPlace' }
  /** The n-th timer of this call has fired. */
  | { type: 'timer'; timer: number }
  /** One attempt to get a document, an answer or nothing. */
  | { type: 'handler.attempted'; request: string; attempt: Attempt }
  | { type: 'handler.answered'; request: string; answer: Answer }
  | { type: 'finished'; finished: Finished }
  | { type: 'conference.act'; act: ConferenceAct }
  /** Of the bridge of the conference that is the subject. */
  | BridgeEvent
  /** To the queue that is the subject; it is its own family. */
  | { type: 'queue.act'; project: string; act: QueueAct }
  /** One attempt to deliver a callback, or the audio of a recording: `delivery` is its id then. */
  | { type: 'callback.attempted'; delivery: string; event: string; number: number; attempt: Attempt };

export type Output =
  | { type: 'call.created'; record: CallRecord }
  | { type: 'call.changed'; state: CallState; record: CallRecord }
  /** It is known who or what has answered; `interim`: by now, and it may turn out otherwise. */
  | { type: 'call.recognized'; record: CallRecord; interim?: true }
  | { type: 'call.labeled'; key: string; value: string; labels: Readonly<Record<string, string>> }
  | { type: 'commanded'; command: LegCommand }
  | { type: 'handler.asked'; request: string; urls: readonly HandlerUrl[]; result: Result }
  | { type: 'program.began'; program: Omit<Program, 'instructions'>; instructions: number; epoch: number }
  | { type: 'program.ended'; purpose: Program['purpose']; interrupted: boolean }
  | { type: 'verb.began'; verb: Instruction['verb']; at?: Place; activity?: string }
  | {
      type: 'verb.ended';
      verb: Instruction['verb'];
      outcome: Outcome['type'] | 'interrupted';
      result?: Result;
      activity?: string;
    }
  | { type: 'originated'; call: string; to: string }
  /** Something that another call of the family, a bridge or a queue has told this call. */
  | { type: 'heard'; event: Exclude<VerbEvent, LegEvent | TillEvent> }
  | { type: 'bridge.entered'; bridge: string; role: Role; with: readonly string[] }
  | { type: 'bridge.role'; bridge: string; role: Role }
  | { type: 'bridge.left'; bridge: string }
  | { type: 'queue.entered'; queue: string; id: string }
  | { type: 'queue.left'; queue: string; reason: string }
  /** Somebody has taken the call that waits, and gives it back when the two are not joined after all. */
  | { type: 'queue.taken'; queue: string; by: string }
  | { type: 'queue.returned'; queue: string }
  | { type: 'conference.created'; record: ConferenceRecord }
  /** The n-th event of a conference, and whom it is about. */
  | {
      type: 'conference.event';
      number: number;
      event: ConferenceFact;
      record: ConferenceRecord;
      participant?: ParticipantRecord;
    }
  /** All that are in it hear a beep. */
  | { type: 'conference.beeped'; conference: string; on: 'enter' | 'exit' }
  /** A recording of a conference that has somebody to tell of it is there. */
  | { type: 'conference.recorded'; record: ConferenceRecord; recording: RecordingRecord }
  | { type: 'recording.began'; record: RecordingRecord }
  | { type: 'recording.ended'; record: RecordingRecord }
  /** Its audio is kept elsewhere from now on. */
  | { type: 'recording.moved'; record: RecordingRecord }
  | { type: 'transcription.ended'; record: TranscriptionRecord }
  | { type: 'fax.received'; record: FaxRecord }
  | { type: 'fork.changed'; record: ForkRecord }
  /** What was understood of one side, as `leg.transcribed` told it. */
  | {
      type: 'fork.transcribed';
      record: ForkRecord;
      track: 'received' | 'sent';
      text: string;
      confidence: number;
      partial?: true;
    }
  /** How a payment stands, without its details. */
  | { type: 'payment.changed'; record: PaymentRecord }
  /** The same of a payment that somebody outside leads. */
  | { type: 'checkout.changed'; record: CheckoutRecord }
  | { type: 'message.began'; record: MessageRecord }
  | { type: 'message.ended'; record: MessageRecord }
  /** A verb tells something while it goes on. */
  | { type: 'reported'; fact: { type: string; [detail: string]: unknown } }
  /** An answer or outcome of a program that has been replaced meanwhile. */
  | { type: 'dropped'; what: string; epoch: number }
  | { type: 'problem'; code: ErrorCode; message: string; at?: Place }
  | { type: 'callback.owed'; delivery: string; event: string; url: string; body: string }
  | { type: 'callback.delivered'; delivery: string; event: string; attempts: number }
  | { type: 'callback.givenUp'; delivery: string; event: string; attempts: number };
