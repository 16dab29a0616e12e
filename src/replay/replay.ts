/** A flow in, a transcript out: an engine of its own on a virtual clock, with scripted people and a scripted application. */
import { VirtualClock } from '../clock.ts';
import { CallflowError } from '../errors.ts';
import type { Reach } from '../http/reach.ts';
import type { JournalEntry } from '../journal/journal.ts';
import type { CallRecord } from '../records/call.ts';
import type { ReadFile } from './answers.ts';
import type { FlowExchange } from './exchange.ts';
import type { Flow } from './flow.ts';
import { asFlow, notValid } from './flow-shape.ts';
import { type Plan, planOf } from './plan.ts';
import { exchangesIn, readJournal } from './recorded.ts';
import { type Difference, reenact } from './reenactment/reenact.ts';
import { nearby, type Stage, stageOf } from './stage.ts';
import { transcriptOf } from './transcript.ts';

/** A live application may be on this machine and in private networks, beside public addresses, unless `allow` is given. */
export interface ReplayOptions extends Partial<Reach> {
  /** Gives the files that the flow names; without it a flow names none. */
  read?: ReadFile;
  /** Where a live application may be, beside public addresses: this machine and private networks unless given. */
  allow?: readonly string[];
}

/** What came of a flow. */
export interface Replay {
  /** For people to read, and to compare with an earlier one. */
  readonly transcript: string;
  readonly journal: readonly JournalEntry[];
  /** In the order in which they came to be, as they were at the end. */
  readonly calls: readonly CallRecord[];
  /** Requests to the handlers, in their order. */
  readonly requests: readonly FlowExchange[];
  readonly callbacks: readonly FlowExchange[];
  /** From the beginning to the end of the last call, in virtual milliseconds. */
  readonly ms: number;
  /** Of a call that was recorded: where what the engine did differs from what it does now. */
  readonly difference?: Difference;
}

/** A flow that has been checked and read, and can be run any number of times. */
export interface PreparedFlow {
  run(): Promise<Replay>;
}

const begin = Date.UTC(2026, 0, 1);
/** How long callbacks may be tried again once the calls are over. */
const patienceMs = 7 * 24 * 3600 * 1000;

/** Checks a flow and reads what it names. */
export function prepare(flow: Flow | object, { read = readsNothing, ...reach }: ReplayOptions = {}): PreparedFlow {
  const checked = asFlow(flow);
  if (checked.journal !== undefined) {
    const journal = readJournal(read(checked.journal, ['journal']));
    return { run: async () => new Recorded(journal) };
  }
  const plan = planOf(checked, read);
  return { run: () => run(plan, { ...nearby, ...reach }) };
}

/** Runs a flow in virtual time. */
export const replay = (flow: Flow | object, options?: ReplayOptions): Promise<Replay> => prepare(flow, options).run();

const readsNothing: ReadFile = (name, path) => {
  throw notValid([{ path, found: `the file ${name}, and no folder to read it from`, expected: 'the document itself' }]);
};

async function run(plan: Plan, reach: Reach): Promise<Replay> {
  const clock = new VirtualClock(begin);
  const stage = stageOf(plan, clock, reach);
  try {
    await clock.run(begin + plan.limitMs);
    if (stage.engine.live().length > 0) throw endless(plan, stage);
    await clock.run(begin + plan.limitMs + patienceMs);
    checkInvariants(stage, clock);
  } finally {
    await stage.close();
  }
  return new Played(stage);
}

/** A class, because V8 keeps whatever the getter of an object literal can see until the next full collection. */
class Played implements Replay {
  readonly journal: readonly JournalEntry[];
  readonly calls: readonly CallRecord[];
  readonly requests: readonly FlowExchange[];
  readonly callbacks: readonly FlowExchange[];
  readonly ms: number;
  #transcript: string | undefined;

  constructor({ journal, exchanges, store }: Stage) {
    this.journal = journal;
    this.calls = [...store.calls()];
    this.requests = exchanges.filter((exchange) => exchange.for === 'handler');
    this.callbacks = exchanges.filter((exchange) => exchange.for === 'callback');
    this.ms = this.calls.reduce((latest, { endTime = begin }) => Math.max(latest, endTime - begin), 0);
  }

  get transcript(): string {
    this.#transcript ??= transcriptOf(this.journal);
    return this.#transcript;
  }
}

/** A call that really was, reenacted. */
class Recorded implements Replay {
  readonly journal: readonly JournalEntry[];
  readonly calls: readonly CallRecord[];
  readonly requests: readonly FlowExchange[];
  readonly callbacks: readonly FlowExchange[];
  readonly ms: number;
  declare readonly difference?: Difference;

  constructor(recorded: readonly JournalEntry[]) {
    const { journal, difference } = reenact(recorded);
    const first = recorded[0]?.at ?? 0;
    const last = new Map<string, CallRecord>();
    for (const { output } of journal)
      if (output?.type === 'call.created' || output?.type === 'call.changed') last.set(output.record.id, output.record);
    this.journal = journal;
    this.calls = [...last.values()];
    this.requests = exchangesIn(journal, 'handler', first);
    this.callbacks = exchangesIn(journal, 'callback', first);
    this.ms = this.calls.reduce((latest, { endTime = first }) => Math.max(latest, endTime - first), 0);
    if (difference) this.difference = difference;
  }

  get transcript(): string {
    return transcriptOf(this.journal);
  }
}

function endless({ limitMs }: Plan, { engine, store, journal }: Stage): CallflowError {
  const states = engine.live().map((id) => store.call(id)?.state ?? 'unknown');
  const message = `after ${limitMs / 1000} s of virtual time ${states.length} of its calls have not ended (${states.join(', ')}); the last that happened:`;
  return new CallflowError('FLOW_ENDLESS', `${message}\n${lastLines(journal)}`);
}

const lastLines = (journal: readonly JournalEntry[]) =>
  transcriptOf(journal).trimEnd().split('\n').slice(-8).join('\n');

/** Nothing of a call may outlive it, and no defect of ours goes unnoticed. */
function checkInvariants({ engine, network, journal }: Stage, clock: VirtualClock): void {
  const left = {
    ...engine.left(),
    legs: network.live,
    timers: clock.pending,
    callbacks: engine.deliveries.owed,
    defects: journal.filter(({ output }) => output?.type === 'problem' && output.code === 'CALL_INTERNAL').length,
  };
  const leaks = Object.entries(left).filter(([, count]) => count > 0);
  if (leaks.length === 0) return;
  const what = leaks.map(([name, count]) => `${count} ${name}`).join(', ');
  throw new CallflowError(
    'CALL_INTERNAL',
    `left behind after the flow: ${what}; the last that happened:\n${lastLines(journal)}`,
  );
}
