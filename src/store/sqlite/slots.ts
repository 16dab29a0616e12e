import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** So much of a row fills a page of the data file: what is written is one page, and no other is touched for it. */
const slotBytes = 8128;
const slotCount = 64;
/** Of one text: what is longer is not worth being written twice. */
const mostSlots = 16;

const space = 0x20;

/**
 * A few rows of one size, written over again and again: where lines of text are kept at the least cost. Whether what a
 * row has still counts is told by its number, the highest one of what no longer does is a mark.
 */
export class Slots {
  readonly #database: DatabaseSync;
  readonly #text = Buffer.allocUnsafe(slotBytes * mostSlots);
  readonly #writes: StatementSync[] = [];
  /** How many it takes to write what has been spelled. */
  #needed = 0;
  /** The one to be written next. */
  #next = 0;
  /** Of the row that was written last. */
  #number: number;
  #isBlank: boolean;

  constructor(database: DatabaseSync, taken: number) {
    this.#database = database;
    const last = database.prepare('SELECT max(number) AS number FROM recent').get()?.number;
    this.#number = Math.max(taken, Number(last ?? 0));
    this.#isBlank = last === null;
  }

  /** There is no row, not even one that does not count. */
  get isBlank(): boolean {
    return this.#isBlank;
  }

  get number(): number {
    return this.#number;
  }

  /** Prepares a line to be written; false when it is too long. */
  spell(line: string): boolean {
    const length = this.#text.write(line);
    // What does not fit is cut off before the character that would be cut in two.
    if (length > this.#text.length - 4) return false;
    this.#needed = Math.ceil(length / slotBytes);
    this.#text.fill(space, length, this.#needed * slotBytes);
    return true;
  }

  get hasRoom(): boolean {
    return this.#next + this.#needed <= slotCount;
  }

  /** Writes what has been spelled, over what no longer counts. To be told of it once it is committed: `wrote`. */
  write(): void {
    const values: (number | Uint8Array)[] = [];
    for (let nth = 0; nth < this.#needed; nth++) {
      const begin = nth * slotBytes;
      values.push(this.#next + nth, this.#number + 1 + nth, this.#text.subarray(begin, begin + slotBytes));
    }
    this.#insert().run(...values);
  }

  wrote(): void {
    this.#next += this.#needed;
    this.#number += this.#needed;
    this.#isBlank = false;
  }

  /** Nothing of what is there counts any more. */
  restart(): void {
    this.#next = 0;
  }

  /** Leaves nothing of it in the file. To be told of it once it is committed: `wiped`. */
  wipe(): void {
    this.#database.exec('DELETE FROM recent');
  }

  wiped(): void {
    this.#isBlank = true;
  }

  /** One statement, however many there are: it is a transaction by itself. */
  #insert(): StatementSync {
    const rows = Array(this.#needed).fill('(?, ?, ?)').join(', ');
    this.#writes[this.#needed] ??= this.#database.prepare(`INSERT OR REPLACE INTO recent VALUES ${rows}`);
    return this.#writes[this.#needed]!;
  }
}

/** The lines that have been written since this number, the oldest first. */
export function linesIn(database: DatabaseSync, taken: number): string[] {
  const rows = database.prepare('SELECT body FROM recent WHERE number > ? ORDER BY number').all(taken);
  const text = Buffer.concat(rows.map(({ body }) => body as Uint8Array)).toString();
  return text.split('\n').filter((line) => line.trim() !== '');
}
