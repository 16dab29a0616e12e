/** An engine in real time on this machine, with simulated telephones: what the terminal and `npm start` call with. */
import { realClock } from './clock.ts';
import { dialects } from './dialects/index.ts';
import { createEngine, type Engine } from './engine.ts';
import { createHandler } from './handler/client.ts';
import { createGuard } from './http/guard.ts';
import { undiciTransport } from './http/undici.ts';
import { createIds } from './ids.ts';
import { memoryStore } from './store/memory/memory-store.ts';
import { audioOverHttp } from './telephony/simulated/audio-over-http.ts';
import {
  createSimulatedNetwork,
  type SimulatedNetwork,
  type SimulatedNetworkOptions,
} from './telephony/simulated/network.ts';
import { recordingsIn } from './telephony/simulated/recording-store.ts';

export interface LocalOptions {
  dialect: string;
  /** Asked in this order until one gives a document. */
  handlerUrls: readonly string[];
  /** Where the application may be, beside public addresses: what the URL guard allows. */
  allow: readonly string[];
  /** The folder for recorded audio. */
  recordings: string;
  /** With which requests are signed. */
  signingKey: Uint8Array;
  phones?: SimulatedNetworkOptions['phones'];
  onRing?: SimulatedNetworkOptions['onRing'];
}

export interface Local {
  engine: Engine;
  network: SimulatedNetwork;
  /** Ends all calls, and every connection. */
  close(): Promise<void>;
}

export function createLocal(options: LocalOptions): Local {
  const { dialect, handlerUrls, allow, recordings, signingKey, phones, onRing } = options;
  const clock = realClock;
  const transport = undiciTransport({ clock, guard: createGuard({ allow }) });
  const network = createSimulatedNetwork({
    clock,
    audio: audioOverHttp({ transport, clock }),
    recordings: recordingsIn(recordings),
    ...(phones && { phones }),
    ...(onRing && { onRing }),
  });
  const engine = createEngine({
    clock,
    ids: createIds(clock.now, random),
    network,
    handler: createHandler({ transport, clock, dialects, signingKey: () => signingKey }),
    store: memoryStore(),
    callbacks: transport,
    signingKey: () => signingKey,
    route: () => ({
      project: 'local',
      dialect,
      options: { handlerUrls: handlerUrls.map((url) => ({ url, method: 'POST' })), ringMs: 60_000 },
    }),
  });
  return {
    engine,
    network,
    close: async () => {
      await engine.close();
      await transport.close();
    },
  };
}

/** 53 random bits as a number from 0 to below 1. */
const random = () => Number(crypto.getRandomValues(new BigUint64Array(1))[0]! >> 11n) / 2 ** 53;
