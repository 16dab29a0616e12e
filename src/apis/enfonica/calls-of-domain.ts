/** What a call to an address of a SIP domain runs: an alias, the telephone network, or handlers (VoiceML 4.10). */

import type { Refusal } from '../../call/refusal.ts';
import type { Route } from '../../call/route.ts';
import type { ResourceRecord } from '../../records/resource.ts';
import type { Store } from '../../store/store.ts';
import type { Incoming } from '../../telephony/network.ts';
import { isE164, userOf } from '../../verbs/addresses.ts';
import type { Dial } from '../../verbs/dial.ts';
import type { Alias } from './aliases.ts';
import { refusalOfCaller } from './domain-access.ts';
import { balanced } from './load-balancer.ts';
import { post, toRecordingConfig } from './recording-config.ts';
import { kinds } from './resources.ts';
import type { SipDomain } from './sip-domains.ts';

/** An incoming call does not ring anybody by itself; its children have limits of their own. */
const ringMs = 30_000;

export function routeOfDomain(
  domain: ResourceRecord,
  incoming: Incoming,
  { store, random }: { store: Store; random(): number },
): Route | Refusal {
  const refusal = refusalOfCaller(store, domain, incoming);
  if (refusal) return refusal;
  const { callTerminationMode: mode, callTerminationHandlerUris: uris = [] } = domain.body as SipDomain;
  const user = userOf(incoming.to) ?? '';
  const alias = store.resource(kinds.alias, domain.project, `${domain.id}/${user.toLowerCase()}`);
  if (alias) return running(domain, balanced((alias.body as Alias).loadBalancerConfig ?? {}, random));
  if (mode === 'PSTN_TRUNK') return isE164(user) ? running(domain, onwards(user)) : notANumber(incoming.to);
  if (mode === 'PROGRAMMABLE')
    return { ...basics(domain), options: { ...optionsOf(domain), handlerUrls: uris.map(post) } };
  return {
    cause: 'forbidden',
    code: 'CALL_NO_ROUTE',
    reason: `nothing is set up for calls to ${incoming.to}: the SIP domain ${domain.id} takes none (callTerminationMode)`,
  };
}

const basics = ({ project }: ResourceRecord) => ({ project, dialect: 'voiceml' });

function optionsOf({ body }: ResourceRecord): Route['options'] {
  const recording = toRecordingConfig((body as SipDomain).callRecording);
  return { handlerUrls: [], ringMs, ...(recording && { recording }) };
}

const running = (domain: ResourceRecord, dial: Dial): Route => ({
  ...basics(domain),
  options: optionsOf(domain),
  program: { dialect: 'voiceml', url: '', purpose: 'main', instructions: [dial] },
});

/** As long as telephone networks let anybody ring. */
const trunkRingMs = 180_000;

/** A trunk: whom the device has dialled is called on the telephone network, and ends as that call ends. */
const onwards = (number: string): Dial => ({
  verb: 'dial',
  answers: false,
  targets: [{ to: number, transport: 'PSTN' }],
  strategy: 'simultaneous',
  ringMs: trunkRingMs,
  maxMs: 14_400_000,
  relays: true,
});

const notANumber = (to: string): Refusal => ({
  cause: 'invalidNumber',
  code: 'CALL_NUMBER_NOT_VALID',
  reason: `a call to a trunk goes to a number in E.164 with a plus, and ${to} names none`,
});
