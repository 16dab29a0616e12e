import type { Act } from '../journal.ts';
import type { ForkRecord } from '../records.ts';
import type { StartFork } from '../verbs/fork.ts';
import type { Forks } from './forks.ts';

/** What an API does with the streams, transcriptions and recordings beside a call. */
export interface ForkDesk {
  /** What goes on, in the order in which it began. */
  of(call: string): readonly ForkRecord[];
  /** Begins one: `failed`, with why, when it cannot; undefined when there is no such call. */
  start(call: string, fork: Omit<StartFork, 'verb' | 'answers'>): ForkRecord | undefined;
  /** Ends one by its name or id; gives what it was, or undefined when nothing of the name goes on. */
  stop(call: string, name: string): ForkRecord | undefined;
}

/** Under this id an API does something beside the program; it is over at once. */
const activity = 'fork';

export function forkDesk(forks: Forks, act: (call: string, what: Act) => boolean): ForkDesk {
  return {
    of: (call) => forks.of(call),
    start: (call, fork) => {
      forks.latest = undefined;
      act(call, { type: 'act.start', activity, instruction: { verb: 'startFork', answers: false, ...fork } });
      return forks.latest;
    },
    stop: (call, name) => {
      const found = forks.find(call, undefined, name);
      if (!found) return undefined;
      const { kind, id } = found;
      act(call, { type: 'act.start', activity, instruction: { verb: 'stopFork', answers: false, kind, name: id } });
      return found;
    },
  };
}
