/** An engine in real time on this machine, with simulated telephones: what the terminal and `npm start` call with. */
import { realClock } from './clock.ts';
import { dialects } from './dialects/index.ts';
import { createEngine } from './engine/create-engine.ts';
import type { Engine } from './engine/engine.ts';
import { createHandler } from './handler/client.ts';
import { createTills } from './handler/till.ts';
import { createGuard } from './http/guard.ts';
import { undiciTransport } from './http/undici.ts';
import { createWebSockets } from './http/web-sockets.ts';
import { createIds, secureRandom } from './ids.ts';
import { memoryStore } from './store/memory/memory-store.ts';
import { audioOverHttp } from './telephony/simulated/audio-over-http.ts';
import {
  createSimulatedNetwork,
  type SimulatedNetwork,
  type SimulatedNetworkOptions,
} from './telephony/simulated/network.ts';
import { recordingsIn } from './telephony/simulated/recording-store.ts';
import { streamsOverSockets } from './telephony/simulated/streams-over-sockets.ts';
import { connectorsOf, streamWireOf } from './vendors/index.ts';

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
  const sockets = createWebSockets({ clock, guard: createGuard({ allow }) });
  const network = createSimulatedNetwork({
    clock,
    servers: streamsOverSockets({ sockets, wireOf: streamWireOf }),
    audio: audioOverHttp({ transport, clock }),
    recordings: recordingsIn(recordings),
    ...(phones && { phones }),
    ...(onRing && { onRing }),
  });
  const engine = createEngine({
    clock,
    ids: createIds(clock.now, secureRandom),
    network,
    handler: createHandler({ transport, clock, dialects, signingKey: () => signingKey }),
    store: memoryStore(),
    tills: createTills({ clock, transport, connectorsOf }),
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
      await Promise.all([transport.close(), sockets.close()]);
    },
  };
}
