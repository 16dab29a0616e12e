/** A data file that takes what a menu call makes of it: its batches are recorded once, then committed for many calls. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VirtualClock } from '../../src/clock.ts';
import { dialects } from '../../src/dialects/index.ts';
import { createEngine } from '../../src/engine/create-engine.ts';
import { createHandler } from '../../src/handler/client.ts';
import type { Transport } from '../../src/http/transport.ts';
import { createIds, seededRandom } from '../../src/ids.ts';
import type { JournalEntry } from '../../src/journal/journal.ts';
import type { Changed } from '../../src/records/changed.ts';
import { memoryStore } from '../../src/store/memory/memory-store.ts';
import { sqliteStore } from '../../src/store/sqlite/sqlite-store.ts';
import type { Batch, Delivery, Store } from '../../src/store/store.ts';
import { everyAudioLasts } from '../../src/telephony/simulated/audio-lengths.ts';
import { createSimulatedNetwork } from '../../src/telephony/simulated/network.ts';
import { documents, menuCall, phones } from '../menu-call.ts';
import { servePart } from '../part.ts';

export interface Fill {
  calls: number;
  /** How many calls begin in one turn of the event loop. */
  together: number;
}

export interface Filled {
  entries: number;
  /** Batches as the engine makes them, one for each input. */
  batches: number;
  ms: number;
  cpuMs: number;
  /** How long the process stood still at most, to write what had come in one turn. */
  longestMs: number;
}

const headers = { 'content-type': 'text/xml; charset=utf-8', date: 'Thu, 01 Jan 2026 00:00:00 GMT' };

/** What one menu call commits, turn by turn. */
async function batchesOfOneCall(): Promise<Batch[]> {
  const clock = new VirtualClock();
  const application: Transport = {
    send: ({ url }, done) => {
      const body = Buffer.from(documents[new URL(url).pathname] ?? '');
      const answer = { ok: true, status: 200, headers, setCookies: [], body, ms: 1 } as const;
      const timer = clock.setTimeout(() => done(answer), 1);
      return { abort: () => clock.clearTimeout(timer) };
    },
  };
  const key = new Uint8Array(64).fill(7);
  const signingKey = () => key;
  const batches: Batch[] = [];
  const engine = createEngine({
    clock,
    ids: createIds(clock.now, seededRandom(1)),
    network: createSimulatedNetwork({ clock, phones, audio: everyAudioLasts(2000) }),
    handler: createHandler({ transport: application, clock, dialects, signingKey }),
    store: watched(memoryStore(), batches),
    callbacks: application,
    signingKey,
    route: () => undefined,
  });
  engine.create(menuCall('http://127.0.0.1:1'));
  await clock.run();
  return batches;
}

function watched(store: Store, batches: Batch[]): Store {
  const commit = store.commit.bind(store);
  store.commit = (take, committed) =>
    commit(() => {
      const batch = take();
      batches.push(batch);
      return batch;
    }, committed);
  return store;
}

/** The same batch for another call: every id of it differs in its last digits. */
function forCall({ entries, changes, deliveries }: Batch, call: number, nextSeq: () => number): Batch {
  const end = call.toString(16).padStart(7, '0');
  const other = (id: string) => id.slice(0, -end.length) + end;
  return {
    entries: entries.map(
      (entry): JournalEntry => ({
        ...entry,
        seq: nextSeq(),
        subject: other(entry.subject),
        family: other(entry.family),
      }),
    ),
    changes: changes.map(
      (change) =>
        ({
          ...change,
          record: { ...change.record, id: other(change.record.id), family: other(familyOf(change)) },
        }) as Changed,
    ),
    deliveries: deliveries.map(
      (delivery): Delivery => ({ ...delivery, id: other(delivery.id), family: other(delivery.family) }),
    ),
  };
}

const familyOf = ({ record }: Changed): string => ('family' in record ? record.family : '');

/** Calls are at every stage at once, as under load: each turn commits one more step of many of them. */
async function fill({ calls, together }: Fill): Promise<Filled> {
  const steps = await batchesOfOneCall();
  const folder = mkdtempSync(join(tmpdir(), 'callflow-bench-'));
  const store = sqliteStore({ file: join(folder, 'callflow.db'), onFailure: fail });
  try {
    return await commitAll(store, steps, { calls, together });
  } finally {
    store.close();
    rmSync(folder, { recursive: true });
  }
}

async function commitAll(store: Store, steps: readonly Batch[], { calls, together }: Fill): Promise<Filled> {
  const filled: Filled = { entries: 0, batches: 0, ms: 0, cpuMs: 0, longestMs: 0 };
  const nextSeq = () => filled.entries++;
  for (let turn = 0; turn < calls / together + steps.length - 1; turn++) {
    const batches = steps.flatMap((step, index) => {
      const first = (turn - index) * together;
      if (first < 0 || first >= calls) return [];
      return Array.from({ length: together }, (_, nth) => forCall(step, first + nth, nextSeq));
    });
    filled.batches += batches.length;
    const cpu = process.cpuUsage();
    const begin = performance.now();
    await committed(store, batches);
    const ms = performance.now() - begin;
    const used = process.cpuUsage(cpu);
    filled.ms += ms;
    filled.cpuMs += (used.user + used.system) / 1000;
    filled.longestMs = Math.max(filled.longestMs, ms);
  }
  return filled;
}

function committed(store: Store, batches: readonly Batch[]): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let left = batches.length;
  for (const batch of batches)
    store.commit(
      () => batch,
      () => {
        left--;
        if (left === 0) resolve();
      },
    );
  return promise;
}

const fail = (error: Error) => {
  throw error;
};

const tasks = { fill };
export type StoreTasks = typeof tasks;

servePart(tasks);
