/** A live call as a flow: its documents, what people did and when, and the journal to be reenacted. */
import { stringify } from 'yaml';
import { CallflowError } from '../../errors.ts';
import type { JournalEntry } from '../../journal/journal.ts';
import type { CallRecord } from '../../records/call.ts';
import type { Phone } from '../../telephony/simulated/script.ts';
import type { Flow, TimedCall } from '../flow.ts';
import { transcriptOf } from '../transcript.ts';
import { actsIn } from './acts.ts';
import { type MaskingOptions, masked } from './masking.ts';
import { writtenOptions } from './options.ts';
import { phoneOf, scriptOf } from './people.ts';
import { repliesIn } from './replies.ts';
import { streamsIn } from './streams.ts';
import { unsaidIn } from './unsaid.ts';

export interface ExportOptions extends MaskingOptions {
  /** Why the flow is there; unless given, which call it was. */
  because?: string;
}

/** The files of a flow folder, by name. */
export type FlowFolder = ReadonlyMap<string, string>;

/** Writes the flow of a journal that holds whole families; without numbers and secrets of people. */
export function exported(journal: readonly JournalEntry[], options: ExportOptions = {}): FlowFolder {
  const entries = masked(journal, options);
  const created = entries.flatMap(({ output }) => (output?.type === 'call.created' ? [output.record] : []));
  const [first] = created;
  if (!first) throw new CallflowError('CALL_NOT_FOUND', 'there is no call in the journal');
  const files = new Map<string, string>();
  const flow = { ...flowOf(entries, created, files), journal: 'journal.jsonl' };
  const because = options.because ?? `A call of ${new Date(first.createTime).toISOString()}.`;
  const unsaid = unsaidIn(entries);
  const note = unsaid.length > 0 ? `# Only the journal has ${unsaid.join('; ')}.\n` : '';
  files.set('flow.yaml', note + stringify({ because, ...flow }, { lineWidth: 120 }));
  files.set('journal.jsonl', entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  files.set('transcript.txt', transcriptOf(entries));
  return files;
}

function flowOf(entries: readonly JournalEntry[], created: readonly CallRecord[], files: Map<string, string>): Flow {
  const begin = entries[0]!.at;
  const lasted = entries.at(-1)!.at - begin;
  const of = Map.groupBy(entries, ({ subject }) => subject);
  const roots = created.filter(({ originatingCall }) => originatingCall === undefined);
  const calls = roots.map((record) => callOf(record, of.get(record.id) ?? [], begin));
  const called = created.filter(({ direction }) => direction === 'outgoing');
  const { acts } = actsIn(entries);
  const streams = streamsIn(entries);
  const { dialect } = created[0]!;
  return {
    dialect,
    ...(calls.length === 1 ? theOnly(calls[0]!) : { calls }),
    ...(called.length > 0 && { phones: phonesOf(called, of) }),
    ...(Object.keys(streams).length > 0 && { streams }),
    ...(acts.length > 0 && { acts }),
    ...(lasted > 3600_000 && { limit: Math.ceil(lasted / 1000) + 60 }),
    handler: repliesIn(entries, files),
  };
}

function theOnly({ at: _, caller, urls, ...call }: TimedCall): Flow {
  return { ...(Object.keys(call).length > 0 && { call }), ...(urls && { urls }), ...(caller && { caller }) };
}

function callOf(record: CallRecord, entries: readonly JournalEntry[], begin: number): TimedCall {
  const { direction, to, from, transport, isPrivate, callerName, forwardedFrom, sipCallId, sipHeaders, labels } =
    record;
  const { options } = record;
  const caller = direction === 'incoming' ? scriptOf(entries, record.createTime) : [];
  return {
    ...(record.createTime > begin && { at: (record.createTime - begin) / 1000 }),
    to,
    ...(from !== '' && { from }),
    ...(direction === 'outgoing' && { direction }),
    ...(transport !== 'PSTN' && { transport }),
    ...(isPrivate && { private: true }),
    ...(callerName !== undefined && { callerName }),
    ...(forwardedFrom !== undefined && { forwardedFrom }),
    ...(sipCallId !== undefined && { sipCallId }),
    ...(sipHeaders && { sipHeaders }),
    ...(direction === 'outgoing' && Object.keys(labels).length > 0 && { labels }),
    urls: (options?.handlerUrls ?? []).map(({ url }) => url),
    ...(options && { options: writtenOptions(options) }),
    ...(caller.length > 0 && { caller }),
  };
}

/** Each number as it took its calls, one after the other. */
function phonesOf(called: readonly CallRecord[], of: ReadonlyMap<string, readonly JournalEntry[]>) {
  const byNumber = Map.groupBy(called, ({ to }) => to);
  return Object.fromEntries(
    [...byNumber].map(([to, records]): [string, Phone] => {
      const calls = records.map(({ id, startTime, createTime }) => phoneOf(of.get(id) ?? [], startTime ?? createTime));
      return [to, calls.length === 1 ? calls[0]! : { calls }];
    }),
  );
}
