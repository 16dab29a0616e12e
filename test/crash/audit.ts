/** What must be true of a data folder whenever its process was killed, and at the end of all. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'vitest';
import type { JournalEntry } from '../../src/journal/journal.ts';
import type { CallRecord } from '../../src/records/call.ts';
import { openStates, type Store } from '../../src/store/store.ts';
import type { Application } from './application.ts';

const isOpen = ({ state }: CallRecord) => (openStates as readonly string[]).includes(state);

interface Owed {
  delivery: string;
  /** First attempts of the same are in order. */
  order: string;
}

export class Audit {
  /** Calls by their numbers, once they cannot be lost. */
  readonly made = new Map<number, string>();
  /** When processes were killed. */
  readonly kills: number[] = [];
  readonly #ends = new Map<string, string[]>();
  readonly #owed: Owed[] = [];
  #seq = -1;

  /** After each kill. */
  afterKill(store: Store, recordings: string): void {
    this.#readJournal(store);
    for (const [number, id] of this.made) {
      expect(store.call(id)?.labels).toEqual({ number: String(number) });
      expect(store.idempotencyKey('back', `key ${number}`, store.call(id)!.createTime)?.call).toBe(id);
    }
    const numbers = [...store.calls()].flatMap(({ labels }) => labels.number ?? []);
    expect(new Set(numbers).size).toBe(numbers.length);
    expectWholeFiles(store, recordings);
  }

  /** Once a process has ended by itself. */
  atTheEnd(store: Store, recordings: string, { came, taken }: Application): void {
    this.afterKill(store, recordings);
    const calls = [...store.calls()];
    expect(calls.filter(isOpen)).toEqual([]);
    expect(new Map(calls.map(({ id, state }) => [id, [state]]))).toEqual(this.#ends);
    const kept = [...store.recordings()].flatMap(({ state, file }) => {
      expect(state).not.toBe('pending');
      return file === undefined ? [] : basename(file);
    });
    expect(readdirSync(recordings).sort()).toEqual(kept.sort());
    const undelivered = [...store.deliveries()].filter(({ id, state }) => state !== 'delivered' || !taken.has(id));
    expect(undelivered).toEqual([]);
    expect(new Set(this.#owed.map(({ delivery }) => delivery))).toEqual(new Set(came.keys()));
    expect(orders(this.#inOrderOf(came.keys()))).toEqual(orders(this.#owed));
  }

  get calls(): number {
    return this.#ends.size;
  }

  get callbacks(): number {
    return this.#owed.length;
  }

  #inOrderOf(ids: Iterable<string>): Owed[] {
    const known = new Map(this.#owed.map((owed) => [owed.delivery, owed]));
    return [...ids].map((id) => known.get(id)!);
  }

  #readJournal(store: Store): void {
    for (const entry of store.journal(undefined, { after: this.#seq })) {
      expect(entry.seq).toBe(this.#seq + 1);
      this.#seq = entry.seq;
      this.#note(entry);
    }
    expect(store.lastSeq()).toBe(this.#seq);
  }

  #note({ at, subject, output }: JournalEntry): void {
    if (output?.type === 'callback.owed')
      this.#owed.push({ delivery: output.delivery, order: `${subject} ${output.url}` });
    if (output?.type !== 'call.changed' || isOpen(output.record)) return;
    this.#ends.set(subject, [...(this.#ends.get(subject) ?? []), output.state]);
    const { errorMessage, endTime } = output.record;
    if (errorMessage !== 'the process that held the call ended') return;
    const killed = this.kills.findLast((kill) => kill <= at);
    expect(endTime).toBeLessThanOrEqual(killed ?? 0);
  }
}

/** The deliveries of each order. */
const orders = (owed: readonly Owed[]) => Map.groupBy(owed, ({ order }) => order);

/** Under its final name a recording is whole, and what is said to be kept is there. */
function expectWholeFiles(store: Store, folder: string): void {
  const files = readdirSync(folder).filter((name) => name.endsWith('.wav'));
  const sizes = new Map(files.map((name) => [name, wholeWav(readFileSync(join(folder, name)))]));
  for (const { file, bytes } of store.recordings())
    if (file !== undefined) expect(sizes.get(basename(file))).toBe(bytes);
}

/** The length of a WAV file, which is what its header says. */
function wholeWav(wav: Buffer): number {
  expect(wav.toString('latin1', 0, 4) + wav.toString('latin1', 8, 16)).toBe('RIFFWAVEfmt ');
  expect(wav.toString('latin1', 36, 40)).toBe('data');
  expect([wav.readUInt32LE(4), wav.readUInt32LE(40)]).toEqual([wav.length - 8, wav.length - 44]);
  return wav.length;
}
