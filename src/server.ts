/** The server: chooses the adapters, ties the rooms together, and lets go of them in order. */
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { enfonicaApi } from './apis/enfonica/index.ts';
import type { Service } from './apis/service.ts';
import { simulatorApi } from './apis/simulator/index.ts';
import { type Clock, realClock } from './clock.ts';
import { loadSettings } from './config/load.ts';
import { refusalOf } from './config/outgoing.ts';
import type { Settings } from './config/settings.ts';
import { ConfiguredTenants } from './config/tenants.ts';
import { openVault } from './config/vault.ts';
import { dialects } from './dialects/index.ts';
import { createEngine } from './engine.ts';
import { CallflowError } from './errors.ts';
import { createHandler } from './handler/client.ts';
import { createIds } from './ids.ts';
import { errorWebhook } from './operations/error-webhook.ts';
import { filesIn } from './operations/files.ts';
import { Gate } from './operations/gate.ts';
import { housekeeping } from './operations/housekeeping.ts';
import { type Logger, logEntry } from './operations/log.ts';
import { createMetrics } from './operations/metrics.ts';
import { createOutlet, type Policy } from './operations/outlet.ts';
import { configured, routeOf } from './operations/routing.ts';
import { numbersOf, seed } from './operations/seeds.ts';
import { sturdyClock } from './operations/sturdy-clock.ts';
import { createWeb } from './operations/web.ts';
import { sqliteStore } from './store/sqlite/sqlite-store.ts';
import { audioOverHttp } from './telephony/simulated/audio-over-http.ts';
import { createSimulatedNetwork } from './telephony/simulated/network.ts';
import { recordingsIn } from './telephony/simulated/recording-store.ts';
import type { Phone } from './telephony/simulated/script.ts';

export interface ServerOptions {
  /** The configuration; absent: none. */
  config?: string | undefined;
  /** The folder of everything that outlives the process. */
  data: string;
  host: string;
  port: number;
  version: string;
  env: Readonly<Record<string, string | undefined>>;
  log: Logger;
}

export interface Server {
  readonly url: string;
  settings(): Settings;
  /** The numbers that a project has now. */
  numbers(project: string): readonly string[];
  /** How many calls have not ended. */
  calls(): number;
  /** Reads the configuration again; when something is wrong with it, the one before goes on and this throws. */
  reload(): Promise<void>;
  /** Takes nothing new, lets calls finish for as long as they may, and puts everything away. */
  drain(): Promise<void>;
}

/** What is built in at the start. */
const fixedLimits = ['bodyBytes', 'requestsPerCall', 'callsPerFamily', 'callHours'] as const;

/** After the last call, callbacks that are being sent get so much time. */
const deliveryMs = 5_000;
const glanceMs = 50;

/** The file of the data folder in which calls and everything about them are. */
export const dataFile = (data: string): string => join(data, 'callflow.sqlite');

