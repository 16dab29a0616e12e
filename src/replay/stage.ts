import type { VirtualClock } from '../clock.ts';
import { dialects } from '../dialects/index.ts';
import { createEngine } from '../engine/create-engine.ts';
import type { Engine } from '../engine/engine.ts';
import { createHandler } from '../handler/client.ts';
import { createTills } from '../handler/till.ts';
import { type Reach, reachingTransport } from '../http/reach.ts';
import type { Transport } from '../http/transport.ts';
import { createIds, type Ids, seededRandom } from '../ids.ts';
import type { Act, Steering } from '../journal/act.ts';
import type { JournalEntry } from '../journal/journal.ts';
import { memoryStore } from '../store/memory/memory-store.ts';
import type { Store } from '../store/store.ts';
import type { Incoming } from '../telephony/network.ts';
import { audioOverHttp } from '../telephony/simulated/audio-over-http.ts';
import { createSimulatedNetwork, type SimulatedNetwork } from '../telephony/simulated/network.ts';
import type { OnRing, Party, Person } from '../telephony/simulated/party.ts';
import { connectorsOf } from '../vendors/index.ts';
import { performCheckout } from './checkout-acts.ts';
import { exchangeOf, type FlowExchange } from './exchange.ts';
import { notValid } from './flow-shape.ts';
import type { Plan, PlannedAct } from './plan.ts';
import type { PlannedCall } from './planned-call.ts';
import { performInRoom, recordedByApi } from './room-acts.ts';
import { scriptedStreams } from './scripted-streams.ts';
import { scriptedApplication } from './scripted-transport.ts';

/** Everything that one run of a flow consists of. */
export interface Stage {
  engine: Engine;
  network: SimulatedNetwork;
  store: Store;
  journal: JournalEntry[];
  exchanges: FlowExchange[];
  /** Makes a call, now: gives whoever calls, or the id of a call that an API has made. */
  begin(call: PlannedCall, person?: Person): Party | string;
  close(): Promise<void>;
}

const project = 'flow';
const key = new Uint8Array(64);
const signingKey = () => key;
const publicUrl = () => 'https://callflow.example';

/** Whoever plays the callers of a run, beside or instead of their scripts. */
export interface Player {
  person?: Person;
  /** A call has been made: this is whom to tell what to do. */
  takes?(party: Party): void;
  /** Who takes a call that the engine makes, in place of a phone. */
  onRing?: OnRing;
  /** What stands between the engine and the application when it asks for documents. */
  between?: ((transport: Transport, clock: VirtualClock) => Transport) | undefined;
}

export const nearby: Reach = { allow: ['loopback', 'private', 'uniqueLocal'] };

