import type { JournalEntry } from '../journal/journal.ts';
import type { Dialing, RehearsalOptions } from '../testkit/rehearsal.ts';
import type { ExploreScript } from './acts.ts';
import type { Finding } from './finding.ts';

/** The application, and how it is called. */
export interface ApplicationOptions extends Omit<RehearsalOptions, 'between' | 'phones' | 'numbers'> {
  /** Who calls whom, and what the number says about the call. */
  call?: Dialing;
}

export interface ExploreOptions extends ApplicationOptions {
  /** How many calls are made at most: 1,000 unless given. */
  maxCalls?: number;
  /** How many acts a call has at most: 20 unless given. */
  maxDepth?: number;
  /** Keys that are tried at every menu beside those that it offers. */
  keys?: string;
  /** Each request is made to fail too, in three ways. */
  chaos?: boolean;
  /** Paths or URLs of handlers that must be reached. */
  expectUrls?: readonly string[];
  /** Somebody must be called after so many acts at most, wherever the caller is. */
  operatorWithin?: number;
  /** Another version of the application: what it does differently is told. */
  against?: ApplicationOptions;
  /** Hears how it goes, after each call. */
  onProgress?(progress: Progress): void;
  /** Gets the journal of each call when it is over; the next one waits for it. */
  onPath?(path: ExploredPath): Promise<void> | void;
}

export interface Progress {
  calls: number;
  states: number;
  findings: number;
  /** Calls that are still to be made, as far as is known. */
  left: number;
}

export interface ExploredPath {
  script: ExploreScript;
  journal: readonly JournalEntry[];
  /** What this call showed for the first time. */
  findings: readonly Finding[];
}
