/** One engine: everything it needs comes in, one value with the calls goes out; nothing is kept in modules. */
import { Admission, type ProjectLimits } from '../call/admission.ts';
import { apart } from '../call/apart.ts';
import { Bridges } from '../call/bridges.ts';
import type { Budget } from '../call/budget.ts';
import { Calls } from '../call/calls.ts';
import { checkoutDesk } from '../call/checkout-desk.ts';
import { Checkouts } from '../call/checkouts.ts';
import { conferenceDesk } from '../call/conference-desk.ts';
import { Conferences } from '../call/conferences.ts';
import { Faxes } from '../call/faxes.ts';
import { forkDesk } from '../call/fork-desk.ts';
import { Forks } from '../call/forks.ts';
import { IdempotencyKeys } from '../call/idempotency-keys.ts';
import { Ledger } from '../call/ledger.ts';
import { Messages } from '../call/messages.ts';
import { queueDesk } from '../call/queue-desk.ts';
import { Queues } from '../call/queues.ts';
import { Recordings } from '../call/recordings.ts';
import { recover } from '../call/recovery.ts';
import { cameRound, isRefusal, leadsNowhere, noRoute, refuse, tooMany } from '../call/refusal.ts';
import type { Route } from '../call/route.ts';
import { Spending } from '../call/spending.ts';
import type { Limits } from '../call/surroundings.ts';
import { createDeliveries } from '../callbacks/delivery.ts';
import { owedBy } from '../callbacks/outbox.ts';
import { Uploads } from '../callbacks/uploads.ts';
import type { Act, ConferenceAct } from '../journal/act.ts';
import type { JournalEntry } from '../journal/journal.ts';
import type { Batch, Delivery } from '../store/store.ts';
import { talking } from '../telephony/bridge.ts';
import type { LegListener } from '../telephony/leg.ts';
import type { Incoming } from '../telephony/network.ts';
import type { Engine, EngineOptions } from './engine.ts';

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
  const faxes = new Faxes(ledger);
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
    faxes,
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
    else if (finished.type === 'fax') faxes.finish(finished);
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
    underWay: () => messages.size + checkouts.late,
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
