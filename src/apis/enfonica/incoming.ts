/** Which number or SIP domain an incoming call is for, and what it is to run. */
import type { Route } from '../../call/calls.ts';
import type { ResourceRecord } from '../../records.ts';
import type { Store } from '../../store/store.ts';
import type { Incoming } from '../../telephony/network.ts';
import { sipUri } from '../../verbs/addresses.ts';
import { instanceOf } from './number-records.ts';
import { post, type SpelledRecordingConfig, toRecordingConfig } from './recording-config.ts';
import { kinds } from './resources.ts';
import { type SipDomain, sipHost } from './sip-domains.ts';

/** An incoming call does not ring anybody by itself; its children have limits of their own. */
const ringMs = 30_000;

/** The route of a call to a number or to a programmable SIP domain that a project has set up. */
export function routeOf(store: Store, { to }: Pick<Incoming, 'to'>): Route | undefined {
  const domain = domainOf(store, to);
  if (domain) return ofDomain(domain);
  const number = instanceOf(store, to);
  if (!number) return undefined;
  const { incomingCallHandlerUris = [], callRecordingTrigger: trigger } = number.body;
  return ofHandlers(number.project, incomingCallHandlerUris, trigger && { trigger });
}

function domainOf(store: Store, to: string): ResourceRecord | undefined {
  const host = sipUri(to)?.host.toLowerCase();
  if (host === undefined || !host.endsWith(`.${sipHost}`)) return undefined;
  return store.resourceNamed(kinds.sipDomain, host.slice(0, -sipHost.length - 1));
}

function ofDomain({ project, body }: ResourceRecord): Route | undefined {
  const { callTerminationMode, callTerminationHandlerUris = [], callRecording } = body as SipDomain;
  if (callTerminationMode !== 'PROGRAMMABLE') return undefined;
  return ofHandlers(project, callTerminationHandlerUris, callRecording);
}

function ofHandlers(
  project: string,
  uris: readonly string[],
  recorded: SpelledRecordingConfig | undefined,
): Route | undefined {
  if (uris.length === 0) return undefined;
  const recording = toRecordingConfig(recorded);
  return {
    project,
    dialect: 'voiceml',
    options: { handlerUrls: uris.map(post), ringMs, ...(recording && { recording }) },
  };
}
