import type { Role } from '../telephony/bridge.ts';
import type { StreamFork } from '../verbs/fork.ts';
import type { Instruction } from '../verbs/index.ts';
import type { PayStep } from '../verbs/pay-steps.ts';
import type { PayTerms } from '../verbs/pay-terms.ts';
import type { HandlerUrl, Program, RecordingOptions } from '../verbs/verb.ts';

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
