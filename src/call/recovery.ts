import type { CallRecord, RecordingRecord } from '../records.ts';
import type { Store } from '../store/store.ts';
import type { Network } from '../telephony/network.ts';
import type { Calls } from './calls.ts';
import type { Ledger } from './ledger.ts';
import { isAnswered } from './lifecycle.ts';
import type { LiveCall } from './live-call.ts';
import type { Recordings } from './recordings.ts';

export interface RecoveryOptions {
  store: Store;
  ledger: Ledger;
  calls: Calls;
  recordings: Recordings;
  network: Network;
  /** When the last process was known to live. */
  died: number | undefined;
}

/** What the last process has left behind, and what became of it. */
export interface Recovered {
  /** Calls that wait for their turn again. */
  queued: number;
  /** Calls whose legs went with the process. */
  ended: number;
  /** Recordings that nobody will finish. */
  recordings: number;
}

/**
 * After a restart: calls that had not been placed are placed, all others have lost their legs and end, at the instant at
 * which the last process was known to live. What is owed for that is owed as for any end. What has begun in this
 * process already goes on.
 */
export function recover({ store, ledger, calls, recordings, network, died }: RecoveryOptions): Recovered {
  const left = [...store.unended()].filter(({ id }) => !calls.find(id));
  const waiting = left.filter(({ state }) => state === 'queued');
  const lost = left.filter(({ state }) => state !== 'queued');
  const pending = [...store.recordings('pending')].filter(({ id }) => !recordings.has(id));
  // Audio that was kept, and not committed, belongs to nobody.
  for (const { id } of pending) network.discard(id);
  ledger.turn(() => {
    for (const record of lost) end(record, ledger, died);
    for (const record of pending) fail(record, store, ledger);
    for (const record of waiting) {
      const call = calls.resume(record);
      call.first = replacement(record, store) ?? call.first;
    }
  });
  return { queued: waiting.length, ended: lost.length, recordings: pending.length };
}

/** What a call that was waiting is to run instead of what it was made for, if somebody has wanted that. */
function replacement({ id, family }: CallRecord, store: Store): LiveCall['first'] {
  let first: LiveCall['first'];
  for (const { subject, input } of store.journal(family)) {
    if (subject !== id) continue;
    if (input?.type === 'act.replace') first = { program: input.program };
    if (input?.type === 'act.redirect') first = { urls: input.urls };
  }
  return first;
}

function end(call: CallRecord, ledger: Ledger, died: number | undefined): void {
  const { bridge: _bridge, role: _role, ...rest } = call;
  const record: CallRecord = {
    ...rest,
    state: isAnswered(call) ? 'completed' : 'failed',
    endedBy: 'network',
    cause: 'failed',
    errorCode: 'CALL_NETWORK',
    errorMessage: 'the process that held the call ended',
    endTime: Math.max(died ?? 0, call.updateTime),
    updateTime: ledger.now(),
  };
  ledger.change({ type: 'call', record });
  ledger.output(call.id, call.family, { type: 'call.changed', state: record.state, record });
}

function fail(recording: RecordingRecord, store: Store, ledger: Ledger): void {
  const record: RecordingRecord = { ...recording, state: 'failed', error: 'internal' };
  const family = store.call(recording.call)?.family ?? recording.call;
  ledger.change({ type: 'recording', record });
  ledger.output(record.call, family, { type: 'recording.ended', record });
}
