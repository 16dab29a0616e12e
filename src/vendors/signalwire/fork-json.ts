/** Streams and what is like them, as the API shows them (LaML 6.3). */
import type { ForkRecord } from '../../records.ts';
import { rfc2822 } from './dates.ts';
import type { SidKind, Spelling } from './spelling.ts';

export const forkStatus = {
  starting: 'queued',
  started: 'in-progress',
  stopped: 'stopped',
  failed: 'stopped',
} as const satisfies Record<ForkRecord['state'], string>;

interface As {
  /** Below the call. */
  segment: string;
  kind: SidKind;
  status: 'queued' | 'in-progress' | 'stopped';
}

export function toForkJson(fork: ForkRecord, sids: Spelling, { segment, kind, status }: As): object {
  const sid = sids.sid(kind, fork.id);
  const call = sids.sid('call', fork.call);
  return {
    sid,
    account_sid: sids.account,
    call_sid: call,
    name: fork.name === fork.id ? null : fork.name,
    status,
    date_updated: rfc2822(fork.updateTime),
    uri: sids.uri(`/Calls/${call}/${segment}/${sid}.json`),
  };
}
