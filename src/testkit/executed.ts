import type { Attempt, JournalEntry } from '../journal/journal.ts';
import type { Instruction } from '../verbs/index.ts';
import type { Place } from '../verbs/verb.ts';

/** What a call is executing. */
export interface Executed {
  url: string;
  /** The document as it came. */
  source: string;
  /** Where the verb at work, or the last one, is written. */
  line?: number;
  /** The instruction at work; absent when none is. */
  instruction?: Instruction;
}

interface Following {
  source: string;
  url: string;
  instructions: readonly Instruction[];
  at?: Place;
  working: boolean;
}

/** What a call was executing at the end of a journal; unless given, the call that was asked for last. */
export function executedIn(journal: readonly JournalEntry[], call?: string): Executed | undefined {
  const attempts = new Map<string, Attempt>();
  let following: Following | undefined;
  for (const { subject, input, output } of journal) {
    if (call !== undefined && subject !== call) continue;
    if (input?.type === 'handler.attempted') attempts.set(input.request, input.attempt);
    if (input?.type === 'handler.answered' && input.answer.type === 'program') {
      const { url, instructions } = input.answer.program;
      following = { url, instructions, source: attempts.get(input.request)?.responseBody ?? '', working: false };
    }
    if (following && output?.type === 'verb.began' && output.at)
      following = { ...following, at: output.at, working: true };
    if (following && output?.type === 'verb.ended') following = { ...following, working: false };
  }
  return following && toExecuted(following);
}

function toExecuted({ url, source, instructions, at, working }: Following): Executed {
  const instruction = instructions.find((one) => one.at?.line === at?.line && one.at?.column === at?.column);
  return {
    url,
    source,
    ...(at && { line: at.line }),
    ...(working && instruction && { instruction }),
  };
}
