import type { JournalEntry } from '../journal/journal.ts';
import type { CallRecord } from '../records/call.ts';
import { type Step, stepsBetween } from '../replay/difference.ts';
import { type Told, tellingOf } from '../replay/transcript.ts';
import { type Exchange, exchangesOf } from './exchanges.ts';
import { livesOf, type Span } from './lives.ts';

/** A party of the calls, and the column in which it is shown. */
export interface Lane {
  call: string;
  name: string;
  /** As it was at the end. */
  record: CallRecord;
}

/** A line of the transcript in its place; or, when it is gone (`-`), only as text. */
export interface Row {
  step: Step;
  text: string;
  told?: Told;
  /** Position of its party among the lanes, or whose line it is otherwise. */
  lane: number | 'engine' | 'application' | 'gone';
  /** Position of the exchange it tells of. */
  exchange?: number;
  /** The mark that was at work: positions of the exchange and of the mark in it. */
  mark?: readonly [exchange: number, mark: number];
}

type Unplaced = Pick<Row, 'step' | 'text' | 'told'>;

/** More are not read by anybody, and a page must open. */
const manyRows = 2_000;

/** A span on its lane, from one row to another. */
export interface LaneSpan extends Span {
  lane: number;
  fromRow: number;
  /** The row before which it is over. */
  toRow: number;
}

export interface Timeline {
  lanes: readonly Lane[];
  rows: readonly Row[];
  /** How many lines there are behind them. */
  more: number;
  spans: readonly LaneSpan[];
  exchanges: readonly Exchange[];
}

/** A journal as it is shown: who did what when, and what was on each line; with what differs from another transcript. */
export function timelineOf(entries: readonly JournalEntry[], compared?: { expected: string; now: string }): Timeline {
  const { lines, name } = tellingOf(entries);
  const lanes = lanesOf(entries, name);
  const exchanges = exchangesOf(entries);
  const all = merged(lines, compared);
  const rows = all.slice(0, manyRows).map(placing(lanes, exchanges));
  const rowAt = rowFinder(rows);
  const spans = livesOf(entries, name).flatMap((span) => {
    const lane = lanes.findIndex(({ call }) => call === span.call);
    const [fromRow, toRow] = [rowAt(span.from), rowAt(span.to)];
    return lane < 0 || toRow <= fromRow ? [] : [{ ...span, lane, fromRow, toRow }];
  });
  return { lanes, rows, more: all.length - rows.length, spans, exchanges };
}

function lanesOf(entries: readonly JournalEntry[], name: (id: string) => string): Lane[] {
  const last = new Map<string, CallRecord>();
  for (const { output } of entries)
    if (output?.type === 'call.created' || output?.type === 'call.changed') last.set(output.record.id, output.record);
  return [...last.values()].map((record) => ({ call: record.id, name: name(record.id), record }));
}

/** The lines as they are, and between them those that were expected. */
function merged(lines: readonly Told[], compared?: { expected: string; now: string }): Unplaced[] {
  if (!compared) return lines.map((told) => ({ step: ' ', text: told.text, told }));
  const rest = [...lines];
  const steps = stepsBetween(compared.expected, compared.now).map(([step, text]): Unplaced => {
    const told = step === '-' ? undefined : rest.shift();
    return told ? { step, text: told.text, told } : { step: '-', text };
  });
  return [...steps, ...rest.map((told): Unplaced => ({ step: ' ', text: told.text, told }))];
}

const ofTheApplication: ReadonlySet<string> = new Set(['handler', 'callback']);

/** Finds the lane of each line, the exchange it tells of, and the element that was being carried out. */
function placing(lanes: readonly Lane[], exchanges: readonly Exchange[]): (row: Unplaced) => Row {
  const asked = new Map(exchanges.map((exchange, position) => [exchange.asked, position]));
  const told = new Map(
    exchanges.flatMap(({ index, answered = index }, position) => [
      [index, position],
      [answered, position],
    ]),
  );
  const marks = exchanges.flatMap((one, exchange) =>
    one.marks.map((mark, position) => ({ ...mark, exchange, position })),
  );
  const byCall = Map.groupBy(
    marks.sort((one, other) => one.index - other.index),
    ({ call }) => call,
  );
  return (row) => {
    if (!row.told) return { ...row, lane: 'gone' };
    const { who, index, entry } = row.told;
    const party = lanes.findIndex(({ call, name }) => call === entry.subject && name === who);
    const exchange = (who === 'engine' ? asked : ofTheApplication.has(who) ? told : undefined)?.get(index);
    const mark = who === 'engine' && byCall.get(entry.subject)?.findLast((one) => one.index <= index);
    return {
      ...row,
      lane: party >= 0 ? party : ofTheApplication.has(who) ? 'application' : 'engine',
      ...(exchange !== undefined && { exchange }),
      ...(mark && { mark: [mark.exchange, mark.position] }),
    };
  };
}

/** The first row that tells of an entry of the journal, or of a later one. */
function rowFinder(rows: readonly Row[]): (index: number) => number {
  const positions = rows.flatMap(({ told }, row) => (told ? [{ index: told.index, row }] : []));
  return (index) => {
    let [low, high] = [0, positions.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (positions[middle]!.index < index) low = middle + 1;
      else high = middle;
    }
    return positions[low]?.row ?? rows.length;
  };
}
