/**
 * Where every id and every random number comes from. An id is 28 hexadecimal digits (112 bits): 48 bits of time in
 * milliseconds, 16 of a counter, 48 of randomness; ids sort by creation, and each vendor spells them reversibly.
 */
export interface Ids {
  next(): string;
  /** At least 0, less than 1. */
  random(): number;
}

export function createIds(now: () => number, random: () => number): Ids {
  // Spelled by Node in one piece: a string put together from four is kept in four.
  const bytes = Buffer.alloc(14);
  let counter = 0;
  let time = 0;
  return {
    random,
    next: () => {
      counter = (counter + 1) % 0x1_0000;
      // They sort by creation also when the counter begins again, or somebody sets the clock back.
      time = Math.max(now(), counter === 0 ? time + 1 : time);
      bytes.writeUIntBE(time, 0, 6);
      bytes.writeUInt16BE(counter, 6);
      bytes.writeUIntBE(half(random), 8, 3);
      bytes.writeUIntBE(half(random), 11, 3);
      return bytes.toString('hex');
    },
  };
}

/** Random sources give 32 good bits at least: 24 of them at a time. */
const half = (random: () => number) => Math.floor(random() * 0x100_0000);

/** Numbers that nobody can guess, with 53 random bits each. */
export const secureRandom = (): number => Number(crypto.getRandomValues(new BigUint64Array(1))[0]! >> 11n) / 2 ** 53;

/** The same numbers for the same seed, for ever (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}
