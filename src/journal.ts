/**
 * What happened, in no dialect's words: facts come in while calls live; rows, callbacks, transcripts and replays are
 * made from them. An entry is an input (it came from outside: the inputs, in their order, replay a call) or an output
 * (it followed from them).
 */
import type { ErrorCode } from './errors.ts';
import type { CallOptions, CallRecord, CallState, FaxRecord, RecordingRecord, TranscriptionRecord } from './records.ts';
import type { Role } from './telephony/bridge.ts';
import type { LegCommand, LegEvent } from './telephony/leg.ts';
import type { Finished, Incoming } from './telephony/network.ts';
import type { Instruction } from './verbs/index.ts';
import type { HandlerUrl, Outcome, Place, Program, Result, VerbEvent } from './verbs/verb.ts';

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
  method: 'GET' | 'POST';
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

/** What somebody outside does to a call: an API, an agent's desktop, a test. */
export type Act =
  | { type: 'act.hangUp' }
  /** Another document, given or to be asked for, replaces whatever the call is doing. */
  | { type: 'act.replace'; program: Program }
  | { type: 'act.redirect'; urls: readonly HandlerUrl[] }
  /** Begins one thing beside the program, under an id of the caller's choice, and ends it. */
  | { type: 'act.start'; activity: string; instruction: Instruction }
  | { type: 'act.stop'; activity: string }
  | { type: 'act.answer' }
  /** Joins two calls that exist; whoever is in another bridge leaves it. */
  | { type: 'act.bridge'; bridge: string; role: Role }
  | { type: 'act.role'; role: Role }
  | { type: 'act.unbridge' }
  /** This call goes on with whoever is dialled; once they have accepted, its program is over and its partner let go. */
  | { type: 'act.transfer'; activity: string; instruction: Instruction }
  /** Takes the call out of the queue in which it waits. */
  | { type: 'act.dequeue'; reason: 'bridged' | 'left' };

export type Input =
  | { type: 'offered'; incoming: Incoming }
  | { type: 'created'; to: string; from: string; options: CallOptions }
  | LegEvent
  | Act
  /** The n-th timer of this call has fired. */
  | { type: 'timer'; timer: number }
  /** One attempt to get a document, an answer or nothing. */
  | { type: 'handler.attempted'; request: string; attempt: Attempt }
  | { type: 'handler.answered'; request: string; answer: Answer }
  | { type: 'finished'; finished: Finished }
  /** One attempt to deliver a callback. */
  | { type: 'callback.attempted'; delivery: string; event: string; number: number; attempt: Attempt };

export type Output =
  | { type: 'call.created'; record: CallRecord }
  | { type: 'call.changed'; state: CallState; record: CallRecord }
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
  | { type: 'heard'; event: Exclude<VerbEvent, LegEvent> }
  | { type: 'bridge.entered'; bridge: string; role: Role; with: readonly string[] }
  | { type: 'bridge.role'; bridge: string; role: Role }
  | { type: 'bridge.left'; bridge: string }
  | { type: 'queue.entered'; queue: string }
  | { type: 'queue.left'; queue: string; reason: string }
  | { type: 'recording.began'; record: RecordingRecord }
  | { type: 'recording.ended'; record: RecordingRecord }
  | { type: 'transcription.ended'; record: TranscriptionRecord }
  | { type: 'fax.received'; record: FaxRecord }
  /** A verb tells something while it goes on. */
  | { type: 'reported'; fact: { type: string; [detail: string]: unknown } }
  /** An answer or outcome of a program that has been replaced meanwhile. */
  | { type: 'dropped'; what: string; epoch: number }
  | { type: 'problem'; code: ErrorCode; message: string; at?: Place }
  | { type: 'callback.owed'; delivery: string; event: string; url: string; body: string }
  | { type: 'callback.delivered'; delivery: string; event: string; attempts: number }
  | { type: 'callback.givenUp'; delivery: string; event: string; attempts: number };
