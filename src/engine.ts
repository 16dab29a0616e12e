/** One engine: everything it needs comes in, one value with the calls goes out; nothing is kept in modules. */
import { Admission, type AdmissionOptions, type ProjectLimits } from './call/admission.ts';
import { apart } from './call/apart.ts';
import { Bridges } from './call/bridges.ts';
import type { Budget } from './call/budget.ts';
import { Calls } from './call/calls.ts';
import { type CheckoutDesk, checkoutDesk } from './call/checkout-desk.ts';
import { Checkouts } from './call/checkouts.ts';
import { type ConferenceDesk, conferenceDesk } from './call/conference-desk.ts';
import { Conferences } from './call/conferences.ts';
import { type ForkDesk, forkDesk } from './call/fork-desk.ts';
import { Forks } from './call/forks.ts';
import { IdempotencyKeys } from './call/idempotency-keys.ts';
import { Ledger } from './call/ledger.ts';
import { Messages, type NewMessage } from './call/messages.ts';
import { type QueueDesk, queueDesk } from './call/queue-desk.ts';
import { Queues } from './call/queues.ts';
import { Recordings } from './call/recordings.ts';
import { type Recovered, recover } from './call/recovery.ts';
import { cameRound, isRefusal, leadsNowhere, noRoute, type Refusal, refuse, tooMany } from './call/refusal.ts';
import type { NewCall, Route } from './call/route.ts';
import { Spending } from './call/spending.ts';
import type { Limits } from './call/surroundings.ts';
import { createDeliveries, type Deliveries } from './callbacks/delivery.ts';
import { owedBy } from './callbacks/outbox.ts';
import { Uploads } from './callbacks/uploads.ts';
import type { Clock } from './clock.ts';
import type { Handler } from './handler/handler.ts';
import type { Transport } from './http/transport.ts';
import type { Ids } from './ids.ts';
import type { Act, ConferenceAct, JournalEntry } from './journal.ts';
import type { Rate, Rated } from './money/rates.ts';
import type { CallRecord, MessageRecord } from './records.ts';
import type { Batch, Delivery, Store } from './store/store.ts';
import { type Role, talking } from './telephony/bridge.ts';
import type { LegListener } from './telephony/leg.ts';
import type { Incoming, Network } from './telephony/network.ts';
import type { LinkTo } from './vendors/index.ts';
import type { Tills } from './verbs/till.ts';

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
  /** What is left of calls that have ended, conferences among the bridges: nothing, or there is a leak. */
  left(): { calls: number; bridges: number; queued: number; recordings: number };
  /** Places no call any more that waits for its turn: it is still to be placed after a restart. */
  hold(): void;
  /** Hangs up every call, and each that comes later, and resolves when all have ended; callbacks that wait for their next attempt stay owed. */
  close(): Promise<void>;
}

const unlimited: ProjectLimits = {
  perSecond: Number.POSITIVE_INFINITY,
  concurrent: Number.POSITIVE_INFINITY,
  waiting: Number.POSITIVE_INFINITY,
};

const noBudget: Budget = {};

const defaults: Limits = { requests: 100, steps: 10_000, family: 100, hops: 10, callMs: 24 * 60 * 60 * 1000 };

function limitsFrom(given: EngineOptions['limits']): () => Limits {
  if (typeof given === 'function') return () => ({ ...defaults, ...given() });
  const limits = { ...defaults, ...given };
  return () => limits;
}

