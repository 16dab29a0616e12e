import type { Clock } from '../clock.ts';
import type { Handler } from '../handler/handler.ts';
import type { Ids } from '../ids.ts';
import type { LegEvent } from '../telephony/leg-event.ts';
import type { Network } from '../telephony/network.ts';
import type { TillEvent, Tills } from '../verbs/till.ts';
import type { Origination, Program, VerbEvent } from '../verbs/verb.ts';
import type { Admission } from './admission.ts';
import type { Bridges } from './bridges.ts';
import type { Checkouts } from './checkouts.ts';
import type { Conferences } from './conferences.ts';
import type { Farewells } from './farewells.ts';
import type { Faxes } from './faxes.ts';
import type { Forks } from './forks.ts';
import type { Ledger } from './ledger.ts';
import type { LiveCall } from './live-call.ts';
import type { Messages } from './messages.ts';
import type { Queues } from './queues.ts';
import type { Recordings } from './recordings.ts';
import type { Spending } from './spending.ts';

/** Bounds on what one call, and one family, may do. */
export interface Limits {
  /** Requests to handlers per call, beside one for each second of its life. */
  requests: number;
  /** Instructions per call, beside a hundred for each second of its life: one document can have as many. */
  steps: number;
  /** Calls in one family. */
  family: number;
  /** How often a call may come in through numbers of ours. */
  hops: number;
  /** How long any call may live. */
  callMs: number;
}

/** What comes to a call from other calls, bridges and queues. */
export type FamilyEvent = Exclude<VerbEvent, LegEvent | TillEvent>;

/** What a call has around it: the engine's parts, and the other calls, which it knows by id only. */
export interface Surroundings {
  clock: Clock;
  ids: Ids;
  network: Network;
  handler: Handler;
  ledger: Ledger;
  bridges: Bridges;
  admission: Admission;
  /** Why this project may not call this address; undefined when it may. */
  refusalOf(project: string, to: string): string | undefined;
  /** The project whose limits count for this one. */
  payerOf(project: string): string;
  queues: Queues;
  conferences: Conferences;
  farewells: Farewells;
  checkouts: Checkouts;
  forks: Forks;
  messages: Messages;
  /** Where nobody can be paid, none. */
  tills: Tills | undefined;
  recordings: Recordings;
  faxes: Faxes;
  spending: Spending;
  /** Those of a call that is made now. */
  limits(): Limits;
  find(call: string): LiveCall | undefined;
  originate(parent: LiveCall, child: Origination): string;
  tell(call: string, event: FamilyEvent): void;
  /** @param wanted whether it still is, when its turn has come */
  run(program: Program, call: string, requester: string, wanted: () => boolean): void;
  /** Takes off what `requester` has had run on `call`. */
  stopProgram(call: string, requester: string): void;
  hangUp(call: string, reason: 'canceled' | 'maximum' | 'normal'): void;
  /** The call has ended: nothing of it is kept. */
  forget(call: LiveCall): void;
}
