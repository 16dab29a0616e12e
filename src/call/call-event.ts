import type { Act } from '../journal/act.ts';
import type { Answer } from '../journal/journal.ts';
import type { LegEvent } from '../telephony/leg-event.ts';
import type { Outcome, Program } from '../verbs/verb.ts';

/** What the machine of a call hears; what only its verbs hear passes it by. */
export type CallEvent =
  /** The first thing that it hears. */
  | { type: 'begin' }
  | Extract<LegEvent, { type: 'leg.answered' | 'leg.hungUp' }>
  | Act
  | { type: 'handler.answered'; answer: Answer }
  /** Another call, or this one, has a program run here. */
  | { type: 'run'; program: Program; requester: string }
  /** Whoever had a program run here does not want it any more. */
  | { type: 'stopProgram'; requester: string }
  /** The call that originated this one lets it go. */
  | { type: 'letGo'; reason: 'canceled' | 'maximum' | 'normal' }
  /** It has left its bridge. */
  | { type: 'parted' }
  /** It is the turn of this outgoing call. */
  | { type: 'mayPlace' }
  /** A transfer has come through: the program is over. */
  | { type: 'takenOver' }
  /** An outgoing call has rung for as long as it may; a call has lived so long. */
  | { type: 'rangOut' }
  | { type: 'outlived' }
  /** A verb has ended by itself. */
  | { type: 'verb.over'; name: string; outcome: Outcome };
