/** One engine: everything it needs comes in, one value with the calls goes out; nothing is kept in modules. */
import { Bridges } from './call/bridges.ts';
import { Calls, type NewCall, type Route } from './call/calls.ts';
import { Ledger } from './call/ledger.ts';
import { Queues } from './call/queues.ts';
import { Recordings } from './call/recordings.ts';
import type { Limits } from './call/surroundings.ts';
import { createDeliveries, type Deliveries } from './callbacks/delivery.ts';
import { owedBy } from './callbacks/outbox.ts';
import type { Clock } from './clock.ts';
import type { Handler } from './handler/handler.ts';
import type { Transport } from './http/transport.ts';
import type { Ids } from './ids.ts';
import type { Act, JournalEntry } from './journal.ts';
import type { Batch, Store } from './store/store.ts';
import { type Role, talking } from './telephony/bridge.ts';
import type { Leg, LegListener } from './telephony/leg.ts';
import type { Incoming, Network } from './telephony/network.ts';

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
  limits?: Partial<Limits>;
}

export interface Engine {
  /** Makes an outgoing call, which asks for its first document once answered; gives its id. */
  create(call: NewCall): string;
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
  /** Hangs up every call and resolves when all have ended; callbacks that wait for their next attempt stay owed. */
  close(): Promise<void>;
}

const defaults: Limits = { requests: 100, family: 100, callMs: 24 * 60 * 60 * 1000 };

export function createEngine(options: EngineOptions): Engine {
  const { clock, ids, network, handler, store, signingKey, route } = options;
  const listeners = new Set<(entry: JournalEntry) => void>();
  const committed = (batch: Batch) => {
    if (batch.deliveries.length > 0) deliveries.owe(batch.deliveries);
    for (const listener of listeners) for (const entry of batch.entries) listener(entry);
  };
  const ledger = new Ledger({ clock, store, owedBy: (entry) => owedBy(entry, { ids }), committed });
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
  const bridges = new Bridges(network, ids);
  const queues = new Queues();
  const recordings = new Recordings(ledger, ids);
  const limits = { ...defaults, ...options.limits };
  const calls = new Calls({ clock, ids, network, handler, ledger, bridges, queues, recordings, limits });

  network.onFinished(recordings.finish);
  network.onIncoming((incoming, leg) => {
    const found = route(incoming);
    if (!found || (found.options.handlerUrls.length === 0 && found.mode !== 'api'))
      return refuse(ledger, incoming, leg);
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
    create: (call) => {
      let id = '';
      ledger.turn(() => {
        id = calls.outgoing(call);
      });
      return id;
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
    close: async () => {
      for (const call of calls.ids()) act(call, { type: 'act.hangUp' });
      await calls.emptied();
      deliveries.close();
    },
  };
}

/** Nobody has this number, or nobody has said what it does. */
function refuse(ledger: Ledger, incoming: Incoming, leg: Leg): LegListener {
  ledger.turn(() => {
    ledger.input(leg.id, leg.id, { type: 'offered', incoming });
    const message = `nothing is set up for calls to ${incoming.to}`;
    ledger.output(leg.id, leg.id, { type: 'problem', code: 'CALL_NO_ROUTE', message });
    const command = { type: 'reject', cause: 'notFound' } as const;
    ledger.output(leg.id, leg.id, { type: 'commanded', command });
    leg.send(command);
  });
  return (event) => ledger.turn(() => ledger.input(leg.id, leg.id, event));
}
