import type { AddressInfo } from 'node:net';
import { type FastifyInstance, fastify } from 'fastify';
import type { Service, Tenants } from '../../../src/apis/service.ts';
import { type SimulatorOptions, simulatorApi } from '../../../src/apis/simulator/index.ts';
import { realClock } from '../../../src/clock.ts';
import { Subprojects } from '../../../src/config/subprojects.ts';
import { dialects } from '../../../src/dialects/index.ts';
import { createEngine } from '../../../src/engine/create-engine.ts';
import { createHandler } from '../../../src/handler/client.ts';
import { createGuard } from '../../../src/http/guard.ts';
import { undiciTransport } from '../../../src/http/undici.ts';
import { createIds, seededRandom } from '../../../src/ids.ts';
import { memoryStore } from '../../../src/store/memory/memory-store.ts';
import { audioOverHttp } from '../../../src/telephony/simulated/audio-over-http.ts';
import { createSimulatedNetwork } from '../../../src/telephony/simulated/network.ts';
import { holdAgainstDescription } from '../described.ts';

/** A server with the simulator, for tests: numbers of two projects lead to applications on this machine. */
export interface Server {
  url: string;
  application: string;
  service: Service;
  /** Asks with the token of a project, of the first unless given. */
  ask(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown, token?: string): Promise<Response>;
  close(): Promise<void>;
}

const key = new Uint8Array(64);
const projects: Readonly<Record<string, string>> = { 'token-one': 'one', 'token-two': 'two', 'token-reader': 'one' };

const tenants: Tenants = {
  authenticate: (token) => {
    const project = projects[token];
    if (project === undefined) return undefined;
    return { project, may: (permission) => token !== 'token-reader' || permission !== 'voice.calls.create' };
  },
  exists: (project) => Object.values(projects).includes(project),
  signingKey: () => key,
  exchange: () => ({ refused: 'there are no service accounts' }),
};

export const number = { one: '+61255501234', two: '+61255501235' };
/** A number of the first project that runs nothing. */
export const idleNumber = '+61255501239';

/** @param application where the handler of both projects' numbers is */
export async function startServer(application: string, options?: SimulatorOptions): Promise<Server> {
  const clock = realClock;
  const transport = undiciTransport({ clock, guard: createGuard({ allow: ['loopback'] }) });
  const network = createSimulatedNetwork({ clock, audio: audioOverHttp({ transport, clock }) });
  const ids = createIds(clock.now, seededRandom(clock.now()));
  const store = memoryStore();
  const engine = createEngine({
    clock,
    ids,
    network,
    handler: createHandler({ transport, clock, dialects, signingKey: tenants.signingKey }),
    store,
    callbacks: transport,
    signingKey: tenants.signingKey,
    route: ({ to }) => {
      const project = to === idleNumber ? 'one' : Object.entries(number).find(([, one]) => one === to)?.[0];
      const handlerUrls = to === idleNumber ? [] : [{ url: application, method: 'POST' as const }];
      return project === undefined
        ? undefined
        : { project, dialect: 'voiceml', options: { handlerUrls, ringMs: 30_000 } };
    },
  });
  let url = '';
  const nothing = async () => undefined;
  const service: Service = {
    clock,
    ids,
    engine,
    store,
    network,
    tenants,
    subprojects: new Subprojects(store),
    publicUrl: () => url,
    openFile: nothing,
    openMp3: nothing,
    removeFile: nothing,
  };
  const app: FastifyInstance = fastify();
  const differences = holdAgainstDescription(app, {});
  await app.register(simulatorApi(service, options));
  await app.listen({ port: 0, host: '127.0.0.1' });
  url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  return {
    url,
    application,
    service,
    ask: (method, path, body, token = 'token-one') =>
      fetch(new URL(path, url), {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    close: async () => {
      if (differences.length > 0) throw new Error(`not as described: ${[...new Set(differences)].join('\n')}`);
      await app.close();
      await engine.close();
      await transport.close();
    },
  };
}
