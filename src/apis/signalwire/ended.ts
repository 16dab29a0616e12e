import type { JournalEntry } from '../../journal/journal.ts';
import type { CallRecord } from '../../records/call.ts';
import { notFound } from './refusal.ts';
import type { Context } from './route.ts';

/** For so long whoever has ended a call waits for the network to be done with it. */
const patienceMs = 2_000;

/** A call that is being ended, once it has; as it is then, if the network takes longer. */
export async function hasEnded({ engine, store, clock }: Context, id: string): Promise<CallRecord> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const hear = ({ subject, output }: JournalEntry) => {
    if (subject === id && output?.type === 'call.changed' && output.record.endTime !== undefined) resolve();
  };
  const hearNoMore = engine.onEntry(hear);
  const timer = clock.setTimeout(resolve, patienceMs);
  // What has ended at once is not told again.
  await engine.committed();
  if (engine.now(id) !== undefined) await promise;
  hearNoMore();
  clock.clearTimeout(timer);
  // It may have ended while what came before was kept.
  await engine.committed();
  const record = engine.now(id) ?? store.call(id);
  if (!record) throw notFound('the call');
  return record;
}
