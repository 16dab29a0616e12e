import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Engine } from '../engine/engine.ts';
import type { Input, JournalEntry } from '../journal/journal.ts';
import type { CallRecord, CallState } from '../records/call.ts';
import { openStates, type Store } from '../store/store.ts';

export interface Metrics {
  follow(entry: JournalEntry): void;
  /** Calls that have begun and not ended. */
  begun(): string[];
  /** Something failed that nobody expected to. */
  failed(): void;
  text(): Promise<string>;
  readonly contentType: string;
}

/** Figures about the engine and its process, in the text format of Prometheus. */
export function createMetrics({ engine, store }: { engine: Engine; store: Store }): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const states = new Map<string, CallState>([...store.unended()].map(({ id, state }) => [id, state]));

  new Gauge({
    name: 'callflow_calls',
    help: 'Calls that have not ended, by state',
    labelNames: ['state'],
    registers,
    collect() {
      for (const state of openStates) this.set({ state }, 0);
      for (const state of states.values()) this.inc({ state });
    },
  });
  gauge(registry, 'callflow_callbacks_owed', 'Callbacks that are owed', () => engine.deliveries.owed);
  gauge(registry, 'callflow_callbacks_under_way', 'Callbacks that are being sent', () => engine.deliveries.underWay);
  gauge(registry, 'callflow_store_ready', '1 while what happens can be written down, else 0', () =>
    Number(store.ready),
  );
  const ended = counter(registry, 'callflow_calls_ended_total', 'Calls that have ended, by state', 'state');
  const failures = counter(
    registry,
    'callflow_handler_failures_total',
    'Handler requests that failed, by code',
    'code',
  );
  const sent = counter(registry, 'callflow_callback_attempts_total', 'Attempts to deliver a callback, by code', 'code');
  const givenUp = counter(registry, 'callflow_callbacks_given_up_total', 'Callbacks that were given up');
  const problems = counter(registry, 'callflow_problems_total', 'Problems of calls, by code', 'code');
  const uncaught = counter(registry, 'callflow_uncaught_errors_total', 'Errors that nobody expected: defects');
  const seconds = new Histogram({
    name: 'callflow_handler_seconds',
    help: 'How long handlers take to answer',
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15],
    registers,
  });

  const changed = (call: string, { state, endTime }: CallRecord) => {
    if (endTime === undefined) states.set(call, state);
    else if (states.delete(call)) ended.inc({ state });
  };
  const heard = (input: Input | undefined) => {
    if (input?.type === 'callback.attempted') sent.inc({ code: input.attempt.code ?? 'ok' });
    if (input?.type !== 'handler.attempted') return;
    seconds.observe(input.attempt.ms / 1000);
    if (input.attempt.code) failures.inc({ code: input.attempt.code });
  };

  return {
    follow: ({ subject, input, output }) => {
      heard(input);
      if (output?.type === 'call.created' || output?.type === 'call.changed') changed(subject, output.record);
      else if (output?.type === 'problem') problems.inc({ code: output.code });
      else if (output?.type === 'callback.givenUp') givenUp.inc();
    },
    begun: () => [...states].flatMap(([call, state]) => (state === 'queued' ? [] : [call])),
    failed: () => uncaught.inc(),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

function gauge(registry: Registry, name: string, help: string, value: () => number): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      this.set(value());
    },
  });
}

const counter = (registry: Registry, name: string, help: string, ...labelNames: string[]) =>
  new Counter({ name, help, labelNames, registers: [registry] });
