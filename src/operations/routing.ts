import type { Route } from '../call/calls.ts';
import type { ReachedConfig } from '../config/config.ts';
import type { Settings } from '../config/settings.ts';
import type { CallOptions } from '../records.ts';
import type { Incoming } from '../telephony/network.ts';
import type { HandlerUrl } from '../verbs/verb.ts';

/** A route as the resources have it, and what only the configuration can say: dialect, callbacks, more of the recording. */
export function configured(route: Route | undefined, incoming: Incoming, settings: Settings): Route | undefined {
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
    },
  };
}

function reachedBy(to: string, project: string, { projects }: Settings): ReachedConfig | undefined {
  const found = projects.find(({ id }) => id === project);
  const domain = /^sips?:[^@]*@([^.:;?]+)/i.exec(to)?.[1]?.toLowerCase();
  if (!found) return undefined;
  return domain === undefined ? own(found.numbers, to) : own(found.sipDomains, domain);
}

const own = <T>(map: Readonly<Record<string, T>>, key: string) => (Object.hasOwn(map, key) ? map[key] : undefined);

/** Whether it is recorded is said by the resource, which an API may have changed since. */
function recordingOf({ recording }: CallOptions, { recording: said }: ReachedConfig): CallOptions['recording'] {
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