export function createEngine(options: EngineOptions): Engine {
  const { clock, ids, network, handler, store, signingKey, route } = options;
  // Read before anybody notes that this process lives.
  const died = store.lastHeartbeat();
  const listeners = new Set<(entry: JournalEntry) => void>();
  const committed = (batch: Batch) => {
    if (batch.deliveries.length > 0) owe(batch.deliveries);
    for (const entry of batch.entries) uploads.hear(entry);
    for (const listener of listeners) for (const entry of batch.entries) apart(clock, listener, entry);
  };
  /** What is told of a call that has ended is told after what is asked because it has. */
  const owe = (owed: readonly Delivery[]) => {
    const { farewells } = calls;
    const later = owed.filter(({ subject }) => farewells.isToAsk(subject));
    deliveries.owe(later.length === 0 ? owed : owed.filter((one) => !later.includes(one)));
    for (const one of later) farewells.afterAsking(one.subject, () => deliveries.owe([one]));
  };
  const { linkTo, publicUrl } = options;
  const outbox = { ids, ...(linkTo && { linkTo }), ...(publicUrl && { publicUrl }) };
  const ledger = new Ledger({ clock, store, owedBy: (entry) => owedBy(entry, outbox), committed });
  const deliveries = createDeliveries({
    clock,
    transport: options.callbacks,
    store,
    signingKey,
    write: ({ subject, family, input, output, delivery }) =>
      ledger.turn(() => {
        if (input) ledger.input(subject, family, input);
        if (output) ledger.output(subject, family, output);
        if (delivery) ledger.keep(delivery);
      }),
  });
  const uploads = new Uploads({
    clock,
    transport: options.callbacks,
    audioOf: options.audioOf ?? (async () => undefined),
    attempted: (...upload) => ledger.turn(() => recordings.uploaded(...upload)),
  });
  const keys = new IdempotencyKeys(store, ledger);
  const bridges = new Bridges(network, ids);
  const queues = new Queues({ store, ledger, ids });
  const recordings = new Recordings(ledger, ids, network);
  const forks = new Forks(ledger, ids, recordings);
  const conferences = new Conferences({ ledger, ids, bridges, recordings, forks });
  const refusalOf = options.refusalOf ?? (() => undefined);
  const messages = new Messages({ ledger, ids, network, refusalOf });
  const checkouts = new Checkouts();
  const limits = limitsFrom(options.limits);
  const rateOf = options.rateOf ?? (() => undefined);
  const payerOf = options.payerOf ?? ((project: string) => project);
  const budgetOf = options.budgetOf ?? (() => noBudget);
  const spending = new Spending({ clock, store, ledger, rateOf, budgetOf, payerOf });
  const limitsOf = (project: string) => ({ ...unlimited, ...options.limitsOf?.(project) });
  const admission = (options.admission ?? ((given) => new Admission(given)))({ clock, ledger, limitsOf, payerOf });
  const parts = {
    clock,
    ids,
    network,
    handler,
    ledger,
    bridges,
    admission,
    refusalOf,
    payerOf,
    queues,
    conferences,
    recordings,
    forks,
    checkouts,
    tills: options.tills,
    messages,
    spending,
    limits,
  };
  const calls = new Calls(parts);

  const expected = new WeakMap<Incoming, Route>();
  network.onFinished((finished) => {
    if (finished.type === 'message') messages.finish(finished);
    else recordings.finish(finished);
  });
  network.onIncoming((incoming, leg) => {
    const found = expected.get(incoming) ?? apart(clock, route, incoming);
    if (isRefusal(found)) return refuse(ledger, incoming, leg, found);
    if (!found || leadsNowhere(found)) return refuse(ledger, incoming, leg, noRoute(incoming));
    if ((incoming.hops ?? 0) > limits().hops) return refuse(ledger, incoming, leg, cameRound(incoming, limits().hops));
    if (!calls.mayTake(found.project)) return refuse(ledger, incoming, leg, tooMany(incoming));
    let listener: LegListener = () => {};
    ledger.turn(() => {
      listener = calls.incoming(incoming, leg, found);
    });
    return listener;
  });

  const act = (call: string, what: Act): boolean => {
    let done = false;
    ledger.turn(() => {
      done = calls.act(call, what);
    });
    return done;
  };

  const meet = (conference: string, what: ConferenceAct): boolean => {
    let done = false;
    ledger.turn(() => {
      done = conferences.act(conference, what);
    });
    return done;
  };

  return {
    route,
    expect: (incoming, awaited) => {
      expected.set(incoming, awaited);
    },
    create: (call, idempotency) => {
      let id = '';
      ledger.turn(() => {
        id = keys.once(call.project, idempotency, () => calls.outgoing(call));
      });
      return id;
    },
    committed: () => new Promise((done) => ledger.turn(() => ledger.after(done))),
    recover: () => {
      // Before what ends now is owed too: first attempts are in order.
      deliveries.resume();
      return recover({
        store,
        ledger,
        calls,
        recordings,
        conferences,
        messages,
        forks,
        checkouts,
        upload: (...upload) => uploads.resume(...upload),
        spending,
        network,
        died,
        ...(options.unseal && { unseal: options.unseal }),
      });
    },
    rateOf,
    act,
    now: (call) => calls.find(call)?.record,
    isEnding: (call) => calls.find(call)?.ending !== undefined,
    bridge: (members) => {
      const bridge = ids.next();
      for (const { call, role } of members) act(call, { type: 'act.bridge', bridge, role: role ?? talking });
      return bridge;
    },
    waitingIn: (queue) => queues.waitingIn(queue),
    live: () => calls.ids(),
    onEntry: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    deliveries,
    sendText: (message) => messages.order(message),
    conferences: conferenceDesk({ conferences, store, ledger, act }),
    queues: queueDesk({ queues, ledger, act }),
    forks: forkDesk({ forks, act, meet }),
    checkouts: checkoutDesk(checkouts, ids, act),
    left: () => ({
      calls: calls.ids().length,
      bridges: bridges.size + conferences.size,
      queued: queues.size,
      recordings: recordings.size,
    }),
    hold: () => admission.hold(),
    close: async () => {
      ledger.turn(() => calls.close());
      await calls.emptied();
      ledger.turn(() => checkouts.close());
      deliveries.close();
      uploads.close();
    },
  };
}
