/** The server: chooses the adapters, ties the rooms together, and lets go of them in order. */
import type { FastifyInstance } from 'fastify';
import { enfonicaApi, isOurs, linkTo, refuseUnreadable, routeOf } from './apis/enfonica/index.ts';
import type { Service } from './apis/service.ts';
import {
  bases,
  lamlRouteOf,
  refuseUnreadable as refuseUnreadableLaml,
  signalwireApi,
} from './apis/signalwire/index.ts';
import { simulatorApi } from './apis/simulator/index.ts';
import { type Clock, realClock } from './clock.ts';
import { loadSettings } from './config/load.ts';
import { refusalOf, refusalOfSubproject } from './config/outgoing.ts';
import type { Settings } from './config/settings.ts';
import { Subprojects } from './config/subprojects.ts';
import { ConfiguredTenants } from './config/tenants.ts';
import { openVault, type Vault } from './config/vault.ts';
import { dialects } from './dialects/index.ts';
import { createEngine } from './engine.ts';
import { CallflowError } from './errors.ts';
import { createHandler } from './handler/client.ts';
import { createTills } from './handler/till.ts';
import { createIds, secureRandom } from './ids.ts';
import type { JournalEntry } from './journal.ts';
import { rateOf } from './money/rates.ts';
import { certificateIn } from './operations/certificate.ts';
import { dataFile, recordingsFolder } from './operations/data-folder.ts';
import { drain } from './operations/drain.ts';
import { errorWebhook } from './operations/error-webhook.ts';
import { filesIn } from './operations/files.ts';
import { Gate } from './operations/gate.ts';
import { housekeeping } from './operations/housekeeping.ts';
import { budgetOfProject, limitsOfCalls, limitsOfProject } from './operations/limits.ts';
import { type Logger, logEntry } from './operations/log.ts';
import { createMetrics } from './operations/metrics.ts';
import { createOutlet, createSocketOutlet, policyOf, reachOf } from './operations/outlet.ts';
import { configured, located, unlessSuspended } from './operations/routing.ts';
import { numbersOf, seed } from './operations/seeds.ts';
import { sturdyClock } from './operations/sturdy-clock.ts';
import { listenTls, type Secure } from './operations/tls.ts';
import { type Apis, createWeb } from './operations/web.ts';
import { sqliteStore } from './store/sqlite/sqlite-store.ts';
import { audioOverHttp } from './telephony/simulated/audio-over-http.ts';
import { createSimulatedNetwork } from './telephony/simulated/network.ts';
import { recordingsIn } from './telephony/simulated/recording-store.ts';
import type { Phone } from './telephony/simulated/script.ts';
import { streamsOverSockets } from './telephony/simulated/streams-over-sockets.ts';
import { connectorsOf, streamWireOf } from './vendors/index.ts';

export interface ServerOptions {
  /** The configuration; absent: none. */
  config?: string | undefined;
  /** The folder of everything that outlives the process. */
  data: string;
  host: string;
  port: number;
  /** Where it listens with TLS too; absent: as the configuration says, if it does. */
  tlsPort?: number | undefined;
  version: string;
  env: Readonly<Record<string, string | undefined>>;
  log: Logger;
}

export interface Server {
  readonly url: string;
  /** Where it can be reached with TLS; the certificate is a file where it was made here. */
  readonly tls: { url: string; certificate?: string } | undefined;
  settings(): Settings;
  /** The numbers that a project has now. */
  numbers(project: string): readonly string[];
  /** How many calls have not ended. */
  calls(): number;
  /** Something failed that nobody expected to, and what was going on may go on. */
  failed(error: unknown): void;
  /** Reads the configuration again; when something is wrong with it, the one before goes on and this throws. */
  reload(): Promise<void>;
  /** Takes nothing new, lets calls finish for as long as they may, and puts everything away. */
  drain(): Promise<void>;
}

