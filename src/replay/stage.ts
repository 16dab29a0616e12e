import type { VirtualClock } from '../clock.ts';
import { createEngine, type Engine } from '../engine.ts';
import { createHandler } from '../handler/client.ts';
import { createGuard } from '../http/guard.ts';
import type { Transport } from '../http/transport.ts';
import { undiciTransport } from '../http/undici.ts';
import { createIds, seededRandom } from '../ids.ts';
import type { JournalEntry } from '../journal.ts';
import { memoryStore } from '../store/memory/memory-store.ts';
import type { Store } from '../store/store.ts';
import type { Incoming } from '../telephony/network.ts';
import { audioOverHttp } from '../telephony/simulated/audio-over-http.ts';
import { createSimulatedNetwork, type SimulatedNetwork } from '../telephony/simulated/network.ts';
import type { Party, Person } from '../telephony/simulated/party.ts';
import { exchangeOf, type FlowExchange } from './exchange.ts';
import { notValid } from './flow-shape.ts';
import type { Plan, PlannedAct } from './plan.ts';
import type { PlannedCall } from './planned-call.ts';
import { scriptedApplication } from './scripted-transport.ts';

/** Everything that one run of a flow consists of. */
export interface Stage {
  engine: Engine;
  network: SimulatedNetwork;
  store: Store;
  journal: JournalEntry[];
  exchanges: FlowExchange[];
  close(): Promise<void>;
}

const project = 'flow';
const key = new Uint8Array(64);
const signingKey = () => key;

/** Whoever plays the callers of a run, beside or instead of their scripts. */
export interface Player {
  person: Person;
  /** A call has been made: this is whom to tell what to do. */
  takes(party: Party): void;
}

const nearby = ['loopback', 'private', 'uniqueLocal'];

/** Sets up the engine of a run, and everybody who will call or do something. */
export function stageOf(plan: Plan, clock: VirtualClock, allow: readonly string[] = nearby, player?: Player): Stage {
  const journal: JournalEntry[] = [];
  const exchanges: FlowExchange[] = [];
  const ids = createIds(clock.now, seededRandom(plan.seed));
  const store = memoryStore();
  const application = plan.answers
    ? scriptedApplication({ clock, answers: plan.answers, read: plan.read, onExchange: (one) => exchanges.push(one) })
    : liveApplication(clock, exchanges, allow);
  const handler = createHandler({ transport: application.forHandlers, clock, dialects: plan.dialects, signingKey });
  const network = createSimulatedNetwork({
    clock,
    phones: plan.phones,
    audio: audioOverHttp({ clock, transport: application.forAudio }),
  });
  const routes = new Map<Incoming, PlannedCall>();
  const engine = createEngine({
    clock,
    ids,
    network,
    handler,
    store,
    callbacks: application.forCallbacks,
    signingKey,
    route: (incoming) => {
      const call = routes.get(incoming);
      return call && { project, dialect: plan.dialect, options: call.options };
    },
  });
  const order: string[] = [];
  engine.onEntry((entry) => {
    journal.push(entry);
    if (entry.output?.type === 'call.created') order.push(entry.subject);
  });

  const begin = (call: PlannedCall) => {
    if (call.direction === 'outgoing') return place(engine, call, plan.dialect);
    routes.set(call.incoming, call);
    const script = call.caller && { script: call.caller };
    const party = network.callIn(call.incoming, { ...script, ...(player && { person: player.person }) });
    player?.takes(party);
  };
  for (const call of plan.calls) {
    if (call.atMs > 0) clock.setTimeout(() => begin(call), call.atMs);
    else begin(call);
  }
  for (const act of plan.acts) clock.setTimeout(() => perform(engine, act, order), act.atMs);
  return { engine, network, store, journal, exchanges, close: application.close };
}

function place(
  engine: Engine,
  { incoming: { to, from, transport }, options, labels }: PlannedCall,
  dialect: string,
): void {
  engine.create({ project, dialect, to, from, transport, labels, options });
}

function perform(engine: Engine, { call, act, path, atMs }: PlannedAct, order: readonly string[]): void {
  const idOf = (index: number): string => {
    const id = order[index];
    if (id !== undefined && engine.live().includes(id)) return id;
    const found = `call ${index + 1}, ${id === undefined ? `when there have been ${order.length}` : 'which has ended'}`;
    throw notValid([{ path, found, expected: `a call that lives ${atMs / 1000} s after the beginning` }]);
  };
  if (act.type === 'join') engine.bridge([{ call: idOf(call) }, { call: idOf(act.with) }]);
  else engine.act(idOf(call), act);
}

/** The application runs on this machine, or wherever its URL leads: one set of connections for all that asks it. */
function liveApplication(clock: VirtualClock, exchanges: FlowExchange[], allow: readonly string[]) {
  const begin = clock.now();
  const sockets = undiciTransport({ clock, guard: createGuard({ allow }) });
  const view = (who: FlowExchange['for']): Transport => ({
    send: (request, done) => {
      const exchange = exchangeOf(who, clock.now() - begin, request);
      exchanges.push(exchange);
      return sockets.send(request, (heard) => {
        if (heard.status !== undefined) exchange.status = heard.status;
        done(heard);
      });
    },
  });
  return {
    forHandlers: view('handler'),
    forAudio: view('audio'),
    forCallbacks: view('callback'),
    close: () => sockets.close(),
  };
}
