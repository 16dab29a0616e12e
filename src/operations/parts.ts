/** The engine and everything it stands on: adapters, tenants, files, and how they come to know each other. */
import { isOurs, linkTo, routeOf } from '../apis/enfonica/index.ts';
import type { Service } from '../apis/service.ts';
import { lamlRouteOf } from '../apis/signalwire/index.ts';
import type { Clock } from '../clock.ts';
import { refusalOf, refusalOfSubproject } from '../config/outgoing.ts';
import type { Settings } from '../config/settings.ts';
import { Subprojects } from '../config/subprojects.ts';
import { ConfiguredTenants } from '../config/tenants.ts';
import type { Vault } from '../config/vault.ts';
import { dialects } from '../dialects/index.ts';
import { createEngine } from '../engine/create-engine.ts';
import { createHandler } from '../handler/client.ts';
import { createTills } from '../handler/till.ts';
import { createIds, secureRandom } from '../ids.ts';
import { rateOf } from '../money/rates.ts';
import { sqliteStore } from '../store/sqlite/sqlite-store.ts';
import { audioOverHttp } from '../telephony/simulated/audio-over-http.ts';
import { createSimulatedNetwork } from '../telephony/simulated/network.ts';
import { recordingsIn } from '../telephony/simulated/recording-store.ts';
import type { Phone } from '../telephony/simulated/script.ts';
import { streamsOverSockets } from '../telephony/simulated/streams-over-sockets.ts';
import { connectorsOf, streamWireOf } from '../vendors/index.ts';
import { dataFile, recordingsFolder } from './data-folder.ts';
import { filesIn } from './files.ts';
import { Gate } from './gate.ts';
import { budgetOfProject, limitsOfCalls, limitsOfProject } from './limits.ts';
import type { Logger } from './log.ts';
import { createOutlet, createSocketOutlet, policyOf } from './outlet.ts';
import { configured, located, unlessSuspended } from './routing.ts';

/** What changes while the server runs. */
export interface Now {
  settings: Settings;
  url: string;
}

/** The engine and everything it stands on. */
export function createParts(
  { data, log }: { data: string; log: Logger },
  { clock, now, vault }: { clock: Clock; now: Now; vault: Vault },
) {
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
