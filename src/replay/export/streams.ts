import type { JournalEntry } from '../../journal/journal.ts';
import type { ForkRecord } from '../../records/fork.ts';
import type { Flow, FlowStream } from '../flow.ts';

/** What became of each stream: when its server took it, and what ended it. */
export function streamsIn(entries: readonly JournalEntry[]): NonNullable<Flow['streams']> {
  const last = new Map<string, ForkRecord>();
  /** Those that their servers have closed. */
  const closed = new Set<string>();
  for (const { input, output } of entries) {
    if (output?.type === 'fork.changed' && output.record.url) last.set(output.record.id, output.record);
    if (input?.type === 'leg.done' || input?.type === 'bridge.done') closed.add(input.id);
  }
  const asked = [...last.values()].filter(({ state, createTime, updateTime, failure }) => {
    // What could not even be asked for asked no server.
    return state !== 'failed' || updateTime > createTime || failure?.code.startsWith('HANDLER_');
  });
  const byUrl = Map.groupBy(asked, ({ url = '' }) => url);
  return Object.fromEntries(
    [...byUrl].map(([url, records]) => [url, written(records.map((one) => serverOf(one, closed)))]),
  );
}

const written = (servers: FlowStream[]): FlowStream | FlowStream[] => (servers.length === 1 ? servers[0]! : servers);

function serverOf(record: ForkRecord, closed: ReadonlySet<string>): FlowStream {
  const { id, state, createTime, startTime, updateTime, failure } = record;
  const until = startTime ?? updateTime;
  const after = until > createTime ? { after: (until - createTime) / 1000 } : {};
  if (startTime === undefined) {
    if (state !== 'failed') return { silent: true };
    return failure?.code === 'HANDLER_TIMEOUT' ? { silent: true } : { ...after, refuses: true };
  }
  const ends = { after: (updateTime - startTime) / 1000 };
  if (state === 'failed') return { ...after, script: [{ ...ends, breaks: true }] };
  return closed.has(id) ? { ...after, script: [{ ...ends, closes: true }] } : after;
}
