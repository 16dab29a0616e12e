/** A journal once more: its inputs go into an engine, in their order, and what comes out is compared. */
import { isDeepStrictEqual } from 'node:util';
import type { Refusal } from '../../call/refusal.ts';
import type { Route } from '../../call/route.ts';
import { createEngine } from '../../engine/create-engine.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Attempt, Input, JournalEntry } from '../../journal/journal.ts';
import type { CallRecord } from '../../records/call.ts';
import { memoryStore } from '../../store/memory/memory-store.ts';
import { RecordedAdmission } from './recorded-admission.ts';
import { RecordedClock } from './recorded-clock.ts';
import { recordedIds } from './recorded-ids.ts';
import { RecordedHandler, RecordedNetwork, RecordedReceivers, RecordedTills } from './recorded-parts.ts';

/** What an entry says, without its number. */
export type Told = Pick<JournalEntry, 'at' | 'subject' | 'input' | 'output'>;

/** The first entry of a journal that is another one now. */
export interface Difference {
  index: number;
  recorded: Told | undefined;
  now: Told | undefined;
}

export interface Reenacted {
  journal: readonly JournalEntry[];
  /** Absent when all entries are the same. */
  difference?: Difference;
}

/** Gives an engine the inputs of a journal, timer firings included, and says where what follows from them differs. */
export function reenact(recorded: readonly JournalEntry[]): Reenacted {
  const key = new Uint8Array(64);
  const clock = new RecordedClock(recorded[0]?.at ?? 0);
  const network = new RecordedNetwork(recorded);
  const handler = new RecordedHandler(recorded);
  const receivers = new RecordedReceivers();
  const tills = new RecordedTills();
  const records = recordsOf(recorded);
  const arriving: Parts['arriving'] = {};
  const admission: Parts['admission'] = {};
  const engine = createEngine({
    clock,
    ids: recordedIds(recorded),
    network,
    handler,
    store: memoryStore(),
    callbacks: receivers,
    tills,
    signingKey: () => key,
    ...(recorded.some(hasLink) && { linkTo: (file) => `http://localhost/${file}` }),
    admission: (given) => {
      admission.current = new RecordedAdmission(given, recorded);
      return admission.current;
    },
    route: () => arriving.route,
  });
  const journal: JournalEntry[] = [];
  engine.onEntry((entry) => journal.push(entry));
  const parts: Parts = {
    admission,
    clock,
    network,
    handler,
    receivers,
    tills,
    engine,
    records,
    arriving,
    refusals: refusalsIn(recorded),
  };
  for (const entry of recorded) {
    if (entry.input && !handler.told.has(entry)) {
      clock.moveTo(entry.at);
      deliver(entry, parts);
    }
  }
  return { journal, ...differenceOf(recorded, journal) };
}

interface Parts {
  clock: RecordedClock;
  network: RecordedNetwork;
  handler: RecordedHandler;
  receivers: RecordedReceivers;
  tills: RecordedTills;
  engine: Engine;
  /** Every call as it was when it was made. */
  records: ReadonlyMap<string, CallRecord>;
  /** What the call that comes in next runs, or why it was refused. */
  arriving: { route?: Route | Refusal };
  refusals: ReadonlyMap<string, Refusal>;
  admission: { current?: RecordedAdmission };
}

function deliver(
  entry: JournalEntry,
  { clock, network, handler, receivers, tills, engine, records, arriving, refusals, admission }: Parts,
): void {
  const { subject } = entry;
  const input = entry.input!;
  const record = records.get(subject);
  switch (input.type) {
    case 'offered': {
      const route = record ? routeOf(record) : refusals.get(subject);
      if (route) arriving.route = route;
      else delete arriving.route;
      network.offer(subject, input.incoming);
      break;
    }
    case 'created':
      if (record)
        engine.create({
          ...routeOf(record),
          to: record.to,
          from: record.from,
          transport: record.transport,
          labels: record.labels,
        });
      break;
    case 'mayPlace':
      admission.current?.give(subject);
      break;
    case 'timer':
      clock.fire(subject, input.timer);
      break;
    case 'handler.attempted':
      handler.attempted(entry, input);
      break;
    case 'handler.answered':
      handler.answered(input);
      break;
    case 'till.checked':
    case 'till.charged':
      tills.tell(subject, input);
      break;
    case 'finished':
      network.finish(input.finished);
      break;
    case 'conference.act':
      engine.conferences.act(records.get(entry.family)?.project ?? '', subject, input.act);
      break;
    case 'queue.act':
      manage(engine.queues, subject, input);
      break;
    case 'callback.attempted':
      receivers.attempted(input);
      break;
    case 'bridge.forked':
    case 'bridge.done':
    case 'bridge.stopped':
    case 'bridge.failed':
      network.tellOf(subject, input);
      break;
    default:
      if (input.type.startsWith('act.')) engine.act(subject, input as Parameters<Engine['act']>[1]);
      else network.tell(subject, input as Parameters<RecordedNetwork['tell']>[1]);
  }
}

