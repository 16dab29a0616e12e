import type { CheckoutRecord } from '../records/payment.ts';
import type { Delivery, Store } from '../store/store.ts';
import { withoutUnfinished } from '../verbs/pay-steps.ts';
import { settled } from './debts.ts';
import type { Ledger } from './ledger.ts';

/** Payments went with their process: what was keyed is nowhere any more, and whoever hears of them is told. */
export function endLostCheckouts(
  store: Store,
  ledger: Ledger,
  debts: readonly Delivery[],
  died: number | undefined,
): void {
  for (const [family, lost] of Map.groupBy(debts, (owed) => owed.family)) {
    const latest = new Map(lost.map((owed) => [owed.id, JSON.parse(owed.body) as CheckoutRecord]));
    for (const { output } of store.journal(family))
      if (output?.type === 'checkout.changed' && latest.has(output.record.id))
        latest.set(output.record.id, output.record);
    for (const owed of lost) {
      const record = lostWith(latest.get(owed.id)!, died);
      ledger.output(record.call, family, { type: 'checkout.changed', record });
      ledger.keep(settled(owed, 'delivered', 1));
    }
  }
}

function lostWith(last: CheckoutRecord, died: number | undefined): CheckoutRecord {
  const details = withoutUnfinished(last);
  const updateTime = Math.max(died ?? 0, last.updateTime);
  const over = { ...last, state: 'over', collecting: false, updateTime } as const;
  if (last.state === 'open') return { ...over, details, outcome: 'caller-hung-up' };
  const error = 'the process that asked the connector ended before it answered';
  return { ...over, details: { ...details, error }, outcome: 'payment-connector-error' };
}