export async function startServer(options: ServerOptions): Promise<Server> {
  const { config: file, data, log } = options;
  let count = () => {};
  const failed = (error: unknown) => {
    count();
    log.error({ err: error }, 'a defect: please report it');
  };
  const clock = sturdyClock(realClock, failed);
  const vault = openVault(data);
  const read = () => loadSettings({ file, vault, env: options.env });
  const now: Now = { settings: read(), url: '' };
  log.level = now.settings.logLevel;

  const parts = createParts(options, { clock, now, vault });
  const { store, engine, service, gate, outbox } = parts;
  await seed(now.settings, store, clock);
  const metrics = createMetrics({ engine, store });
  count = metrics.failed;
  const { follow } = metrics;
  const tell = errorWebhook({
    clock,
    transport: outbox,
    url: () => now.settings.errorWebhook,
    failed: (reason) => log.warn({ reason }, 'the error webhook was not reached'),
  });
  for (const listener of [(entry: JournalEntry) => logEntry(log, entry), follow, tell]) engine.onEntry(listener);

  const web = await createWeb({
    service,
    apis: apisOf(service, now),
    metrics,
    // Requests are no news; what fails is.
    log: log.child({}, { level: 'error' }),
    version: options.version,
    bodyBytes: () => now.settings.limits.bodyBytes ?? 1_048_576,
    requestsPerMinute: () => now.settings.limits.requestsPerMinute ?? 60_000,
    unreadable: (request, reply) =>
      refuseUnreadable(service, request, reply) || refuseUnreadableLaml(service, request, reply),
    unready: () => (gate.isOpen ? (store.ready ? undefined : 'the store cannot be written') : 'ending'),
  });
  // Before anybody can make a call that would be taken for one of the last process.
  const recovered = engine.recover();
  now.url = await listen(web, options);
  const secure = await listenSecurely(web, options, now.settings, parts).catch(async (error: unknown) => {
    // What listens already would keep the process, which has nothing to do, from ending.
    await web.close();
    throw error;
  });
  const keeping = housekeeping({
    clock,
    store,
    retentionDays: () => now.settings.retentionDays,
    removeFile: service.removeFile,
    forgot: (counts) => log.info(counts, 'what was too old is forgotten'),
    failed: (error) => log.error({ err: error }, 'files of what is too old cannot be removed'),
  });
  log.info({ url: now.url, data, version: options.version, ...recovered }, 'ready');

  let reloading = Promise.resolve();
  return {
    url: now.url,
    tls: secure && { url: secure.url, ...(secure.certificate !== undefined && { certificate: secure.certificate }) },
    settings: () => now.settings,
    numbers: (project) => numbersOf(store, project),
    calls: () => engine.live().length,
    failed,
    reload: () => {
      const reloaded = reloading.then(async () => {
        const next = read();
        await seed(next, store, clock);
        now.settings = next;
        log.level = next.logLevel;
        parts.obey(next);
      });
      reloading = reloaded.catch(() => {});
      return reloaded;
    },
    drain: async () => {
      gate.shut();
      const cut = await drain({ clock, engine, begun: metrics.begun, ms: now.settings.drainMs });
      keeping.end();
      await secure?.close();
      await web.close();
      await parts.close();
      log.info({ cut }, 'ended');
    },
  };
}

/** What changes while the server runs. */
interface Now {
  settings: Settings;
  url: string;
}

