import { CallflowError } from '../errors.ts';
import type { JournalEntry } from '../journal/journal.ts';
import { type FlowExchange, readJson } from './exchange.ts';

/** Reads a journal, one entry a line. */
export function readJournal(bytes: Uint8Array): readonly JournalEntry[] {
  const lines = new TextDecoder().decode(bytes).split('\n').filter(Boolean);
  return lines.map((line, index) => {
    const entry = readJson(line) as JournalEntry | undefined;
    if (typeof entry?.at === 'number' && (entry.input ?? entry.output)) return entry;
    throw new CallflowError('FLOW_NOT_VALID', `line ${index + 1} of the journal is no entry of one`);
  });
}

/** The requests in a journal, as those of a flow are told. */
export function exchangesIn(
  journal: readonly JournalEntry[],
  who: 'handler' | 'callback',
  begin: number,
): readonly FlowExchange[] {
  return journal.flatMap(({ at, input }): FlowExchange[] => {
    if (input?.type !== `${who}.attempted`) return [];
    const { method, url, status, requestHeaders, requestBody } = (input as Attempted).attempt;
    const json = readJson(requestBody);
    const exchange = { for: who, at: at - begin, method, url, headers: requestHeaders, body: requestBody, json };
    return [status === undefined ? exchange : { ...exchange, status }];
  });
}

type Attempted = Extract<JournalEntry['input'], { type: 'handler.attempted' | 'callback.attempted' }>;
