/** The API on a real socket, with a real engine in virtual time; only the far sides are made up. */
import Fastify from 'fastify';
import { components } from '../../../src/apis/enfonica/components.ts';
import { enfonicaApi, isOurs, linkTo, refuseUnreadable, routeOf } from '../../../src/apis/enfonica/index.ts';
import type { Principal, Service, Tenants } from '../../../src/apis/service.ts';
import { VirtualClock } from '../../../src/clock.ts';
import { Subprojects } from '../../../src/config/subprojects.ts';
import { dialects } from '../../../src/dialects/index.ts';
import { createEngine } from '../../../src/engine/create-engine.ts';
import { createHandler } from '../../../src/handler/client.ts';
import type { Transport } from '../../../src/http/transport.ts';
import { createIds, seededRandom } from '../../../src/ids.ts';
import { memoryStore } from '../../../src/store/memory/memory-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { everyAudioLasts } from '../../../src/telephony/simulated/audio-lengths.ts';
import { createSimulatedNetwork } from '../../../src/telephony/simulated/network.ts';
import { holdAgainstDescription } from '../described.ts';
import { inMemory } from '../in-memory.ts';

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** Of JSON. */
  body: unknown;
}

export interface Sent {
  /** Whose token: `demo` unless given; null for none. */
  as?: string | null;
  body?: unknown;
  /** Instead of a body in JSON. */
  raw?: string | Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
}

export type Api = Awaited<ReturnType<typeof startApi>>;

const tokens: Readonly<Record<string, Principal>> = {
  demo: { project: 'demo', may: () => true },
  other: { project: 'other', may: () => true },
  reader: { project: 'demo', may: (permission) => /\.(get|list)$/.test(permission) },
  nobody: { project: 'demo', may: () => false },
};

const signingKeys: Readonly<Record<string, Uint8Array>> = {
  demo: Buffer.alloc(64, 'd'),
  other: Buffer.alloc(64, 'o'),
};

const tenants: Tenants = {
  authenticate: (token) => (Object.hasOwn(tokens, token) ? tokens[token] : undefined),
  exists: (project) => Object.hasOwn(signingKeys, project),
  signingKey: (project) => signingKeys[project] ?? new Uint8Array(64),
  exchange: (assertion, audiences) => {
    if (assertion === 'what.audiences.are') return { refused: audiences.join(' ') };
    return assertion === 'a.good.assertion' ? { accessToken: 'demo', expiresIn: 3600 } : { refused: 'it is bad' };
  },
};

/** What the engine asks and tells: documents by URL, and the bodies of webhooks. */
function application(clock: VirtualClock) {
  const documents: Record<string, string> = {};
  const webhooks: { url: string; body: unknown }[] = [];
  const answering = (answer: (url: string, sent: string) => { status: number; text: string }): Transport => ({
    send({ url, body: sent = '' }, done) {
      const { status, text } = answer(url, sent);
      const body = Buffer.from(text);
      const timer = clock.setTimeout(
        () => done({ ok: true, status, headers: { 'content-type': 'text/xml' }, setCookies: [], body, ms: 0 }),
        0,
      );
      return { abort: () => clock.clearTimeout(timer) };
    },
  });
  const forHandlers = answering((url) => ({ status: url in documents ? 200 : 404, text: documents[url] ?? '' }));
  const forWebhooks = answering((url, sent) => {
    webhooks.push({ url, body: JSON.parse(sent) });
    return { status: 200, text: '' };
  });
  return { documents, webhooks, forHandlers, forWebhooks };
}

export async function startApi(makeStore: () => Store = memoryStore) {
  const clock = new VirtualClock(Date.UTC(2026, 0, 1, 9));
  const ids = createIds(clock.now, seededRandom(7));
  const { documents, webhooks, forHandlers, forWebhooks } = application(clock);
  const recorded = new Map<string, Uint8Array>();
  const files = {
    keep: (id: string, makeWav: () => Uint8Array) => {
      recorded.set(`/data/${id}.wav`, makeWav());
      return `/data/${id}.wav`;
    },
    discard: (id: string) => void recorded.delete(`/data/${id}.wav`),
  };
  const store = makeStore();
  const network = createSimulatedNetwork({
    clock,
    audio: everyAudioLasts(2_000),
    recordings: files,
    isOurs: (to) => isOurs(store, to),
  });
  const engine = createEngine({
    clock,
    ids,
    network,
    store,
    handler: createHandler({ transport: forHandlers, clock, dialects, signingKey: tenants.signingKey }),
    callbacks: forWebhooks,
    signingKey: tenants.signingKey,
    route: (incoming) => routeOf(store, incoming, ids.random),
    refusalOf: (_project, to) => (to.startsWith('+1900') ? `${to} costs a premium` : undefined),
    limitsOf: () => ({ waiting: 150, perSecond: 100 }),
  });
  const service: Service = {
    clock,
    ids,
    engine,
    store,
    network,
    tenants,
    subprojects: new Subprojects(store),
    publicUrl: () => url,
    openFile: async (file) => inMemory(file, recorded.get(file)),
    openMp3: async (file) => inMemory(`${file}.mp3`, recorded.get(file.replace('.wav', '.mp3'))),
    removeFile: async (file) => void recorded.delete(file),
  };
  const server = Fastify({
    frameworkErrors: (error, request, reply) => {
      if (!refuseUnreadable(service, request, reply)) throw error;
    },
  });
  const differences = holdAgainstDescription(server, components);
  await server.register(enfonicaApi(service));
  const url = await server.listen({ host: '127.0.0.1', port: 0 });

  const ask = async (method: string, path: string, { as = 'demo', body, raw, headers = {} }: Sent = {}) => {
    const response = await fetch(path.startsWith('http') ? path : `${url}${path}`, {
      method,
      headers: {
        ...(as !== null && { authorization: `Bearer ${as}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...((raw ?? body) !== undefined && { body: raw ?? JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson && text ? JSON.parse(text) : undefined,
    };
  };

  return {
    url,
    clock,
    engine,
    store,
    network,
    server,
    service,
    documents,
    webhooks,
    recorded,
    ask,
    linkTo: linkTo(service),
    differences,
    close: async () => {
      const closed = engine.close();
      let isClosed = false;
      void closed.then(() => {
        isClosed = true;
      });
      // A store that commits later does so in real time: what follows from it needs the clock once more.
      for (await clock.run(clock.now() + 60_000); !isClosed; await clock.run(clock.now() + 60_000))
        await new Promise((turn) => setImmediate(turn));
      await server.close();
      store.close();
    },
  };
}
