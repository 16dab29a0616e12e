import type { Ids } from '../../ids.ts';
import type { Input, JournalEntry } from '../../journal/journal.ts';

const anId = /[0-9a-f]{28}/g;

/** The ids of a journal once more, each when its turn comes: they stand there in the order in which they were made. */
export function recordedIds(journal: readonly JournalEntry[]): Ids {
  const ids = inOrder(journal);
  let next = 0;
  return {
    // One that the journal does not have any more: what follows differs, and is said to.
    next: () => ids[next++] ?? `${next}`.padStart(28, 'f'),
    random: () => {
      throw new Error('chance while a journal is reenacted');
    },
  };
}

/** What comes into being with it is its subject. */
const isMade = (input: Input): boolean =>
  input.type === 'created' || input.type === 'offered' || (input.type === 'queue.act' && input.act.type === 'create');

/** Those that the engine made: they come up first in what it put out. */
function inOrder(journal: readonly JournalEntry[]): string[] {
  const known = new Set<string>();
  const made: string[] = [];
  for (const { input, output, subject } of journal) {
    // An id that somebody outside has chosen comes up in what they do.
    if (input && /^(?:act|conference\.act)\b/.test(input.type))
      for (const [id] of JSON.stringify(input).matchAll(anId)) known.add(id);
    const text = output ? JSON.stringify(output) : input && isMade(input) ? subject : '';
    for (const [id] of text.matchAll(anId)) {
      if (known.has(id)) continue;
      known.add(id);
      made.push(id);
    }
  }
  return made;
}
