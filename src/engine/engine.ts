import type { Admission, AdmissionOptions, ProjectLimits } from '../call/admission.ts';
import type { Budget } from '../call/budget.ts';
import type { CheckoutDesk } from '../call/checkout-desk.ts';
import type { ConferenceDesk } from '../call/conference-desk.ts';
import type { ForkDesk } from '../call/fork-desk.ts';
import type { NewMessage } from '../call/messages.ts';
import type { QueueDesk } from '../call/queue-desk.ts';
import type { Recovered } from '../call/recovery.ts';
import type { Refusal } from '../call/refusal.ts';
import type { NewCall, Route } from '../call/route.ts';
import type { Limits } from '../call/surroundings.ts';
import type { Deliveries } from '../callbacks/delivery.ts';
import type { Clock } from '../clock.ts';
import type { Handler } from '../handler/handler.ts';
import type { Transport } from '../http/transport.ts';
import type { Ids } from '../ids.ts';
import type { Act } from '../journal/act.ts';
import type { JournalEntry } from '../journal/journal.ts';
import type { Rate, Rated } from '../money/rates.ts';
import type { CallRecord } from '../records/call.ts';
import type { MessageRecord } from '../records/message.ts';
import type { Store } from '../store/store.ts';
import type { Role } from '../telephony/bridge.ts';
import type { Incoming, Network } from '../telephony/network.ts';
import type { LinkTo } from '../vendors/index.ts';
import type { Tills } from '../verbs/till.ts';

export interface EngineOptions {
  clock: Clock;
  ids: Ids;
  network: Network;
  handler: Handler;
  store: Store;
  /** What delivers callbacks, and audio that is to be kept elsewhere. */
  callbacks: Transport;
  /** Where payment details are collected; nobody can be paid unless given. */
  tills?: Tills;
  /** The audio of a recording, by its file, when the network keeps it. */
  audioOf?(file: string): Promise<Uint8Array | undefined>;
  /** The bytes with which a project's callbacks are signed; the same array each time. */
  signingKey(project: string): Uint8Array;
  /** What an incoming call is to run, why it must not come in, or undefined for a number that nobody has. */
  route(incoming: Incoming): Route | Refusal | undefined;
  /** Where recordings and faxes can be fetched: for callbacks. */
  linkTo?: LinkTo;
  /** Where the engine can be reached from outside, as far as that is known: for callbacks. */
  publicUrl?(): string | undefined;
  /** Of calls that are made now; when it is a function, it is asked for each. */
  limits?: Partial<Limits> | (() => Partial<Limits>);
  /** Who gets a turn when, in place of what the engine decides itself. */
  admission?(given: AdmissionOptions): Admission;
  /** What the calls of a project may do together; everything unless given. */
  limitsOf?(project: string): Partial<ProjectLimits>;
  /** What a call of this project costs; undefined when nothing is known of it, as of all unless given. */
  rateOf?(project: string, call: Rated): Rate | undefined;
  /** What the calls of a project, and of each of its families, may cost and how long they may last; without bounds unless given. */
  budgetOf?(project: string): Budget;
  /** The project whose limits, rates and budget count for this one, which is below it; its own unless given. */
  payerOf?(project: string): string;
  /** Gives back what was encrypted to be kept with a call. */
  unseal?(sealed: string): string;
  /** Why this project may not call this address; undefined when it may. Every address may be called unless given. */
  refusalOf?(project: string, to: string): string | undefined;
}

export interface Engine {
  /** What a call that came in now would run, why it would be refused, or undefined for a number that nobody has. */
  route(incoming: Incoming): Route | Refusal | undefined;
  /** This very call, when it comes in, runs that. */
  expect(incoming: Incoming, route: Route): void;
  /**
   * Makes an outgoing call, which asks for its first document once answered; gives its id. The same key within 24 hours
   * gives the same call. Throws CALLS_LIMIT, CALL_NOT_PERMITTED, SPEND_LIMIT, MINUTES_LIMIT, IDEMPOTENCY_CONFLICT.
   */
  create(call: NewCall, idempotency?: { key: string; hash: string }): string;
  /** What a call of this project would cost now; undefined when nothing is known of it. */
  rateOf(project: string, call: Rated): Rate | undefined;
  /** Resolves once everything that has happened until now can no longer be lost. */
  committed(): Promise<void>;
  /** After a restart: ends the calls that went with the last process, and goes on with what had not begun. */
  recover(): Recovered;
  /** Does something to a live call; false when there is none of this id. */
  act(call: string, act: Act): boolean;
  /** A live call as it is at this moment, committed or not. */
  now(call: string): CallRecord | undefined;
  /** Has the network been asked to end it? Nothing else can be done to it then. */
  isEnding(call: string): boolean;
  /** Joins live calls in a bridge of their own, each in its role; gives the id of the bridge. */
  bridge(calls: readonly { call: string; role?: Role }[]): string;
  /** Who waits in a queue, the first to be taken first. */
  waitingIn(queue: string): readonly string[];
  /** Ids of the calls that have not ended. */
  live(): readonly string[];
  /** Hears of every journal entry once it is committed; the value given back ends that. */
  onEntry(listener: (entry: JournalEntry) => void): () => void;
  readonly deliveries: Deliveries;
  readonly conferences: ConferenceDesk;
  readonly queues: QueueDesk;
  /** Sends a text message for an API: the record as it begins. Throws CALL_NOT_PERMITTED. */
  sendText(message: NewMessage): MessageRecord;
  /** Streams, transcriptions and recordings that go on beside calls. */
  readonly forks: ForkDesk;
  /** Payments that go on beside calls, led from outside. */
  readonly checkouts: CheckoutDesk;
  /** Texts that the network has, and payments that connectors have, of which nothing is known yet, beside live calls. */
  underWay(): number;
  /** What is left of calls that have ended, conferences among the bridges: nothing, or there is a leak. */
  left(): { calls: number; bridges: number; queued: number; recordings: number };
  /** Places no call any more that waits for its turn: it is still to be placed after a restart. */
  hold(): void;
  /** Hangs up every call, and each that comes later, and resolves when all have ended; callbacks that wait for their next attempt stay owed. */
  close(): Promise<void>;
}
