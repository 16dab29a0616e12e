/** For each key, at most so many at a time, in the order in which they came. */
export interface Turns {
  /** Calls `start` once it is this one's turn, at once if it is now. */
  take(key: string, start: () => void): void;
  /** One that had its turn is done: the next may start. */
  give(key: string): void;
  clear(): void;
}

interface Line {
  going: number;
  waiting: (() => void)[] | undefined;
  /** How many of `waiting` have gone; taking them off one by one would move all the others. */
  gone: number;
}

export function createTurns(limit: number): Turns {
  const lines = new Map<string, Line>();
  return {
    take(key, start) {
      let line = lines.get(key);
      if (!line) {
        line = { going: 0, waiting: undefined, gone: 0 };
        lines.set(key, line);
      }
      if (line.going >= limit) {
        line.waiting ??= [];
        line.waiting.push(start);
        return;
      }
      line.going++;
      start();
    },
    give(key) {
      const line = lines.get(key);
      if (!line) return;
      const next = nextOf(line);
      if (next) next();
      else if (--line.going === 0) lines.delete(key);
    },
    clear: () => lines.clear(),
  };
}

function nextOf(line: Line): (() => void) | undefined {
  if (!line.waiting || line.gone === line.waiting.length) return undefined;
  const next = line.waiting[line.gone++];
  if (line.gone > 1000 && line.gone * 2 > line.waiting.length) {
    line.waiting = line.waiting.slice(line.gone);
    line.gone = 0;
  }
  return next;
}