function manage(queues: Engine['queues'], id: string, { project, act }: Extract<Input, { type: 'queue.act' }>): void {
  if (act.type === 'create') queues.create(project, act.name, act.max);
  if (act.type === 'update') queues.update(project, id, act);
  if (act.type === 'delete') queues.delete(project, id);
}

const routeOf = (record: CallRecord) => {
  const { project, dialect, options = { handlerUrls: [], ringMs: 0 }, mode, fromLocation, fromZone } = record;
  const home = { ...(fromLocation && { fromLocation }), ...(fromZone !== undefined && { fromZone }) };
  return { project, dialect, options, mode, ...home };
};

function recordsOf(journal: readonly JournalEntry[]): ReadonlyMap<string, CallRecord> {
  const made = journal.flatMap(({ output }) => (output?.type === 'call.created' ? [output.record] : []));
  return new Map(made.map((record) => [record.id, record]));
}

/** Calls that came in and were refused at once, each with the reason. */
function refusalsIn(journal: readonly JournalEntry[]): ReadonlyMap<string, Refusal> {
  const refusals = new Map<string, Refusal>();
  for (const { subject, output } of journal) {
    if (output?.type === 'problem')
      refusals.set(subject, { code: output.code, reason: output.message, cause: 'rejected' });
    const refusal = refusals.get(subject);
    if (refusal && output?.type === 'commanded' && output.command.type === 'reject')
      refusals.set(subject, { ...refusal, cause: output.command.cause });
  }
  return refusals;
}

function differenceOf(recorded: readonly JournalEntry[], now: readonly JournalEntry[]): Pick<Reenacted, 'difference'> {
  const length = Math.max(recorded.length, now.length);
  for (let index = 0; index < length; index++) {
    const [before, after] = [told(recorded[index]), told(now[index])];
    if (!isDeepStrictEqual(before, after)) return { difference: { index, recorded: before, now: after } };
  }
  return {};
}

/** Files could be fetched from the engine. */
const hasLink = ({ output }: JournalEntry) => output?.type === 'callback.owed' && /"uri":"http/.test(output.body);

/** Where the engine could be reached, and what signs its links, no journal has. */
const withoutLinks = (body: string) =>
  body.startsWith('{')
    ? body.replace(/https?:\/\/[^"\s]*/gi, 'URL')
    : body.replace(/https?(?::\/\/|%3A%2F%2F)[^&\s]*/gi, 'URL');

/** By GET what is told stands in the query. */
const withoutLinksIn = (url: string) => url.replace(/https?%3A%2F%2F[^&]*/gi, 'URL');

/** As it would be written down: what is undefined is not there. Signatures depend on a key that no journal has. */
function told(entry: JournalEntry | undefined): Told | undefined {
  if (!entry) return undefined;
  const { at, subject, input, output } = entry;
  const shown = input?.type === 'callback.attempted' ? { ...input, attempt: withoutHeaders(input.attempt) } : input;
  const owed =
    output?.type === 'callback.owed'
      ? { ...output, body: withoutLinks(output.body), url: withoutLinksIn(output.url) }
      : output;
  return JSON.parse(JSON.stringify({ at, subject, input: shown, output: owed })) as Told;
}

const withoutHeaders = (attempt: Attempt): Attempt => ({
  ...attempt,
  url: withoutLinksIn(attempt.url),
  requestHeaders: {},
  requestBody: withoutLinks(attempt.requestBody),
});
