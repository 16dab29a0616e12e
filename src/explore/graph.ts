import type { ExploreAct, ExploreScript } from './acts.ts';
import type { Choice } from './choices.ts';

/** A place where a call waits for somebody. */
export interface State extends Place {
  id: number;
  /** The shortest script that leads there. */
  script: ExploreScript;
  edges: Edge[];
}

export interface Place {
  /** Places that mean the same have the same. */
  key: string;
  /** What it waits for: "for a key", "+61491570156 rings". */
  waits: string;
  /** Whoever calls is with somebody, or in a queue or conference, or is being recorded. */
  arrived: boolean;
  /** The document whose element is at work. */
  url?: string;
  line?: number;
  choices: readonly Choice[];
}

/** What something that happens leads to. */
export interface Edge {
  /** Nothing: the call begins. Several: the same thing again and again. */
  acts: readonly ExploreAct[];
  announced?: boolean;
  /** A state, or how the call ended. */
  to: State | Ending;
  /** What the caller heard on the way. */
  heard: readonly string[];
  /** What happened on the way: requests, calls, recordings. */
  told: readonly string[];
  /** Milliseconds from the beginning of the call. */
  atMs: number;
  /** Edges that look the same to whoever calls have the same. */
  looks: string;
  /** Only tried because a request was made to fail. */
  chaos: boolean;
}

export interface Ending {
  ended: string;
  /** Something was wrong. */
  failed: boolean;
}

export const isEnding = (to: object): to is Ending => 'ended' in to;

/** Everything that was found of an application: where its calls wait, and what leads from one place to the next. */
export interface Graph {
  /** How the call begins. */
  begin: Edge | undefined;
  states: State[];
  /** Everything there is was tried. */
  complete: boolean;
}
