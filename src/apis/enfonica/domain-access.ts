/** Who may call a SIP domain: by address, by user, or by both where both are set up (VoiceML 4.10). */
import { BlockList } from 'node:net';
import type { Refusal } from '../../call/refusal.ts';
import type { ResourceRecord } from '../../records/resource.ts';
import type { Store } from '../../store/store.ts';
import type { Incoming } from '../../telephony/network.ts';
import { kinds } from './resources.ts';
import type { SipDomain } from './sip-domains.ts';

/** Why the domain does not take this call; undefined when it does. */
export function refusalOfCaller(store: Store, domain: ResourceRecord, incoming: Incoming): Refusal | undefined {
  if (isInside(store, domain, incoming)) return undefined;
  const { cidrBlocks = [] } = domain.body as SipDomain;
  const blocks = cidrBlocks.map(({ cidrBlock }) => cidrBlock);
  const needsUser = hasUsers(store, domain);
  if (blocks.length === 0 && !needsUser)
    return refused(`the SIP domain ${domain.id} has neither CIDR blocks nor users: nobody can call it from outside`);
  const { sourceAddress, sipUser } = incoming;
  if (blocks.length > 0 && !isWithin(blocks, sourceAddress))
    return refused(`${sourceAddress ?? 'an unknown address'} is in no CIDR block of the SIP domain ${domain.id}`);
  if (!needsUser || (sipUser !== undefined && isUser(store, domain, sipUser))) return undefined;
  const who = sipUser === undefined ? 'whoever proves to be nobody' : JSON.stringify(sipUser);
  return refused(`${who} is no user of the SIP domain ${domain.id}`);
}

/**
 * Our own calls of the same project are inside; and callers of whom the network knows nothing, as simulated ones are
 * unless they say where they come from.
 */
function isInside(store: Store, { project }: ResourceRecord, { placed, sourceAddress, sipUser }: Incoming): boolean {
  if (placed !== undefined) return store.call(placed)?.project === project;
  return sourceAddress === undefined && sipUser === undefined;
}

const refused = (reason: string): Refusal => ({ cause: 'forbidden', code: 'CALL_SOURCE_NOT_ALLOWED', reason });

const hasUsers = (store: Store, { project, id }: ResourceRecord): boolean =>
  store.findResources({ kind: kinds.user, project, parent: id, limit: 1 }).length > 0;

const isUser = (store: Store, { project, id }: ResourceRecord, user: string): boolean =>
  store.resource(kinds.user, project, `${id}/${user}`) !== undefined;

function isWithin(blocks: readonly string[], address = ''): boolean {
  const list = new BlockList();
  for (const block of blocks) {
    const [network = '', prefix] = block.split('/');
    list.addSubnet(network, Number(prefix), 'ipv4');
  }
  return list.check(address.replace(/^::ffff:/i, ''), 'ipv4');
}
