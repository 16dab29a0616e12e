import { countryOf } from '../apis/enfonica/numbering-plan.ts';
import { isRefusal, type Refusal } from '../call/refusal.ts';
import type { Route } from '../call/route.ts';
import type { DomainConfig, NumberConfig, ReachedConfig } from '../config/config.ts';
import { refusalOfSubproject } from '../config/outgoing.ts';
import { homeOf } from '../config/places.ts';
import type { Settings } from '../config/settings.ts';
import type { Subprojects } from '../config/subprojects.ts';
import type { CallOptions } from '../records/call.ts';
import type { Incoming } from '../telephony/network.ts';
import type { HandlerUrl } from '../verbs/verb.ts';

/**
 * A route as the resources have it, and what only the configuration can say: dialect, callbacks, more of the recording,
 * where the caller is at home.
 */
export function configured(
  found: Route | Refusal | undefined,
  incoming: Incoming,
  settings: Settings,
): Route | Refusal | undefined {
  if (isRefusal(found)) return found;
  const route = found && located(found, incoming, settings);
  const reached = route && reachedBy(incoming.to, route.project, settings);
  if (!route || !reached) return route;
  const { dialect = route.dialect } = reached;
  const recording = recordingOf(route.options, reached);
  return {
    ...route,
    dialect,
    options: {
      ...route.options,
      ...(recording && { recording }),
      ...(reached.stateUpdateUri !== undefined && { stateCallback: post(reached.stateUpdateUri) }),
    },
  };
}

/** Nothing comes in for a subproject that is suspended or closed. */
export function unlessSuspended(
  found: Route | Refusal | undefined,
  subprojects: Pick<Subprojects, 'get'>,
): Route | Refusal | undefined {
  const reason = !found || isRefusal(found) ? undefined : refusalOfSubproject(subprojects.get(found.project));
  return reason === undefined ? found : { cause: 'unavailable', code: 'CALL_NOT_PERMITTED', reason };
}

/** A route, with where the caller is at home. */
export const located = (route: Route, incoming: Incoming, settings: Settings): Route => ({
  ...route,
  ...homeOfCaller(incoming, settings),
});

const homeOfCaller = ({ transport, from }: Incoming, { places }: Settings) =>
  transport === 'PSTN' ? homeOf(places, from, countryOf) : {};

function reachedBy(to: string, project: string, { projects }: Settings): NumberConfig | DomainConfig | undefined {
  const found = projects.find(({ id }) => id === project);
  const domain = /^sips?:[^@]*@([^.:;?]+)/i.exec(to)?.[1]?.toLowerCase();
  if (!found) return undefined;
  return domain === undefined ? own(found.numbers, to) : own(found.sipDomains, domain);
}

const own = <T>(map: Readonly<Record<string, T>>, key: string) => (Object.hasOwn(map, key) ? map[key] : undefined);

/** Whether it is recorded is said by the resource, which an API may have changed since. */
function recordingOf(
  { recording }: CallOptions,
  { recording: said }: Pick<ReachedConfig, 'recording'>,
): CallOptions['recording'] {
  if (!recording || !said) return recording;
  return {
    ...recording,
    trim: said.trimSilence ?? recording.trim,
    transcribe: said.transcribe ?? recording.transcribe,
    ...(said.recordingReadyUri !== undefined && { recordingReady: post(said.recordingReadyUri) }),
    ...(said.transcriptionReadyUri !== undefined && { transcriptionReady: post(said.transcriptionReadyUri) }),
  };
}

const post = (url: string): HandlerUrl => ({ url, method: 'POST' });
