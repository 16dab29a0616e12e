import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { CallflowError } from '../../errors.ts';
import type { JournalEntry } from '../../journal/journal.ts';
import type { CallRecord } from '../../records/call.ts';
import { Calls } from './calls.ts';
import { Journal } from './journal.ts';
import { recentIn } from './recent.ts';

/** More families than these are not one conversation. */
const mostFamilies = 100;

/** The journal of a call, with all that it had to do with: its family, and whoever it was joined with. */
export interface CallJournal {
  call: CallRecord;
  entries: readonly JournalEntry[];
}

/**
 * Reads the journal of a call out of a data file, also while a server writes it.
 * Throws STORE_NOT_READABLE, CALL_NOT_FOUND.
 */
export function readCallJournal(file: string, id: string): CallJournal {
  if (!existsSync(file)) throw new CallflowError('STORE_NOT_READABLE', `there is no ${file}: is it the data folder?`);
  const database = open(file);
  try {
    // What has been committed lately is not in the tables: both are read as they are at one instant.
    database.exec('BEGIN');
    const { calls: changed, goneCalls, runs } = recentIn(database);
    const calls = new Calls(database);
    const callOf = (which: string) => (goneCalls.has(which) ? undefined : (changed.get(which) ?? calls.get(which)));
    const call = callOf(id);
    if (!call) throw new CallflowError('CALL_NOT_FOUND', `there is no call ${id} in ${file}`);
    const journal = new Journal(database);
    const entriesOf = (family: string) => [
      ...journal.read(family),
      ...runs.flatMap((run) => (run.family === family ? (JSON.parse(run.body) as JournalEntry[]) : [])),
    ];
    return { call, entries: entriesAround(call.family, entriesOf, (other) => callOf(other)?.family) };
  } catch (cause) {
    if (cause instanceof CallflowError) throw cause;
    throw new CallflowError('STORE_NOT_READABLE', `${file} cannot be read: ${(cause as Error).message}`, { cause });
  } finally {
    database.close();
  }
}

function open(file: string): DatabaseSync {
  try {
    return new DatabaseSync(file, { readOnly: true, timeout: 1000 });
  } catch (cause) {
    throw new CallflowError('STORE_NOT_READABLE', `${file} cannot be opened: ${(cause as Error).message}`, { cause });
  }
}

/** Family after family, as one leads to the next. */
function entriesAround(
  first: string,
  entriesOf: (family: string) => readonly JournalEntry[],
  familyOf: (call: string) => string | undefined,
): readonly JournalEntry[] {
  const found = new Map<string, readonly JournalEntry[]>();
  const left = [first];
  for (let family = left.pop(); family !== undefined && found.size < mostFamilies; family = left.pop()) {
    if (found.has(family)) continue;
    const entries = entriesOf(family);
    found.set(family, entries);
    for (const other of callsNamedIn(entries)) {
      const next = familyOf(other);
      if (next !== undefined && !found.has(next)) left.push(next);
    }
  }
  return [...found.values()].flat().sort((one, other) => one.seq - other.seq);
}

/** Calls that were in a bridge with those of a family, or told them something. */
function callsNamedIn(entries: readonly JournalEntry[]): ReadonlySet<string> {
  const named = new Set<string>();
  for (const { output } of entries) {
    if (output?.type === 'bridge.entered') for (const other of output.with) named.add(other);
    if (output?.type === 'heard' && 'call' in output.event) named.add(output.event.call);
  }
  return named;
}
