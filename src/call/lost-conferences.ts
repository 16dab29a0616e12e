import type { ConferenceFact } from '../journal/journal.ts';
import type { ConferenceRecord, ParticipantRecord } from '../records/conference.ts';
import type { Store } from '../store/store.ts';
import type { Ledger } from './ledger.ts';

/** Conferences that went with the process end, and everybody has left them. */
export function endLost(
  store: Store,
  ledger: Ledger,
  lost: readonly ConferenceRecord[],
  died: number | undefined,
): void {
  for (const record of lost) end(record, store, ledger, Math.max(died ?? 0, record.updateTime));
}

function end(conference: ConferenceRecord, store: Store, ledger: Ledger, endTime: number): void {
  const { id, project, family } = conference;
  let record = conference;
  const happened = (event: ConferenceFact, participant?: ParticipantRecord) => {
    record = { ...record, count: record.count + 1, updateTime: ledger.now() };
    const about = participant && { participant };
    ledger.output(id, family, { type: 'conference.event', number: record.count, event, record, ...about });
  };
  const limit = Number.MAX_SAFE_INTEGER;
  for (const participant of store.findParticipants({ project, conference: id, state: 'inProgress', limit })) {
    const left = { ...participant, state: 'completed', updateTime: ledger.now() } as const;
    ledger.change({ type: 'participant', record: left });
    happened({ type: 'leave', reason: 'lost' }, left);
  }
  record = { ...record, state: 'completed', endTime, endReason: 'lost' };
  happened({ type: 'end' });
  ledger.change({ type: 'conference', record });
}
