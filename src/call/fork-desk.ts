import type { Act, ConferenceAct } from '../journal/act.ts';
import type { ForkRecord } from '../records/fork.ts';
import type { StartFork, StreamFork } from '../verbs/fork.ts';
import type { Forks } from './forks.ts';

/** What an API does with the streams, transcriptions and recordings beside a call, and the streams of a conference. */
export interface ForkDesk {
  /** What goes on of a call or a conference, in the order in which it began. */
  of(owner: string): readonly ForkRecord[];
  /** Begins one: `failed`, with why, when it cannot; undefined when there is no such call. */
  start(call: string, fork: Omit<StartFork, 'verb' | 'answers'>): ForkRecord | undefined;
  /** Streams what everybody says in a conference, from when it begins; undefined when no such conference goes on. */
  stream(conference: string, fork: StreamFork): ForkRecord | undefined;
  /** Ends one by its name or id; gives what it was, or undefined when nothing of the name goes on. */
  stop(owner: string, name: string): ForkRecord | undefined;
}

interface Parts {
  forks: Forks;
  act(call: string, what: Act): boolean;
  meet(conference: string, what: ConferenceAct): boolean;
}

/** Under this id an API does something beside the program; it is over at once. */
const activity = 'fork';

export function forkDesk({ forks, act, meet }: Parts): ForkDesk {
  return {
    of: (owner) => forks.of(owner),
    start: (call, fork) => {
      forks.latest = undefined;
      act(call, { type: 'act.start', activity, instruction: { verb: 'startFork', answers: false, ...fork } });
      return forks.latest;
    },
    stream: (conference, fork) => {
      forks.latest = undefined;
      meet(conference, { type: 'startFork', fork });
      return forks.latest;
    },
    stop: (owner, name) => {
      const found = forks.find(owner, undefined, name);
      if (!found) return undefined;
      const { kind, id, call } = found;
      if (call === undefined) meet(owner, { type: 'stopFork', name: id });
      else
        act(call, { type: 'act.start', activity, instruction: { verb: 'stopFork', answers: false, kind, name: id } });
      return found;
    },
  };
}
