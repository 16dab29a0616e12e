/** The API on a real socket, with a real engine in virtual time, and the vendors' own clients; only the far sides are made up. */
import { RestClient } from '@signalwire/compatibility-api';
import Fastify from 'fastify';
import twilio from 'twilio';
import { enfonicaApi, isOurs, routeOf } from '../../../src/apis/enfonica/index.ts';
import type { Principal, Service, Tenants } from '../../../src/apis/service.ts';
import { routerOptions } from '../../../src/apis/serving.ts';
import { components } from '../../../src/apis/signalwire/components.ts';
import { bases, lamlRouteOf, refuseUnreadable, signalwireApi } from '../../../src/apis/signalwire/index.ts';
import type { ProjectLimits } from '../../../src/call/admission.ts';
import { VirtualClock } from '../../../src/clock.ts';
import { refusalOfSubproject } from '../../../src/config/outgoing.ts';
import { Subprojects } from '../../../src/config/subprojects.ts';
import { dialects } from '../../../src/dialects/index.ts';
import { createEngine } from '../../../src/engine/create-engine.ts';
import { createHandler } from '../../../src/handler/client.ts';
import { createTills } from '../../../src/handler/till.ts';
import type { Transport } from '../../../src/http/transport.ts';
import { createIds, seededRandom } from '../../../src/ids.ts';
import { toMoney, toNanos } from '../../../src/money/money.ts';
import { unlessSuspended } from '../../../src/operations/routing.ts';
import type { FlowStream } from '../../../src/replay/flow.ts';
import { scriptedStreams } from '../../../src/replay/scripted-streams.ts';
import { memoryStore } from '../../../src/store/memory/memory-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { everyAudioLasts } from '../../../src/telephony/simulated/audio-lengths.ts';
import { createSimulatedNetwork } from '../../../src/telephony/simulated/network.ts';
import type { Phone } from '../../../src/telephony/simulated/script.ts';
import type { AudioStream } from '../../../src/telephony/streams.ts';
import { connectorsOf } from '../../../src/vendors/index.ts';
import { accountSid, prefixed } from '../../../src/vendors/signalwire/sids.ts';
import { holdAgainstDescription } from '../described.ts';
import { inMemory } from '../in-memory.ts';

export const app = 'https://app.example';
/** A number of the project. */
export const ours = '+15550100001';
/** Somebody who answers and stays. */
export const somebody = '+15550100099';

const tokens: Readonly<Record<string, Principal>> = {
  'demo-token': { project: 'demo', may: () => true },
  'other-token': { project: 'other', may: () => true },
  'branch-token': { project: 'branch', may: () => true },
  'reader-token': { project: 'demo', may: (permission) => /\.(get|list)$/.test(permission) },
};

const signingKeys: Readonly<Record<string, Uint8Array>> = {
  demo: Buffer.alloc(64, 'd'),
  other: Buffer.alloc(64, 'o'),
};

const noKey = new Uint8Array(64);

const tenantsOf = ({ payerOf }: Subprojects): Tenants => ({
  authenticate: (token) => (Object.hasOwn(tokens, token) ? tokens[token] : undefined),
  exists: (project) => Object.hasOwn(signingKeys, payerOf(project)),
  signingKey: (project) => signingKeys[payerOf(project)] ?? noKey,
  exchange: () => ({ refused: 'there are none here' }),
});

/** Both spellings of an account. */
export const accounts = {
  uuid: accountSid('demo'),
  ac: prefixed('AC', accountSid('demo')),
  other: accountSid('other'),
  branch: accountSid('branch'),
} as const;

export interface Exchange {
  method: string;
  url: string;
  form: Record<string, string>;
}

/** What the engine asks and tells: documents by path, and everything that was asked. */
function application(clock: VirtualClock) {
  const documents: Record<string, string> = { '/hold': '<Response><Pause length="600"/></Response>' };
  const asked: Exchange[] = [];
  const hears: ((exchange: Exchange) => void)[] = [];
  const transport: Transport = {
    send({ url, method, body = '' }, done) {
      const { pathname } = new URL(url);
      const text = documents[pathname];
      const exchange = { method, url, form: Object.fromEntries(new URLSearchParams(String(body))) };
      asked.push(exchange);
      for (const hear of hears) hear(exchange);
      const timer = clock.setTimeout(
        () =>
          done({
            ok: true,
            status: 200,
            headers: { 'content-type': 'text/xml' },
            setCookies: [],
            body: Buffer.from(text ?? ''),
            ms: 0,
          }),
        0,
      );
      return { abort: () => clock.clearTimeout(timer) };
    },
  };
  return { documents, asked, transport, onAsked: (hear: (exchange: Exchange) => void) => hears.push(hear) };
}

/** Every route is described once: under the base of the vendor, without extension. */
const describedAt = (url: string) => url.replace(/^(?:\/api\/laml)*\/2010-04-01/, bases[0]).replace(/\.json$/, '');

/** While an answer waits for what is due at this very moment, that happens: whoever ends a call waits for its leg. */
function settling(clock: VirtualClock, isOver: () => boolean): void {
  const turn = async () => {
    if (isOver()) return;
    await clock.run(clock.now());
    setImmediate(turn);
  };
  setImmediate(turn);
}

export type Api = Awaited<ReturnType<typeof startApi>>;

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  body: unknown;
}

export interface Sent {
  /** Account and token; null: nobody. */
  as?: readonly [account: string, token: string] | null;
  form?: Readonly<Record<string, string>> | [string, string][];
  /** The body as it is sent, in place of a form. */
  body?: string | Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
}

