import type { CallRecord } from '../records/call.ts';
import type { RecordingRecord } from '../records/recording.ts';
import type { Store } from '../store/store.ts';
import type { Network } from '../telephony/network.ts';
import { Secret } from '../telephony/secret.ts';
import type { Calls } from './calls.ts';
import type { Checkouts } from './checkouts.ts';
import type { Conferences } from './conferences.ts';
import { settled } from './debts.ts';
import type { Forks } from './forks.ts';
import type { Ledger } from './ledger.ts';
import { isAnswered } from './lifecycle.ts';
import type { LiveCall } from './live-call.ts';
import { endLostCheckouts } from './lost-checkouts.ts';
import { endLost } from './lost-conferences.ts';
import { endLostForks } from './lost-forks.ts';
import type { Messages } from './messages.ts';
import type { Recordings } from './recordings.ts';
import { charged, type Spending } from './spending.ts';

export interface RecoveryOptions {
  store: Store;
  ledger: Ledger;
  calls: Calls;
  recordings: Recordings;
  conferences: Conferences;
  messages: Messages;
  forks: Forks;
  checkouts: Checkouts;
  /** Goes on sending audio to where it is to be kept. */
  upload(record: RecordingRecord, family: string): void;
  spending: Spending;
  network: Network;
  /** When the last process was known to live. */
  died: number | undefined;
  /** Gives back what was encrypted to be kept with a call. */
  unseal?: (sealed: string) => string;
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
export function recover(options: RecoveryOptions): Recovered {
  const { store, ledger, calls, recordings, conferences, messages, forks, checkouts } = options;
  const { spending, network, died, unseal } = options;
  const left = [...store.unended()].filter(({ id }) => !calls.find(id));
  const waiting = left.filter(({ state }) => state === 'queued');
  const lost = left.filter(({ state }) => state !== 'queued');
  const pending = [...store.recordings('pending')].filter(({ id }) => !recordings.has(id));
  // Audio that was kept, and not committed, belongs to nobody.
  for (const { id } of pending) network.discard(id);
  const debts = [...store.deliveries('owed')].filter(({ debt }) => debt !== undefined);
  const meetings = [...store.unendedConferences()].filter(({ id }) => !conferences.find(id));
  const forked = debts.filter(({ debt, id }) => debt === 'fork' && !forks.has(id));
  const paying = debts.filter(({ debt, id }) => debt === 'payment' && !checkouts.has(id));
  ledger.turn(() => {
    endLostForks(store, ledger, forked, died);
    endLostCheckouts(store, ledger, paying, died);
    for (const record of lost) spending.ended(end(record, ledger, died));
    endLost(store, ledger, meetings, died);
    for (const record of pending) fail(record, store, ledger, died);
    for (const owed of debts) {
      if (owed.debt === 'message') messages.lost(owed);
      else if (owed.debt === 'audio' && !store.recording(owed.id)) ledger.keep(settled(owed, 'givenUp', owed.attempts));
    }
    for (const record of waiting) {
      const call = calls.resume(withPassword(record, unseal));
      call.first = replacement(record, store) ?? call.first;
    }
  });
  for (const { id, family } of debts.filter(({ debt }) => debt === 'audio')) {
    const record = store.recording(id);
    if (record) options.upload(record, family);
  }
  return { queued: waiting.length, ended: lost.length, recordings: pending.length };
}

/** What was kept of a password is only that there is one, and what it is, encrypted. */
function withPassword(record: CallRecord, unseal: RecoveryOptions['unseal']): CallRecord {
  const { options } = record;
  if (!options?.sip?.password) return record;
  const { password: _, ...sip } = options.sip;
  const password = sip.sealed !== undefined && unseal ? { password: new Secret(unseal(sip.sealed)) } : {};
  return { ...record, options: { ...options, sip: { ...sip, ...password } } };
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

function end(call: CallRecord, ledger: Ledger, died: number | undefined): CallRecord {
  const endTime = Math.max(died ?? 0, call.updateTime);
  const { bridge: _bridge, role: _role, ...rest } = call;
  const record: CallRecord = {
    ...rest,
    state: isAnswered(call) ? 'completed' : 'failed',
    endedBy: 'network',
    cause: 'failed',
    errorCode: 'CALL_NETWORK',
    errorMessage: 'the process that held the call ended',
    endTime,
    updateTime: ledger.now(),
    ...charged(call, endTime),
  };
  ledger.change({ type: 'call', record });
  ledger.output(call.id, call.family, { type: 'call.changed', state: record.state, record });
  return record;
}

function fail(recording: RecordingRecord, store: Store, ledger: Ledger, died: number | undefined): void {
  const { paused: _, ...begun } = recording;
  const endTime = begun.endTime ?? Math.max(died ?? 0, begun.startTime);
  const record: RecordingRecord = { ...begun, endTime, updateTime: ledger.now(), state: 'failed', error: 'internal' };
  const family = store.call(recording.call)?.family ?? recording.call;
  ledger.change({ type: 'recording', record });
  ledger.output(record.call, family, { type: 'recording.ended', record });
}
