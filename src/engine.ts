/** One engine: everything it needs comes in, one value with the calls goes out; nothing is kept in modules. */
import { Admission, type ProjectLimits } from './call/admission.ts';
import { apart } from './call/apart.ts';
import { Bridges } from './call/bridges.ts';
import { Calls, type NewCall, type Route } from './call/calls.ts';
import { IdempotencyKeys } from './call/idempotency-keys.ts';
import { Ledger } from './call/ledger.ts';
import { Queues } from './call/queues.ts';
import { Recordings } from './call/recordings.ts';
import { type Recovered, recover } from './call/recovery.ts';
import type { Limits } from './call/surroundings.ts';
import { createDeliveries, type Deliveries } from './callbacks/delivery.ts';
import { owedBy } from './callbacks/outbox.ts';
import type { Clock } from './clock.ts';
import type { ErrorCode } from './errors.ts';
import type { Handler } from './handler/handler.ts';
import type { Transport } from './http/transport.ts';
import type { Ids } from './ids.ts';
import type { Act, JournalEntry } from './journal.ts';
import type { Batch, Store } from './store/store.ts';
import { type Role, talking } from './telephony/bridge.ts';
import type { Leg, LegListener, RejectCause } from './telephony/leg.ts';
import type { Incoming, Network } from './telephony/network.ts';
import type { LinkTo } from './vendors/index.ts';

export interface EngineOptions {
  clock: Clock;
  ids: Ids;
  network: Network;
  handler: Handler;
  store: Store;
  /** What delivers callbacks. */
  callbacks: Transport;
  /** The bytes with which a project's callbacks are signed; the same array each time. */
  signingKey(project: string): Uint8Array;
  /** What an incoming call is to run, or undefined for a number that nobody has. */
  route(incoming: Incoming): Route | undefined;
  /** Where recordings and faxes can be fetched: for callbacks. */
  linkTo?: LinkTo;
  limits?: Partial<Limits>;
  /** What the calls of a project may do together; everything unless given. */
  limitsOf?(project: string): Partial<ProjectLimits>;
  /** Why this project may not call this address; undefined when it may. Every address may be called unless given. */
  refusalOf?(project: string, to: string): string | undefined;
}

export interface Engine {
  /** What a call that came in now would run; undefined for a number that nobody has. */
  route(incoming: Incoming): Route | undefined;
  /** This very call, when it comes in, runs that. */
  expect(incoming: Incoming, route: Route): void;
  /**
   * Makes an outgoing call, which asks for its first document once answered; gives its id. The same key within 24 hours
   * gives the same call. Throws CALLS_LIMIT, CALL_NOT_PERMITTED, IDEMPOTENCY_CONFLICT.
   */
  create(call: NewCall, idempotency?: { key: string; hash: string }): string;
  /** Resolves once everything that has happened until now can no longer be lost. */
  committed(): Promise<void>;
  /** After a restart: ends the calls that went with the last process, and goes on with what had not begun. */
  recover(): Recovered;
  /** Does something to a live call; false when there is none of this id. */
  act(call: string, act: Act): boolean;
  /** Joins live calls in a bridge of their own, each in its role; gives the id of the bridge. */
  bridge(calls: readonly { call: string; role?: Role }[]): string;
  /** Who waits in a queue, the first to be taken first. */
  waitingIn(queue: string): readonly string[];
  /** Ids of the calls that have not ended. */
  live(): readonly string[];
  /** Hears of every journal entry once it is committed; the value given back ends that. */
  onEntry(listener: (entry: JournalEntry) => void): () => void;
  readonly deliveries: Deliveries;
  /** What is left of calls that have ended: nothing, or there is a leak. */
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

const defaults: Limits = { requests: 100, steps: 10_000, family: 100, callMs: 24 * 60 * 60 * 1000 };

export function createEngine(options: EngineOptions): Engine {
  const { clock, ids, network, handler, store, signingKey, route } = options;
  // Read before anybody notes that this process lives.
  const died = store.lastHeartbeat();
  const listeners = new Set<(entry: JournalEntry) => void>();
  const committed = (batch: Batch) => {
    if (batch.deliveries.length > 0) deliveries.owe(batch.deliveries);
    for (const listener of listeners) for (const entry of batch.entries) apart(clock, listener, entry);
  };
  const outbox = { ids, ...(options.linkTo && { linkTo: options.linkTo }) };
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
  const keys = new IdempotencyKeys(store, ledger);
  const bridges = new Bridges(network, ids);
  const queues = new Queues();
  const recordings = new Recordings(ledger, ids);
  const limits = { ...defaults, ...options.limits };
  const limitsOf = (project: string) => ({ ...unlimited, ...options.limitsOf?.(project) });
  const admission = new Admission({ clock, ledger, limitsOf });
  const refusalOf = options.refusalOf ?? (() => undefined);
  const parts = { clock, ids, network, handler, ledger, bridges, admission, refusalOf, queues, recordings, limits };
  const calls = new Calls(parts);

  const expected = new WeakMap<Incoming, Route>();
  network.onFinished(recordings.finish);
  network.onIncoming((incoming, leg) => {
    const found = expected.get(incoming) ?? apart(clock, route, incoming);
    if (!found || (found.options.handlerUrls.length === 0 && found.mode !== 'api'))
      return refuse(ledger, incoming, leg, noRoute);
    if (!calls.mayTake(found.project)) return refuse(ledger, incoming, leg, tooMany);
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
      return recover({ store, ledger, calls, recordings, network, died });
    },
    act,
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
    left: () => ({
      calls: calls.ids().length,
      bridges: bridges.size,
      queued: queues.size,
      recordings: recordings.size,
    }),
    hold: () => admission.hold(),
    close: async () => {
      ledger.turn(() => calls.close());
      await calls.emptied();
      deliveries.close();
    },
  };
}

interface Refusal {
  cause: RejectCause;
  code: ErrorCode;
  why(to: string): string;
}

/** Nobody has this number, or nobody has said what it does. */
const noRoute: Refusal = {
  cause: 'notFound',
  code: 'CALL_NO_ROUTE',
  why: (to) => `nothing is set up for calls to ${to}`,
};

const tooMany: Refusal = {
  cause: 'unavailable',
  code: 'CALLS_LIMIT',
  why: (to) => `the project of ${to} has as many live calls as it may`,
};

function refuse(ledger: Ledger, incoming: Incoming, leg: Leg, { cause, code, why }: Refusal): LegListener {
  ledger.turn(() => {
    ledger.input(leg.id, leg.id, { type: 'offered', incoming });
    ledger.output(leg.id, leg.id, { type: 'problem', code, message: why(incoming.to) });
    const command = { type: 'reject', cause } as const;
    ledger.output(leg.id, leg.id, { type: 'commanded', command });
    leg.send(command);
  });
  return (event) => ledger.turn(() => ledger.input(leg.id, leg.id, event));
}
