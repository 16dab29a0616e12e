import type { CallOptions, CallRecord } from '../records.ts';

/** What every new call has, before anything is known of it. */
export const blank = (id: string, now: number) =>
  ({ id, family: id, createTime: now, updateTime: now, labels: {}, bridged: false, mode: 'document' }) as const;

type Routed = Pick<CallRecord, 'project' | 'dialect'> & { options: CallOptions; mode?: CallRecord['mode'] };

/** What its route says of it, and nothing else that a route may hold. */
export const routed = ({ project, dialect, options, mode }: Routed) =>
  ({ project, dialect, options, mode: mode ?? 'document' }) as const;