/** The engine and everything it stands on. */
function createParts({ data, log }: ServerOptions, { clock, now, vault }: { clock: Clock; now: Now; vault: Vault }) {
  const store = sqliteStore({
    file: dataFile(data),
    clock,
    onFailure: ({ code, message }) => log.error({ code }, message),
  });
  const subprojects = new Subprojects(store);
  const tenants = new ConfiguredTenants(clock, subprojects.payerOf);
  for (const part of [subprojects, tenants]) part.replace(now.settings.projects);
  const signingKey = (project: string) => tenants.signingKey(project);
  // Two of them: callbacks to an application that is slow never keep it from being asked.
  const outlet = createOutlet(clock, policyOf(now.settings));
  const outbox = createOutlet(clock, policyOf(now.settings));
  const sockets = createSocketOutlet(clock, policyOf(now.settings));
  const phones: Record<string, Phone> = { ...now.settings.phones };
  const folder = recordingsFolder(data);
  const network = createSimulatedNetwork({
    clock,
    audio: audioOverHttp({ transport: outlet, clock }),
    recordings: recordingsIn(folder),
    servers: streamsOverSockets({ sockets, wireOf: streamWireOf }),
    phones,
    isOurs: (to) => isOurs(store, to),
  });
  const ids = createIds(clock.now, secureRandom);
  const gate = new Gate(store);
  const projectOf = (id: string) => {
    const payer = subprojects.payerOf(id);
    return now.settings.projects.find((project) => project.id === payer);
  };
  const publicUrl = () => now.settings.publicUrl ?? now.url;
  const engine = createEngine({
    clock,
    ids,
    network: gate.beforeNetwork(network),
    handler: createHandler({ transport: outlet, clock, dialects, signingKey, publicUrl }),
    store,
    tills: createTills({ clock, transport: outlet, connectorsOf }),
    callbacks: outbox,
    audioOf: (file) => files.audioOf(file),
    signingKey,
    route: (incoming) => {
      const laml = lamlRouteOf(store, incoming);
      const route = laml
        ? located(laml, incoming, now.settings)
        : configured(routeOf(store, incoming, ids.random), incoming, now.settings);
      return unlessSuspended(route, subprojects);
    },
    linkTo: (...which) => link(...which),
    publicUrl,
    limits: () => limitsOfCalls(now.settings),
    limitsOf: (id) => limitsOfProject(projectOf(id)),
    rateOf: (id, call) => {
      const rates = projectOf(id)?.rates;
      return rates && rateOf(rates, call);
    },
    budgetOf: (id) => budgetOfProject(projectOf(id)),
    unseal: vault.open,
    refusalOf: (id, to) => refusalOfSubproject(subprojects.get(id)) ?? refusalOf(projectOf(id), to),
    payerOf: subprojects.payerOf,
  });
  const files = filesIn(folder);
  const service: Service = {
    clock,
    ids,
    engine: gate.beforeEngine(engine),
    store,
    network,
    tenants,
    subprojects,
    publicUrl,
    openFile: files.openFile,
    openMp3: files.openMp3,
    removeFile: files.removeFile,
    seal: vault.seal,
  };
  const link = linkTo(service);
  return {
    store,
    engine,
    service,
    gate,
    outbox,
    obey: (settings: Settings) => {
      for (const part of [subprojects, tenants]) part.replace(settings.projects);
      for (const one of [outlet, outbox, sockets]) one.obey(policyOf(settings));
      for (const address of Object.keys(phones)) delete phones[address];
      Object.assign(phones, settings.phones);
    },
    close: async () => {
      await Promise.all([outlet.close(), outbox.close(), sockets.close(), files.close()]);
      store.close();
    },
  };
}

const apisOf = (service: Service, now: Now): Apis => ({
  enfonica: { title: 'Enfonica, by callflow', plugin: enfonicaApi(service) },
  signalwire: {
    title: 'The Compatibility API of SignalWire, by callflow',
    plugin: signalwireApi(service),
    bases,
    scheme: 'basic',
  },
  simulator: {
    title: 'The simulator of callflow',
    plugin: simulatorApi(service, { reach: () => reachOf(now.settings) }),
  },
});

/** With the certificate that is configured, or one of our own. */
async function listenSecurely(
  web: FastifyInstance,
  { host, tlsPort, data }: ServerOptions,
  { tls }: Settings,
  { service: { clock, ids } }: { service: Service },
): Promise<(Secure & { certificate?: string }) | undefined> {
  if (!tls && tlsPort === undefined) return undefined;
  const port = tlsPort ?? tls?.port ?? usualTlsPort;
  if (tls?.cert !== undefined && tls.key !== undefined)
    return listenTls(web, { host, port, cert: tls.cert, key: tls.key });
  const { cert, key, file } = certificateIn(data, clock.now(), Buffer.from(ids.next()));
  return { ...(await listenTls(web, { host, port, cert, key })), certificate: file };
}

const usualTlsPort = 8443;

async function listen(web: FastifyInstance, { host, port }: ServerOptions): Promise<string> {
  try {
    return await web.listen({ host, port });
  } catch (cause) {
    throw new CallflowError('SERVER_PORT', `cannot listen at ${host}:${port}: ${(cause as Error).message}`, { cause });
  }
}
