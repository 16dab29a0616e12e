/**
 * What happened, in no dialect's words: facts come in while calls live; rows, callbacks, transcripts and replays are
 * made from them. An entry is an input (it came from outside: the inputs, in their order, replay a call) or an output
 * (it followed from them).
 */
import type { ErrorCode } from './errors.ts';
import type {
  CallOptions,
  CallRecord,
  CallState,
  CheckoutRecord,
  ConferenceRecord,
  FaxRecord,
  ForkRecord,
  MessageRecord,
  ParticipantRecord,
  PaymentRecord,
  RecordingRecord,
  TranscriptionRecord,
} from './records.ts';
import type { BridgeEvent, Role } from './telephony/bridge.ts';
import type { LegCommand, LegEvent } from './telephony/leg.ts';
import type { Finished, Incoming } from './telephony/network.ts';
import type { StreamFork } from './verbs/fork.ts';
import type { Instruction } from './verbs/index.ts';
import type { PayStep } from './verbs/pay.ts';
import type { PayTerms } from './verbs/pay-terms.ts';
import type { TillEvent } from './verbs/till.ts';
import type { HandlerUrl, Outcome, Place, Program, RecordingOptions, Result, VerbEvent } from './verbs/verb.ts';

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
  | { type: 'act.dequeue'; reason: 'bridged' | 'left' }
  /** Changes how the call is in its conference, or takes it out of there. */
  | { type: 'act.participant'; change: ParticipantChange }
  | { type: 'act.kick' }
  /** Begins a payment beside the call, under an id of the caller's choice, and leads it. */
  | { type: 'act.checkout'; checkout: string; what: CheckoutAct; callback?: HandlerUrl }
  /** Changes what was said when the call was made. */
  | { type: 'act.change'; change: CallChange }
  /** Begins a recording of the call under an id of the caller's choice, and steers one. */
  | { type: 'act.record'; recording: string; options: RecordingOptions }
  | { type: 'act.recording'; recording: string; what: Steering };

/** What is done to a recording; `silence`: it goes on, but nothing is heard in it until it is resumed. */
export type Steering = 'pause' | 'silence' | 'resume' | 'stop';

/** What is done with a payment beside a call: one detail after the other is asked for, then the connector gets them. */
export type CheckoutAct =
  | { type: 'begin'; terms: PayTerms }
  | { type: 'collect'; step: PayStep }
  | { type: 'complete' }
  | { type: 'cancel' };

export interface CallChange {
  fallback?: HandlerUrl;
  /** Who hears of its states; of which ones stays as it was. */
  stateCallback?: HandlerUrl;
  /** How long it may last, counted from its answer. */
  maxMs?: number;
}

/** What somebody outside does to a conference. */
export type ConferenceAct =
  | { type: 'end' }
  /** Everybody in it hears the document. */
  | { type: 'announce'; from: HandlerUrl }
  /** Begins a recording, under an id of the caller's choice, of a conference that has begun. */
  | { type: 'startRecording'; recording: string; options: RecordingOptions }
  | { type: 'record'; recording: string; what: Steering }
  /** Streams what everybody says, and ends that, by its name or its id. */
  | { type: 'startFork'; fork: StreamFork }
  | { type: 'stopFork'; name: string };

/** What somebody outside does to a queue. */
export type QueueAct =
  | { type: 'create'; name: string; max?: number }
  /** `max: null`: any number may wait. */
  | { type: 'update'; name?: string; max?: number | null }
  | { type: 'delete' };

export interface ParticipantChange {
  muted?: boolean;
  held?: boolean;
  /** What it hears while it is held; the network's own music unless given. */
  holdFrom?: HandlerUrl;
  /** The call to whom alone it speaks; null: to all again. */
  coach?: string | null;
  /** What it hears until the conference begins. */
  waitFrom?: HandlerUrl | 'none';
  ends?: boolean;
  beepOnExit?: boolean;
  /** The document that it hears, it alone. */
  announce?: HandlerUrl;
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