/** Sets up the engine of a run, and everybody who will call or do something. */
export function stageOf(plan: Plan, clock: VirtualClock, reach: Reach = nearby, player?: Player): Stage {
  const journal: JournalEntry[] = [];
  const exchanges: FlowExchange[] = [];
  const ids = createIds(clock.now, seededRandom(plan.seed));
  const store = memoryStore();
  const application = plan.answers
    ? scriptedApplication({ clock, answers: plan.answers, read: plan.read, onExchange: (one) => exchanges.push(one) })
    : liveApplication(clock, exchanges, reach);
  const handler = createHandler({
    transport: player?.between?.(application.forHandlers, clock) ?? application.forHandlers,
    clock,
    dialects,
    known: plan.known,
    signingKey,
    publicUrl,
  });
  const network = createSimulatedNetwork({
    clock,
    phones: plan.phones,
    servers: scriptedStreams(clock, plan.streams),
    ...(player?.onRing && { onRing: player.onRing }),
    isOurs: (to) => Object.hasOwn(plan.numbers, to),
    audio: audioOverHttp({ clock, transport: application.forAudio }),
  });
  const routes = new Map<Incoming, PlannedCall>();
  const engine = createEngine({
    clock,
    ids,
    network,
    handler,
    store,
    tills: createTills({ clock, transport: application.forPayments, connectorsOf }),
    callbacks: application.forCallbacks,
    signingKey,
    publicUrl,
    route: (incoming) => {
      const options = routes.get(incoming)?.options ?? plan.numbers[incoming.to];
      return options && { project, dialect: plan.dialect, options };
    },
  });
  const order: string[] = [];
  engine.onEntry((entry) => {
    journal.push(entry);
    if (entry.output?.type === 'call.created') order.push(entry.subject);
  });

  const begin = (call: PlannedCall, person = player?.person): Party | string => {
    if (call.direction === 'outgoing') return place(engine, call, plan.dialect);
    routes.set(call.incoming, call);
    const script = call.caller && { script: call.caller };
    const party = network.callIn(call.incoming, { ...script, ...(person && { person }) });
    player?.takes?.(party);
    return party;
  };
  for (const call of plan.calls) {
    if (call.atMs > 0) clock.setTimeout(() => begin(call), call.atMs);
    else begin(call);
  }
  const recordings = new Map<string, string>();
  for (const act of plan.acts) clock.setTimeout(() => perform(engine, act, { order, ids, recordings }), act.atMs);
  return { engine, network, store, journal, exchanges, begin, close: application.close };
}

function place(
  engine: Engine,
  { incoming: { to, from, transport }, options, labels }: PlannedCall,
  dialect: string,
): string {
  return engine.create({ project, dialect, to, from, transport, labels, options });
}

/** What acts speak of: calls in the order in which they came to be, and of each the recording that an act began. */
interface Known {
  order: readonly string[];
  ids: Ids;
  recordings: Map<string, string>;
}

function perform(engine: Engine, { call, act, path, atMs }: PlannedAct, { order, ids, recordings }: Known): void {
  const idOf = (index: number): string => {
    const id = order[index];
    if (id !== undefined && engine.live().includes(id)) return id;
    const found = `call ${index + 1}, ${id === undefined ? `when there have been ${order.length}` : 'which has ended'}`;
    throw notValid([{ path, found, expected: `a call that lives ${atMs / 1000} s after the beginning` }]);
  };
  const refuse = (found: string) => {
    throw notValid([{ path, found, expected: `somebody to do it to ${atMs / 1000} s after the beginning` }]);
  };
  if (act.type === 'join') engine.bridge([{ call: idOf(call) }, { call: idOf(act.with) }]);
  else if (isAct(act)) engine.act(idOf(call), act);
  else if (act.type === 'checkout') {
    const obstacle = performCheckout(engine, idOf(call), act);
    if (obstacle !== undefined) refuse(obstacle);
  } else if (act.type === 'recordCall') {
    if (!record(engine, idOf(call), act.what, { ids, recordings })) refuse('no recording');
  } else if (!performInRoom(engine, project, act, (index = call) => idOf(index), ids.next))
    refuse('nobody in a conference or queue');
}

/** Begins the recording of a call, or steers it; false when there is none. */
function record(
  engine: Engine,
  call: string,
  what: 'start' | Steering,
  { ids, recordings }: Pick<Known, 'ids' | 'recordings'>,
): boolean {
  const recording = what === 'start' ? ids.next() : recordings.get(call);
  if (recording === undefined) return false;
  recordings.set(call, recording);
  return engine.act(
    call,
    what === 'start'
      ? { type: 'act.record', recording, options: recordedByApi }
      : { type: 'act.recording', recording, what },
  );
}

const isAct = (act: PlannedAct['act']): act is Act => act.type.startsWith('act.');

/** The application runs on this machine, or wherever its URL leads: one set of connections for all that asks it. */
function liveApplication(clock: VirtualClock, exchanges: FlowExchange[], reach: Reach) {
  const begin = clock.now();
  const sockets = reachingTransport(clock, reach);
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
    forPayments: sockets,
    close: () => sockets.close(),
  };
}
