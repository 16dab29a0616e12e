/** The server: chooses the adapters, ties the rooms together, and lets go of them in order. */
import type { FastifyInstance } from 'fastify';
import { enfonicaApi, refuseUnreadable } from './apis/enfonica/index.ts';
import type { Service } from './apis/service.ts';
import { bases, refuseUnreadable as refuseUnreadableLaml, signalwireApi } from './apis/signalwire/index.ts';
import { simulatorApi } from './apis/simulator/index.ts';
import { realClock } from './clock.ts';
import { loadSettings } from './config/load.ts';
import type { Settings } from './config/settings.ts';
import { openVault } from './config/vault.ts';
import { CallflowError } from './errors.ts';
import type { JournalEntry } from './journal/journal.ts';
import { certificateIn } from './operations/certificate.ts';
import { drain } from './operations/drain.ts';
import { errorWebhook } from './operations/error-webhook.ts';
import { housekeeping } from './operations/housekeeping.ts';
import { type Logger, logEntry } from './operations/log.ts';
import { createMetrics } from './operations/metrics.ts';
import { reachOf } from './operations/outlet.ts';
import { createParts, type Now } from './operations/parts.ts';
import { numbersOf, seed } from './operations/seeds.ts';
import { sturdyClock } from './operations/sturdy-clock.ts';
import { listenTls, type Secure } from './operations/tls.ts';
import { type Apis, createWeb } from './operations/web.ts';

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
