/** The engine under load: its clock, its sockets and its requests are real; the telephones do not wait. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { realClock } from '../../src/clock.ts';
import { dialects } from '../../src/dialects/index.ts';
import { createEngine } from '../../src/engine/create-engine.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { createHandler } from '../../src/handler/client.ts';
import { createGuard } from '../../src/http/guard.ts';
import type { HttpRequest, Transport } from '../../src/http/transport.ts';
import { undiciTransport } from '../../src/http/undici.ts';
import { createIds, seededRandom } from '../../src/ids.ts';
import { memoryStore } from '../../src/store/memory/memory-store.ts';
import { sqliteStore } from '../../src/store/sqlite/sqlite-store.ts';
import { everyAudioLasts } from '../../src/telephony/simulated/audio-lengths.ts';
import { createSimulatedNetwork } from '../../src/telephony/simulated/network.ts';
import { arrivals, onTime } from '../arrivals.ts';
import { hurriedClock } from '../hurried-clock.ts';
import { type Dialect, menuCall, phones } from '../menu-call.ts';
import { servePart } from '../part.ts';
import { type Delays, Stopwatch } from '../stopwatch.ts';

export interface Load {
  origin: string;
  calls: number;
  dialect?: Dialect;
  /** Where it is all kept: in memory unless given. */
  store?: 'memory' | 'sqlite';
  /** How calls come: so many in a second, each at a time of its own; or each when another one has ended. */
  pace: { perSecond: number } | { atOnce: number };
  /** `requests`: every request is kept, and when it was made; `delays`: it is measured how long answers wait. */
  note?: 'requests' | 'delays';
}

export interface TimedRequest extends Pick<HttpRequest, 'url' | 'headers'> {
  /** Milliseconds after the beginning. */
  at: number;
  body: string;
}

export interface Loaded {
  /** Calls that came to a normal end. */
  completed: number;
  ms: number;
  cpuMs: number;
  requests: TimedRequest[];
  delays: Delays;
}

const clock = realClock;
const key = new Uint8Array(64).fill(7);
const signingKey = () => key;

async function load({ note, store: kind = 'memory', ...calling }: Load): Promise<Loaded> {
  const begin = performance.now();
  const cpu = process.cpuUsage();
  const requests: TimedRequest[] = [];
  const watch = new Stopwatch();
  const sockets = undiciTransport({ clock, guard: createGuard({ allow: ['loopback'] }) });
  const seen = note === 'requests' ? recorded(sockets, requests, begin) : sockets;
  const transport = note === 'delays' ? watch.transport(seen) : seen;
  const handler = createHandler({ transport, clock, dialects, signingKey });
  const network = createSimulatedNetwork({ clock: hurriedClock(), phones, audio: everyAudioLasts(2000) });
  const folder = mkdtempSync(join(tmpdir(), 'callflow-bench-'));
  const store =
    kind === 'sqlite'
      ? sqliteStore({ file: join(folder, 'callflow.db'), onFailure: fail })
      : memoryStore({ keepEnded: 1000 });
  const engine = createEngine({
    clock,
    ids: createIds(clock.now, seededRandom(1)),
    network: note === 'delays' ? watch.network(network) : network,
    handler: note === 'delays' ? watch.handler(handler) : handler,
    store,
    callbacks: sockets === seen ? sockets : seen,
    signingKey,
    route: () => undefined,
  });
  const completed = await callAll(engine, calling);
  const used = process.cpuUsage(cpu);
  const ms = performance.now() - begin;
  await engine.close();
  await sockets.close();
  store.close();
  rmSync(folder, { recursive: true });
  return { completed, ms, cpuMs: (used.user + used.system) / 1000, requests, delays: watch.delays };
}

const fail = (error: Error) => {
  throw error;
};

/** Makes all the calls, and resolves with how many came to a normal end once nothing is owed any more. */
async function callAll(engine: Engine, { origin, calls, pace, dialect }: Load): Promise<number> {
  const call = menuCall(origin, dialect);
  const { promise: over, resolve } = Promise.withResolvers<void>();
  let made = 0;
  let ended = 0;
  let completed = 0;
  const make = () => {
    made++;
    engine.create(call);
  };
  engine.onEntry(({ output }) => {
    if (output?.type !== 'call.changed') return;
    const { endTime, createMethod, state } = output.record;
    if (endTime === undefined || createMethod !== 'api') return;
    ended++;
    if (state === 'completed') completed++;
    if ('atOnce' in pace && made < calls) make();
    if (ended === calls) resolve();
  });
  if ('perSecond' in pace) await onTime(arrivals(calls, pace.perSecond), make);
  else for (let n = 0; n < pace.atOnce && n < calls; n++) make();
  await over;
  while (!engine.deliveries.settled()) await new Promise((done) => setTimeout(done, 1));
  return completed;
}

/** Notes each request on its way. */
function recorded({ send }: Transport, requests: TimedRequest[], begin: number): Transport {
  return {
    send: (request, done) => {
      const { url, headers, body = '' } = request;
      requests.push({ at: performance.now() - begin, url, headers, body });
      return send(request, done);
    },
  };
}

const tasks = { load };
export type EngineTasks = typeof tasks;

servePart(tasks);
