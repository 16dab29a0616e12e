import type { DatabaseSync } from 'node:sqlite';
import type { Batch } from '../store.ts';
import { failure, inTransaction } from './database.ts';
import { Latest, latestOf, type What } from './latest.ts';
import { linesIn, Slots } from './slots.ts';
import { read, spelled } from './spelling.ts';
import type { Tables } from './tables.ts';

/** More batches than these are written to the tables at once: so many share what that costs. */
const fewBatches = 32;

/**
 * What has been committed lately. To write it to the tables changes a dozen pages of the data file; so it is first
 * written as it comes, in one or two pages of its own, and taken over into the tables when there is more of it, or when
 * somebody reads them. After a crash that is done by whoever opens the file next.
 */
export class Recent {
  readonly #database: DatabaseSync;
  readonly #tables: Tables;
  readonly #slots: Slots;
  #latest: Latest;

  constructor(database: DatabaseSync, tables: Tables) {
    this.#database = database;
    this.#tables = tables;
    this.#latest = recentIn(database);
    this.#slots = new Slots(database, takenIn(database));
    this.takeOver();
  }

  /** All of it, or when it throws nothing. */
  keep(batches: readonly Batch[]): void {
    const group = latestOf(batches);
    const isShort = batches.length <= fewBatches && this.#slots.spell(spelled(group, batches));
    if (isShort && this.#slots.hasRoom) {
      this.#slots.write();
      this.#slots.wrote();
      this.#latest.add(group);
      return;
    }
    this.#settle(() => this.#tables.keep(group));
  }

  /** Brings the tables up to date. */
  takeOver(): void {
    if (!this.#latest.isEmpty) this.#settle(() => {});
  }

  /** The same and, in one transaction with it, something else; nothing is left where it was written first. */
  changing<Given>(act: () => Given): Given {
    const given = this.#settle(() => {
      this.#slots.wipe();
      return act();
    });
    this.#slots.wiped();
    return given;
  }

  /** The tables have everything, and nothing else has anything. */
  tidy(): void {
    if (!this.#slots.isBlank) this.changing(() => {});
  }

  /** How something is, if it has changed lately. */
  get latest(): Latest {
    return this.#latest;
  }

  /** Reads the tables as if all that has been committed were in them, which it is from then on if it can be written. */
  find<Found>(what: What, find: () => Found): Found {
    return this.#isThere(what) ? find() : this.#shown(find);
  }

  *each<R>(what: What, each: () => Iterable<R>): Generator<R> {
    yield* this.#isThere(what) ? each() : this.#shown(() => [...each()]);
  }

  #isThere(what: What): boolean {
    if (!this.#latest.has(what)) return true;
    try {
      this.takeOver();
      return true;
    } catch {
      // Whoever writes next hears of it; reading goes on.
      return false;
    }
  }

  #shown<Found>(find: () => Found): Found {
    this.#database.exec('BEGIN');
    try {
      this.#tables.keep(this.#latest);
      return find();
    } catch (error) {
      throw failure(error);
    } finally {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
    }
  }

  #settle<Given>(act: () => Given): Given {
    const given = inTransaction(this.#database, () => {
      if (!this.#latest.isEmpty) {
        this.#tables.keep(this.#latest);
        this.#tables.marks.mark('taken', this.#slots.number);
      }
      return act();
    });
    this.#latest = new Latest();
    this.#slots.restart();
    return given;
  }
}

/** What has been committed to a data file and is not yet in its tables. */
export function recentIn(database: DatabaseSync): Latest {
  const latest = new Latest();
  const table = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'recent'").get();
  if (table) for (const line of linesIn(database, takenIn(database))) latest.add(read(line));
  return latest;
}

const takenIn = (database: DatabaseSync): number =>
  Number(database.prepare("SELECT value FROM marks WHERE name = 'taken'").get()?.value ?? 0);