export async function startServer(options: ServerOptions): Promise<Server> {
  const { config: file, data, env, log } = options;
  const failed = (error: unknown) => {
    metrics?.failed();
    log.error({ err: error }, 'a defect: please report it');
  };
  let metrics: ReturnType<typeof createMetrics> | undefined;
  const clock = sturdyClock(realClock, failed);
  const vault = openVault(data);
  const read = () => loadSettings({ file, vault, env });
  let settings = read();
  log.level = settings.logLevel;

  const store = sqliteStore({
    file: dataFile(data),
    clock,
    onFailure: ({ code, message }) => log.error({ code }, message),
  });
  const tenants = new ConfiguredTenants(clock);
  tenants.replace(settings.projects);
  await seed(settings, store, clock);

  // Two of them: callbacks to an application that is slow never keep it from being asked.
  const outlet = createOutlet(clock, policyOf(settings));
  const outbox = createOutlet(clock, policyOf(settings));
  const phones: Record<string, Phone> = { ...settings.phones };
  const folder = join(data, 'recordings');
  const network = createSimulatedNetwork({
    clock,
    audio: audioOverHttp({ transport: outlet, clock }),
    recordings: recordingsIn(folder),
    phones,
  });
  const ids = createIds(clock.now, random);
  const gate = new Gate();
  const signingKey = (project: string) => tenants.signingKey(project);
  const projectOf = (id: string) => settings.projects.find((project) => project.id === id);
  const { requestsPerCall, callsPerFamily, callHours } = settings.limits;
  const engine = createEngine({
    clock,
    ids,
    network: gate.beforeNetwork(network),
    handler: createHandler({ transport: outlet, clock, dialects, signingKey }),
    store,
    callbacks: outbox,
    signingKey,
    route: (incoming) => configured(routeOf(store, incoming), incoming, settings),
    limits: {
      ...(requestsPerCall !== undefined && { requests: requestsPerCall }),
      ...(callsPerFamily !== undefined && { family: callsPerFamily }),
      ...(callHours !== undefined && { callMs: callHours * 3_600_000 }),
    },
    limitsOf: (id) => limitsOf(projectOf(id)),
    refusalOf: (id, to) => {
      const project = projectOf(id);
      return project && refusalOf(project, to);
    },
  });
  const service: Service = {
    clock,
    ids,
    engine: gate.beforeEngine(engine),
    store,
    network,
    tenants,
    publicUrl: () => settings.publicUrl ?? url,
    ...filesIn(folder),
  };
  metrics = createMetrics({ engine, store });
  const follow = metrics.follow;
  engine.onEntry((entry) => logEntry(log, entry));
  engine.onEntry(follow);
  engine.onEntry(
    errorWebhook({
      clock,
      transport: outbox,
      url: () => settings.errorWebhook,
      failed: (reason) => log.warn({ reason }, 'the error webhook was not reached'),
    }),
  );

  const web = await createWeb({
    service,
    apis: {
      enfonica: { title: 'Enfonica, by callflow', plugin: enfonicaApi(service) },
      simulator: { title: 'The simulator of callflow', plugin: simulatorApi(service) },
    },
    metrics,
    // Requests are no news; what fails is.
    log: log.child({}, { level: 'error' }),
    version: options.version,
    bodyBytes: settings.limits.bodyBytes ?? 1_048_576,
    requestsPerMinute: () => settings.limits.requestsPerMinute ?? 6_000,
    unready: () => (gate.isOpen ? (store.ready ? undefined : 'the store cannot be written') : 'ending'),
  });
  let url = '';
  url = await listen(web, options);
  const keeping = housekeeping({
    clock,
    store,
    retentionDays: () => settings.retentionDays,
    removeFile: service.removeFile,
    forgot: (counts) => log.info(counts, 'what was too old is forgotten'),
    failed,
  });
  const recovered = engine.recover();
  log.info({ url, data, version: options.version, ...recovered }, 'ready');

  const reload = async () => {
    const next = read();
    await seed(next, store, clock);
    for (const name of fixedLimits)
      if (next.limits[name] !== settings.limits[name]) log.warn(`limits.${name} changes with the next start only`);
    settings = next;
    tenants.replace(next.projects);
    for (const one of [outlet, outbox]) one.obey(policyOf(next));
    for (const address of Object.keys(phones)) delete phones[address];
    Object.assign(phones, next.phones);
    log.level = next.logLevel;
  };
  let reloading = Promise.resolve();

  return {
    url,
    settings: () => settings,
    numbers: (project) => numbersOf(store, project),
    calls: () => engine.live().length,
    reload: () => {
      const reloaded = reloading.then(reload);
      reloading = reloaded.catch(() => {});
      return reloaded;
    },
    drain: async () => {
      gate.shut();
      await until(clock, settings.drainMs, () => engine.live().length === 0);
      await until(clock, deliveryMs, () => engine.deliveries.underWay === 0);
      const cut = engine.live().length;
      await engine.close();
      keeping.end();
      await web.close();
      await Promise.all([outlet.close(), outbox.close()]);
      store.close();
      log.info({ cut }, 'ended');
    },
  };
}

const policyOf = ({ allow, ca, limits }: Settings): Policy => ({
  allow,
  ca,
  connections: limits.connectionsPerHost ?? 128,
});

function limitsOf(project: Settings['projects'][number] | undefined) {
  const { callsPerSecond, concurrentCalls, waitingCalls } = project?.limits ?? {};
  return {
    ...(callsPerSecond !== undefined && { perSecond: callsPerSecond }),
    ...(concurrentCalls !== undefined && { concurrent: concurrentCalls }),
    ...(waitingCalls !== undefined && { waiting: waitingCalls }),
  };
}

async function listen(web: FastifyInstance, { host, port }: ServerOptions): Promise<string> {
  try {
    return await web.listen({ host, port });
  } catch (cause) {
    throw new CallflowError('SERVER_PORT', `cannot listen at ${host}:${port}: ${(cause as Error).message}`, { cause });
  }
}

/** Waits until something is so, or too long. */
async function until(clock: Clock, ms: number, isSo: () => boolean): Promise<void> {
  const deadline = clock.now() + ms;
  while (!isSo() && clock.now() < deadline) await new Promise<void>((done) => clock.setTimeout(done, glanceMs));
}

/** 53 random bits as a number from 0 to below 1. */
const random = () => Number(crypto.getRandomValues(new BigUint64Array(1))[0]! >> 11n) / 2 ** 53;
