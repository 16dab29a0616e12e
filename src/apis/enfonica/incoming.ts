/** Which number or SIP domain an incoming call is for, and what it is to run. */

import type { Refusal } from '../../call/refusal.ts';
import type { Route } from '../../call/route.ts';
import type { ResourceRecord } from '../../records/resource.ts';
import type { Store } from '../../store/store.ts';
import type { Incoming } from '../../telephony/network.ts';
import { sipUri } from '../../verbs/addresses.ts';
import { routeOfDomain } from './calls-of-domain.ts';
import { instanceOf } from './number-records.ts';
import { post, type SpelledRecordingConfig, toRecordingConfig } from './recording-config.ts';
import { kinds } from './resources.ts';
import { sipHost } from './sip-domains.ts';

/** An incoming call does not ring anybody by itself; its children have limits of their own. */
const ringMs = 30_000;

/** What a call to a number or a SIP domain that a project has set up runs, or why it must not come in. */
export function routeOf(store: Store, incoming: Incoming, random: () => number): Route | Refusal | undefined {
  const domain = domainOf(store, incoming.to);
  if (domain) return routeOfDomain(domain, incoming, { store, random });
  const number = instanceOf(store, incoming.to);
  if (!number) return undefined;
  const { incomingCallHandlerUris = [], callRecordingTrigger: trigger } = number.body;
  return ofHandlers(number.project, incomingCallHandlerUris, trigger && { trigger });
}

/** Whether calls to this address come in here: to a number that somebody has, or to any SIP domain below our host. */
export const isOurs = (store: Store, to: string): boolean =>
  sipUri(to) ? domainNameIn(to) !== undefined : instanceOf(store, to) !== undefined;

function domainOf(store: Store, to: string): ResourceRecord | undefined {
  const name = domainNameIn(to);
  return name === undefined ? undefined : store.resourceNamed(kinds.sipDomain, name);
}

function domainNameIn(to: string): string | undefined {
  const host = sipUri(to)?.host.toLowerCase();
  return host?.endsWith(`.${sipHost}`) ? host.slice(0, -sipHost.length - 1) : undefined;
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
