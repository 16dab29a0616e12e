/** What the configuration sets up for projects, as the resources that the APIs show and change. */
import { kinds } from '../apis/enfonica/resources.ts';
import { settingsKind } from '../apis/signalwire/index.ts';
import type { Clock } from '../clock.ts';
import type { DomainConfig, NumberConfig, ReachedConfig } from '../config/config.ts';
import { madeNumbers, type Project, type Settings } from '../config/settings.ts';
import type { Changed } from '../records/changed.ts';
import type { ResourceRecord } from '../records/resource.ts';
import type { Store } from '../store/store.ts';

const setting = 'config.resources';

type Key = readonly [kind: string, project: string, id: string];

/**
 * Brings the store up to date with the configuration: what it names is as it says, and what it named the last time and
 * names no more is deleted. What was set up by an API stays.
 */
export async function seed(settings: Settings, store: Store, clock: Clock): Promise<void> {
  const wanted = settings.projects.flatMap((project) => resourcesOf(project));
  const before: readonly Key[] = JSON.parse(store.setting(setting) ?? '[]');
  const gone = before.filter((key) => !wanted.some((one) => String(keyOf(one)) === String(key)));
  const now = clock.now();
  const changes = [
    ...wanted.flatMap((one) => changeOf(one, store, now)),
    ...gone.flatMap(([kind, project, id]) => {
      const record = store.resource(kind, project, id);
      return record && record.deleteTime === undefined ? [resource({ ...record, deleteTime: now })] : [];
    }),
    ...(settings.isMade ? settings.projects.flatMap(({ id }) => made(id, store, now)) : []),
  ];
  if (changes.length > 0)
    await new Promise<void>((done) => store.commit(() => ({ entries: [], changes, deliveries: [] }), done));
  store.putSetting(setting, JSON.stringify(wanted.map(keyOf)));
}

type Wanted = Omit<ResourceRecord, 'createTime'>;

const keyOf = ({ kind, project, id }: Wanted): Key => [kind, project, id];

const resource = (record: ResourceRecord): Changed => ({ type: 'resource', record });

function resourcesOf({ id: project, numbers, sipDomains }: Project): Wanted[] {
  return [
    ...Object.entries(numbers).map(([number, reached]) => numberOf(project, number, reached)),
    ...Object.entries(numbers).flatMap(([number, reached]) => lamlOf(project, number, reached)),
    ...Object.entries(sipDomains).map(([domain, reached]) => domainOf(project, domain, reached)),
  ];
}

/** A number is called by its digits where an id is wanted. */
const numberOf = (project: string, number: string, reached?: NumberConfig): Wanted => ({
  kind: kinds.number,
  id: number.slice(1),
  project,
  name: number,
  body: {
    phoneNumber: number,
    ...(reached?.displayName !== undefined && { displayName: reached.displayName }),
    ...(reached?.handlerUris && { incomingCallHandlerUris: reached.handlerUris }),
    ...(reached?.sku !== undefined && { sku: reached.sku }),
    ...(reached?.activationSku !== undefined && { activationSku: reached.activationSku }),
    ...(reached?.recording && { callRecordingTrigger: reached.recording.trigger.toUpperCase() }),
  },
});

/** What LaML's own settings say of it. */
function lamlOf(project: string, number: string, reached: NumberConfig): Wanted[] {
  if (reached.voiceUrl === undefined) return [];
  const written = {
    friendly_name: reached.displayName,
    voice_url: reached.voiceUrl,
    voice_method: reached.voiceMethod,
    voice_fallback_url: reached.voiceFallbackUrl,
    voice_fallback_method: reached.voiceFallbackMethod,
    status_callback: reached.statusCallback,
    status_callback_method: reached.statusCallbackMethod,
  };
  const said = Object.entries(written).filter(([, value]) => value !== undefined);
  return [{ kind: settingsKind, id: number.slice(1), project, body: Object.fromEntries(said) }];
}

const domainOf = (project: string, domain: string, reached: DomainConfig): Wanted => ({
  kind: kinds.sipDomain,
  id: domain,
  project,
  name: domain,
  body: {
    ...(reached.displayName !== undefined && { displayName: reached.displayName }),
    callTerminationMode: 'PROGRAMMABLE',
    callTerminationHandlerUris: reached.handlerUris,
    ...(reached.cidrBlocks && { cidrBlocks: reached.cidrBlocks.map((cidrBlock) => ({ cidrBlock })) }),
    ...(reached.recording && { callRecording: recordingOf(reached.recording) }),
  },
});

const recordingOf = (recording: NonNullable<ReachedConfig['recording']>) => ({
  trigger: recording.trigger.toUpperCase(),
  ...(recording.trimSilence && { postProcessing: ['TRIM_SILENCE'] }),
  ...(recording.recordingReadyUri !== undefined && { recordingReadyUri: recording.recordingReadyUri }),
  ...(recording.transcribe && { transcribe: 'DEFAULT' }),
  ...(recording.transcriptionReadyUri !== undefined && { transcriptionReadyUri: recording.transcriptionReadyUri }),
});

/** Whoever has the name already loses it: the configuration decides. */
function changeOf(wanted: Wanted, store: Store, now: number): Changed[] {
  const holder = wanted.name === undefined ? undefined : store.resourceNamed(wanted.kind, wanted.name);
  const taken =
    holder && String(keyOf(holder)) !== String(keyOf(wanted)) ? [resource({ ...holder, deleteTime: now })] : [];
  const known = store.resource(wanted.kind, wanted.project, wanted.id);
  if (known && known.deleteTime === undefined && JSON.stringify(known.body) === JSON.stringify(wanted.body))
    return taken;
  return [...taken, resource({ ...wanted, createTime: beginOf(wanted, store) ?? known?.createTime ?? now })];
}

/** The settings of a number count as long as it is the same. */
const beginOf = ({ kind, project, id }: Wanted, store: Store): number | undefined =>
  kind === settingsKind ? store.resource(kinds.number, project, id)?.createTime : undefined;

/** Made once: what becomes of them is the business of whoever has them. */
const made = (project: string, store: Store, now: number): Changed[] =>
  madeNumbers
    .map((number) => numberOf(project, number))
    .filter(({ kind, id, name }) => !store.resource(kind, project, id) && !store.resourceNamed(kind, name ?? ''))
    .map((wanted) => resource({ ...wanted, createTime: now }));

/** The numbers that a project has, in their order. */
export const numbersOf = (store: Store, project: string): string[] =>
  store
    .findResources({ kind: kinds.number, project, limit: 1_000 })
    .flatMap(({ name }) => (name === undefined ? [] : [name]))
    .sort();
