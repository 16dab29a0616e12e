import type { ErrorCode } from '../errors.ts';
import type { HandlerUrl, Program, Purpose, Result, Stage, VerbEvent } from './verb.ts';

/** Something to be heard over and over: a program, or what the application answers each time. */
export interface Loop {
  purpose: Purpose;
  source: Program | { from: HandlerUrl; result(): Result };
}

interface Announcement {
  id: string;
  source: Program | HandlerUrl;
}

/** `pausing`: the loop waits before it begins again. */
type Run = { loop: Loop; since: number; pausing?: true } | { announcement: Announcement };

/** A document that takes less time than this is not asked for again before so much has passed. */
const leastMs = 1_000;

/**
 * What a call hears of programs while its verb goes on: one at a time, a loop or, before it, announcements. What was
 * interrupted begins again.
 */
export class Aside {
  readonly #stage: Stage;
  /** The application gives no document for the loop, which is over. */
  readonly #lost: (code: ErrorCode) => void;
  #loop: Loop | undefined;
  #announcements: Announcement[] = [];
  #running: Run | undefined;
  /** Of each of them `ran` comes once, in this order. */
  #runs: Run[] = [];

  constructor(stage: Stage, lost: (code: ErrorCode) => void) {
    this.#stage = stage;
    this.#lost = lost;
  }

  /** This from now on; nothing: silence. */
  play(loop: Loop | undefined): void {
    this.#loop = loop;
    if (this.#running && 'announcement' in this.#running) return;
    this.#stop();
    this.#next(0);
  }

  announce(announcement: Announcement): void {
    this.#announcements.push(announcement);
    if (this.#running && 'announcement' in this.#running) return;
    this.#stop();
    this.#next(0);
  }

  /** Somebody else has ended all of it. */
  forget(): void {
    this.#loop = undefined;
    this.#announcements = [];
    this.#running = undefined;
  }

  ran({ call, finished, code, left }: Extract<VerbEvent, { type: 'ran' }>): void {
    const { call: own, rooms } = this.#stage;
    if (call !== own.id) return;
    const run = this.#runs.shift();
    if (!run || run !== this.#running) return;
    this.#running = undefined;
    if ('announcement' in run) {
      this.#announcements.shift();
      rooms.announced(run.announcement.id, code);
      this.#next(0);
    } else if (code) this.#lost(code);
    else if (run.pausing && finished) this.#next(0);
    else if (finished || left) this.#next(leastMs - (this.#stage.now() - run.since));
  }

  #stop(): void {
    if (this.#running) this.#stage.stopProgram(this.#stage.call.id);
    this.#running = undefined;
  }

  /** @param pauseMs how long the loop waits before it begins */
  #next(pauseMs: number): void {
    const [announcement] = this.#announcements;
    if (announcement) this.#begin({ announcement }, programOf('announce', announcement.source));
    else if (this.#loop) this.#repeat(this.#loop, pauseMs);
  }

  #repeat(loop: Loop, pauseMs: number): void {
    const { purpose, source } = loop;
    const run = { loop, since: this.#stage.now() };
    if ('instructions' in source) this.#begin(run, source);
    else if (pauseMs > 0) this.#begin({ ...run, pausing: true }, silence(purpose, source.from.url, pauseMs));
    else this.#begin(run, programOf(purpose, source.from, source.result()));
  }

  #begin(run: Run, program: Program): void {
    this.#running = run;
    this.#runs.push(run);
    this.#stage.run(program, this.#stage.call.id, () => this.#isWanted(run));
  }

  /** Whether something else has come before its turn did: then it does not run at all. */
  #isWanted(run: Run): boolean {
    if (run !== this.#running) this.#runs = this.#runs.filter((other) => other !== run);
    return run === this.#running;
  }
}

/** The program that asks for the document. */
function programOf(purpose: Purpose, from: Program | HandlerUrl, result?: Result): Program {
  if ('instructions' in from) return from;
  const ask = { verb: 'redirect', answers: false, to: from, ...(result && { result }) } as const;
  return { url: from.url, purpose, instructions: [ask] };
}

/** What is heard until a document may be asked for again. */
const silence = (purpose: Purpose, url: string, ms: number): Program => ({
  url,
  purpose,
  instructions: [{ verb: 'play', answers: false, sounds: [{ type: 'silence', ms }] }],
});

/** The network's own music, until it is stopped. */
export const music = (purpose: Purpose): Program => ({
  url: '',
  purpose,
  instructions: [{ verb: 'play', answers: false, sounds: [{ type: 'music', loops: 0 }] }],
});
