import type { JournalEntry } from '../../journal/journal.ts';
import type { Changed } from '../../records/changed.ts';
import type { Batch, Delivery, IdempotencyKey } from '../store.ts';
import { type Latest, latestOf } from './latest.ts';

interface Spelled {
  entries: JournalEntry[];
  deliveries: Delivery[];
  /** A record that an entry tells of is not spelled again: the entry's number stands for it. */
  changes: (Changed | (Omit<Changed, 'record'> & { record: number }))[];
  keys: IdempotencyKey[];
}

/** What has happened in these batches, as one line of JSON. */
export function spelled(
  { runs, calls, goneCalls, others, deliveries, keys }: Latest,
  batches: readonly Batch[],
): string {
  const toldIn = new Map<object, number>();
  if (calls.size + others.size > 0)
    for (const { entries } of batches)
      for (const { seq, output } of entries) if (output && 'record' in output) toldIn.set(output.record, seq);
  const changes: object[] = [];
  for (const record of calls.values())
    changes.push({
      type: 'call',
      record: toldIn.get(record) ?? record,
      ...(goneCalls.has(record.id) && { deleted: true }),
    });
  for (const change of others.values()) changes.push({ ...change, record: toldIn.get(change.record) ?? change.record });
  const entries = runs.map(({ body }) => body.slice(1, -1)).join(',');
  const bodies = Array.from(deliveries.values(), ({ body }) => body).join(',');
  const rest = `"changes":${JSON.stringify(changes)},"keys":${JSON.stringify([...keys.values()])}`;
  return `{"entries":[${entries}],"deliveries":[${bodies}],${rest}}\n`;
}

/** The same again. */
export function read(line: string): Latest {
  const { changes, ...batch }: Spelled = JSON.parse(line);
  const recordOf = (seq: number) => {
    const output = batch.entries.find((entry) => entry.seq === seq)?.output;
    return output && 'record' in output ? output.record : undefined;
  };
  const whole = changes.map((change) =>
    typeof change.record === 'number' ? { ...change, record: recordOf(change.record) } : change,
  );
  return latestOf([{ ...batch, changes: whole as Changed[] }]);
}
