/** A process that serves thousands of calls at once, lets all of them end, and prints what that took. Needs `--expose-gc`. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { argv } from 'node:process';
import { setImmediate as turn } from 'node:timers/promises';
import { type Clock, realClock, VirtualClock } from '../../src/clock.ts';
import { dialects } from '../../src/dialects/index.ts';
import { createEngine } from '../../src/engine/create-engine.ts';
import { createHandler } from '../../src/handler/client.ts';
import { createGuard } from '../../src/http/guard.ts';
import type { Transport } from '../../src/http/transport.ts';
import { undiciTransport } from '../../src/http/undici.ts';
import { createIds } from '../../src/ids.ts';
import { memoryStore } from '../../src/store/memory/memory-store.ts';
import { sqliteStore } from '../../src/store/sqlite/sqlite-store.ts';
import { everyAudioLasts } from '../../src/telephony/simulated/audio-lengths.ts';
import { createSimulatedNetwork } from '../../src/telephony/simulated/network.ts';
import { more, opened } from './open.ts';
import { agent, soakDocuments } from './telephones.ts';

export interface Soak {
  calls: number;
  /** How many are made each second. */
  perSecond: number;
  /** For how long each is in its menu. */
  holdSeconds: number;
  /** Where the application is; absent: in this process. */
  origin?: string;
  /** Where everything is kept; absent: in memory, in virtual time. */
  file?: string;
}

export interface Soaked {
  /** How many calls ended in which state, children included. */
  ended: Record<string, number>;
  /** How many callbacks were owed, and what became of them. */
  callbacks: Record<string, number>;
  mostLive: number;
  left: object;
  /** Timers, on a virtual clock. */
  pending: number;
  /** What is open at the end and was not at the beginning: timers, handles, requests and files of the process. */
  leftOpen: Record<string, number>;
  /** What is open once all calls have ended, and was not before they began; connections may be kept for the next ones. */
  openedMeanwhile: Record<string, number>;
  heapBefore: number;
  heapAfter: number;
  lagMs: { p50: number; p99: number; most: number };
  seconds: number;
  cpuSeconds: number;
}

const held = '+61491570156';
const quick = '+61491570160';
/** Before the heap is looked at for the first time, so much has been done once. */
const warmUp = 500;
const glanceMs = 20;
const lagResolutionMs = 10;

console.log(JSON.stringify(await run(JSON.parse(argv[2]!))));

async function run({ calls, perSecond, holdSeconds, origin, file }: Soak): Promise<Soaked> {
  const before = opened();
  const virtual = file === undefined ? new VirtualClock() : undefined;
  const clock: Clock = virtual ?? realClock;
  const store = file === undefined ? memoryStore() : sqliteStore({ file, onFailure: fail });
  const guard = createGuard({ allow: ['loopback'] });
  const sockets = origin === undefined ? [] : [undiciTransport({ clock, guard }), undiciTransport({ clock, guard })];
  const [transport = scripted(clock), callbacks = scripted(clock)] = sockets;
  const network = createSimulatedNetwork({
    clock,
    audio: everyAudioLasts(500),
    phones: {
      [held]: { answers: 0.5, script: [{ hears: 'press one', after: holdSeconds, press: '1' }] },
      [quick]: { answers: 0.1, script: [{ hears: 'press one', after: 0.1, press: '1' }] },
      [agent]: { answers: 0.5, hangsUp: 3 },
    },
  });
  const key = new Uint8Array(64);
  const engine = createEngine({
    clock,
    ids: createIds(clock.now, Math.random),
    network,
    handler: createHandler({ transport, clock, dialects, signingKey: () => key }),
    store,
    callbacks,
    signingKey: () => key,
    route: () => undefined,
  });
  const url = (path: string) => ({ url: `${origin ?? 'http://app.example'}${path}`, method: 'POST' }) as const;
  const create = (to: string) =>
    engine.create({
      project: 'soak',
      dialect: 'voiceml',
      to,
      from: '+61255501234',
      options: { handlerUrls: [url('/voice')], stateCallback: url('/state'), ringMs: 10_000 },
    });
  let mostLive = 0;
  /** Makes so many calls, evenly, and resolves when all have ended and been told of. */
  const serve = async (count: number, rate: number, to: string) => {
    const begin = clock.now();
    let made = 0;
    const { promise, resolve } = Promise.withResolvers<void>();
    const glance = () => {
      for (const due = ((clock.now() - begin) * rate) / 1000 + 1; made < count && made < due; made++) create(to);
      mostLive = Math.max(mostLive, engine.live().length);
      if (made === count && engine.live().length === 0 && engine.deliveries.settled()) resolve();
      else clock.setTimeout(glance, glanceMs);
    };
    glance();
    await virtual?.run();
    await promise;
  };

  await serve(warmUp, perSecond, quick);
  await engine.committed();
  const heapBefore = await heap();
  const idleBefore = opened();
  const lag = monitorEventLoopDelay({ resolution: lagResolutionMs });
  const cpu = process.cpuUsage();
  const began = performance.now();
  lag.enable();
  await serve(calls, perSecond, held);
  lag.disable();
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  await engine.committed();
  const heapAfter = await heap();
  const idleAfter = opened();

  const ended = count(store.calls(), ({ state }) => state);
  const callbackStates = count(store.deliveries(), ({ state }) => state);
  await engine.close();
  await Promise.all(sockets.map((each) => each.close()));
  store.close();
  await turn();
  const atEnd = opened();
  const ms = (nanoseconds: number) => Math.max(Math.round(nanoseconds / 1e5) / 10 - lagResolutionMs, 0);
  return {
    ended,
    callbacks: callbackStates,
    mostLive,
    left: engine.left(),
    pending: virtual?.pending ?? 0,
    leftOpen: more(atEnd, before),
    openedMeanwhile: more(idleAfter, idleBefore),
    heapBefore,
    heapAfter,
    lagMs: { p50: ms(lag.percentile(50)), p99: ms(lag.percentile(99)), most: ms(lag.max) },
    seconds: Math.round(seconds),
    cpuSeconds: Math.round((user + system) / 1e6),
  };
}

/** An application that answers after 5 ms, without a socket. */
function scripted(clock: Clock): Transport {
  return {
    send: ({ url }, done) => {
      const body = Buffer.from(soakDocuments[new URL(url).pathname] ?? '');
      const headers = { 'content-type': 'text/xml' };
      const timer = clock.setTimeout(() => done({ ok: true, status: 200, headers, setCookies: [], body, ms: 5 }), 5);
      return { abort: () => clock.clearTimeout(timer) };
    },
  };
}

function count<It>(all: Iterable<It>, of: (it: It) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const it of all) counts[of(it)] = (counts[of(it)] ?? 0) + 1;
  return counts;
}

/** What is in use when everything that can go has gone. */
async function heap(): Promise<number> {
  for (let times = 0; times < 3; times++) {
    await turn();
    globalThis.gc?.();
  }
  return process.memoryUsage().heapUsed;
}

function fail(error: unknown): never {
  throw error;
}
