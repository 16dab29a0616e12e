import type { Replay } from '../replay/replay.ts';

/** How a flow compares with what was recorded of it. */
export type Verdict = 'ok' | 'differs' | 'new' | 'recorded' | 'broken';

/** What happened: a `Replay`, or as much of one as there is. */
export type Happened = Pick<Replay, 'journal'> & Partial<Pick<Replay, 'ms'>>;

/** How one flow went: what a report is made of. */
export interface FlowResult {
  /** Its name, usually the path of its folder. */
  flow: string;
  verdict: Verdict;
  /** What happened; absent when it could not be run. */
  replay?: Happened;
  /** What differs, for people to read. */
  difference?: string;
  /** The transcript that was expected, and the one there is, when they differ; the page shows one within the other. */
  compared?: { expected: string; now: string };
  error?: { code: string; message: string };
  /** How long it took, in real milliseconds. */
  tookMs?: number;
}

/** Something that was found wrong with an application. */
export interface ReportedFinding {
  /** What kind of thing, in one word. */
  kind: string;
  message: string;
  /** What to do to see it. */
  steps?: string;
  url?: string;
  line?: number;
  /** The call that shows it. */
  replay?: Happened;
}

/** An application that was explored. */
export interface Explored {
  /** A drawing of it, as SVG. */
  map?: string;
  findings: readonly ReportedFinding[];
}

export interface ReportOptions {
  /** What the report is about. */
  title?: string;
  exploration?: Explored;
}

export const isGood = ({ verdict }: FlowResult): boolean => verdict === 'ok' || verdict === 'recorded';

/** Why a flow is not as it should be, in one line. */
export function reasonOf({ verdict, error }: FlowResult): string {
  if (error) return `${error.code} ${error.message}`;
  if (verdict === 'new') return 'there is no transcript yet: --update records one';
  return 'not as recorded';
}
