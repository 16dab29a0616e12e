import type { Statistics } from '../leg-event.ts';

/** How somebody at a telephone behaves, as plain data: flow files, tests and an API write it. Times are in seconds. */
export type Script = readonly Step[];

/** One thing that somebody does, and what they wait for before. A step without an act only waits. */
export type Step = When & Act;

export interface When {
  /**
   * Since the previous step was done, or since what this one waits for. The first step counts from the answer; for a
   * caller, from the moment the call was made.
   */
  after?: number;
  /** Waits until the engine, or another party, has begun something that contains this text, in any letter case. */
  hears?: string;
  /** Waits until something that contains this text has been said to its end. */
  heard?: string;
  /** How long to wait for that at most; then the step goes on without it. */
  within?: number;
}

export type Act =
  /** Keys, 100 ms each and 100 ms between; `w` waits half a second. */
  | { press: string }
  /** `confidence`: how well it can be understood, from 0 to 1. */
  | { say: string; confidence?: number }
  /** Says nothing for so long. */
  | { silence: number }
  | { hangUp: true }
  /** Puts the other side on hold: neither hears the other until `resume`. */
  | { hold: true }
  | { resume: true }
  /** Sends a fax, if the other side receives one within a minute. */
  | { fax: { pages: number } }
  | { [none in never]: never };

/** What a called telephone does. With nothing given: it rings at once, is answered after 2 s, and the person stays. */
export interface Phone {
  /** Until the network tells anything at all: ringing, busy and the like. 0 unless given. */
  after?: number;
  /** Whether the caller is told of ringing. */
  rings?: boolean;
  /** Seconds of ringing until the answer, 2 unless given; false: nobody answers. */
  answers?: number | false;
  busy?: true;
  /** Refuses the call after 2 s of ringing, or so many seconds. */
  rejects?: true | number;
  unreachable?: true;
  invalid?: true;
  /** The network fails. */
  fails?: true;
  /** Heard before the answer. */
  earlyMedia?: string;
  /** Answers and hangs up at once. */
  drops?: true;
  /** Seconds after the answer. */
  hangsUp?: number;
  /** An answering machine: says this, beeps (`after` so many seconds) if it does, and listens. */
  machine?: { greeting: string; beep: boolean; after?: number };
  /** A fax machine: sends so many pages to whoever receives them, and hangs up. */
  fax?: { pages: number };
  /** When asked to call somebody else: refuses, or does so and never tells how it went. */
  refers?: 'refuses' | 'silent';
  /** Whether it receives text messages. */
  texts?: boolean;
  /** Headers of its answer to an invitation, whatever the answer is, when it is called by SIP. */
  headers?: Readonly<Record<string, string>>;
  /** What is told of the quality of an answered call when it has ended. */
  statistics?: Statistics;
  /** What the person does from the answer on. */
  script?: Script;
  /** How many calls it takes at once; one more is busy. */
  lines?: number;
  /** What it does at the first call, the second, and so on; the last is what it goes on doing. */
  calls?: readonly Phone[];
}
