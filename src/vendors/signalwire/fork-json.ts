/** Streams and what is like them, as the API shows them (LaML 6.3, 6.5). */
import type { ForkRecord } from '../../records/fork.ts';
import { rfc2822 } from './dates.ts';
import type { SidKind, Spelling } from './spelling.ts';

export const forkStatus = {
  starting: 'queued',
  started: 'in-progress',
  stopped: 'stopped',
  failed: 'stopped',
} as const satisfies Record<ForkRecord['state'], string>;

interface As {
  /** Below the call, or the conference. */
  segment: string;
  kind: SidKind;
  status: 'queued' | 'in-progress' | 'stopped';
}

export function toForkJson(fork: ForkRecord, sids: Spelling, { segment, kind, status }: As): object {
  const { id, name, updateTime } = fork;
  const sid = sids.sid(kind, id);
  const { whose, owner, path } = ownerOf(fork, sids);
  return {
    sid,
    account_sid: sids.account,
    [whose]: owner,
    name: name === id ? null : name,
    status,
    date_updated: rfc2822(updateTime),
    uri: sids.uri(`${path}/${owner}/${segment}/${sid}.json`),
  };
}

function ownerOf({ call = '', conference }: ForkRecord, sids: Spelling) {
  return conference === undefined
    ? { whose: 'call_sid', owner: sids.sid('call', call), path: '/Calls' }
    : { whose: 'conference_sid', owner: sids.sid('conference', conference), path: '/Conferences' };
}
