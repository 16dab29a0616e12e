import type { CallRecord, RecordingRecord } from '../records.ts';
import type { Store } from '../store/store.ts';
import type { Calls } from './calls.ts';
import type { Ledger } from './ledger.ts';
import { isAnswered } from './lifecycle.ts';

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
 * which the last process was known to live. What is owed for that is owed as for any end.
 */
export function recover(store: Store, ledger: Ledger, calls: Calls): Recovered {
  const left = [...store.unended()];
  const died = store.lastHeartbeat();
  const pending = [...store.recordings()].filter(({ state }) => state === 'pending');
  const waiting = left.filter(({ state }) => state === 'queued');
  const lost = left.filter(({ state }) => state !== 'queued');
  ledger.turn(() => {
    for (const record of lost) end(record, ledger, died);
    for (const record of pending) fail(record, store, ledger);
    for (const record of waiting) calls.resume(record);
  });
  return { queued: waiting.length, ended: lost.length, recordings: pending.length };
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