export async function startApi(makeStore: () => Store = memoryStore) {
  const clock = new VirtualClock(Date.UTC(2026, 0, 1, 9));
  const ids = createIds(clock.now, seededRandom(7));
  const { documents, asked, transport, onAsked } = application(clock);
  const recorded = new Map<string, Uint8Array>();
  const store = makeStore();
  const subprojects = new Subprojects(store);
  subprojects.replace([{ id: 'demo' }, { id: 'other' }, { id: 'branch', parent: 'demo' }]);
  const tenants = tenantsOf(subprojects);
  const phones: Record<string, Phone> = {};
  const limits: Partial<ProjectLimits> = { waiting: 150, perSecond: 100 };
  const streams: Record<string, FlowStream> = {};
  const opened: AudioStream[] = [];
  const network = createSimulatedNetwork({
    clock,
    phones,
    audio: everyAudioLasts(2_000),
    recordings: {
      keep: (id: string, makeWav: () => Uint8Array) => {
        recorded.set(`/data/${id}.wav`, makeWav());
        return `/data/${id}.wav`;
      },
      discard: (id: string) => void recorded.delete(`/data/${id}.wav`),
    },
    isOurs: (to) => isOurs(store, to),
    servers: {
      open: (stream, listener) => {
        opened.push(stream);
        return scriptedStreams(clock, streams).open(stream, listener);
      },
    },
  });
  const engine = createEngine({
    clock,
    ids,
    network,
    store,
    handler: createHandler({ transport, clock, dialects, signingKey: tenants.signingKey }),
    tills: createTills({ clock, transport, connectorsOf }),
    callbacks: transport,
    signingKey: tenants.signingKey,
    route: (incoming) =>
      unlessSuspended(lamlRouteOf(store, incoming) ?? routeOf(store, incoming, ids.random), subprojects),
    payerOf: subprojects.payerOf,
    refusalOf: (project, to) =>
      refusalOfSubproject(subprojects.get(project)) ?? (to.startsWith('+1900') ? `${to} costs a premium` : undefined),
    limitsOf: () => limits,
    rateOf: (_project, { to }) =>
      to.startsWith('+1555') ? { perMinute: toMoney('USD', toNanos('0.0085')), first: 60, next: 60 } : undefined,
  });
  const service: Service = {
    clock,
    ids,
    engine,
    store,
    network,
    tenants,
    subprojects,
    publicUrl: () => url,
    openFile: async (file) => inMemory(file, recorded.get(file)),
    openMp3: async (file, isMixed) =>
      inMemory(`${file}.mp3`, recorded.get(file) && Buffer.from(isMixed ? 'mixed mp3' : 'mp3')),
    removeFile: async (file) => void recorded.delete(file),
  };
  const server = Fastify({
    routerOptions,
    frameworkErrors: (error, request, reply) => {
      if (!refuseUnreadable(service, request, reply)) throw error;
    },
  });
  server.addHook('onRequest', async (request, reply) => {
    if (request.method === 'POST' && request.routeOptions.url?.endsWith('/Calls/:call'))
      settling(clock, () => reply.raw.writableEnded);
  });
  const differences: string[][] = [];
  await server.register(async (scope) => {
    differences.push(holdAgainstDescription(scope, components, describedAt));
    await scope.register(signalwireApi(service));
  });
  await server.register(enfonicaApi(service));
  const url = await server.listen({ host: '127.0.0.1', port: 0 });

  const signalwire = () => {
    const client = RestClient(accounts.uuid, 'demo-token', { signalwireSpaceUrl: 'unused.invalid' });
    client.api.baseUrl = url;
    return client;
  };
  const ofTwilio = () => {
    const client = twilio(accounts.ac, 'demo-token');
    client.api.baseUrl = url;
    return client;
  };

  const ask = async (
    method: string,
    path: string,
    { as = [accounts.uuid, 'demo-token'], form, body, headers }: Sent = {},
  ): Promise<Answer> => {
    const response = await fetch(path.startsWith('http') ? path : `${url}${path}`, {
      method,
      headers: {
        ...(as && { authorization: `Basic ${Buffer.from(as.join(':')).toString('base64')}` }),
        ...headers,
      },
      ...(form && { body: new URLSearchParams(Array.isArray(form) ? form : Object.entries(form)) }),
      ...(body !== undefined && { body }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: text.startsWith('{') ? JSON.parse(text) : undefined,
    };
  };
  const base = `/api/laml/2010-04-01/Accounts/${accounts.uuid}`;
  const own = await ask('POST', `${base}/IncomingPhoneNumbers`, { form: { PhoneNumber: ours } });
  if (own.status !== 201) throw new Error(own.text);

  return {
    url,
    base,
    clock,
    engine,
    store,
    network,
    server,
    service,
    documents,
    asked,
    /** Hears of every request to the application when it is sent. */
    onAsked,
    phones,
    /** What the calls of a project may do together: may be changed. */
    limits,
    /** Servers of streams, by URL, and what has been streamed to them, or to nobody. */
    streams,
    opened,
    recorded,
    ask,
    /** Answers that are not as the description says. */
    differences: () => differences.flat(),
    signalwire,
    twilio: ofTwilio,
    /** Lets time pass, as long as nothing else has to happen in real time. */
    pass: (ms: number) => clock.run(clock.now() + ms),
    close: async () => {
      const closed = engine.close();
      let isClosed = false;
      void closed.then(() => {
        isClosed = true;
      });
      for (await clock.run(clock.now() + 60_000); !isClosed; await clock.run(clock.now() + 60_000))
        await new Promise((turn) => setImmediate(turn));
      await server.close();
      store.close();
    },
  };
}
