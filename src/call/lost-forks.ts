import type { ForkRecord } from '../records/fork.ts';
import type { Delivery, Store } from '../store/store.ts';
import { settled } from './debts.ts';
import { ownerOf } from './fork-record.ts';
import type { Ledger } from './ledger.ts';

/** What went elsewhere went with the process: it has ended when that did, and whoever hears of it is told. */
export function endLostForks(store: Store, ledger: Ledger, debts: readonly Delivery[], died: number | undefined): void {
  for (const [family, lost] of Map.groupBy(debts, (owed) => owed.family)) {
    const latest = new Map(lost.map((owed) => [owed.id, JSON.parse(owed.body) as ForkRecord]));
    for (const { output } of store.journal(family))
      if ((output?.type === 'fork.changed' || output?.type === 'fork.transcribed') && latest.has(output.record.id))
        latest.set(output.record.id, output.record);
    for (const owed of lost) {
      const last = latest.get(owed.id)!;
      const updateTime = Math.max(died ?? 0, last.updateTime);
      const record: ForkRecord = { ...last, state: 'stopped', count: last.count + 1, updateTime };
      ledger.output(ownerOf(record), family, { type: 'fork.changed', record });
      ledger.keep(settled(owed, 'delivered', 1));
    }
  }
}
