/** What one step of a call shows to be wrong. */
import type { JournalEntry } from '../journal/journal.ts';
import { cutPrompts } from './cut-prompts.ts';
import type { Found } from './finding.ts';
import type { Doing, Followed, Following } from './following.ts';
import { pathOf } from './path-of.ts';
import { signsInRequests } from './signs-in-requests.ts';
import { leftInSilence } from './silence.ts';
import type { Step } from './walk.ts';

/** @param asked what the caller was asked when the step began */
export function signsIn(step: Step, following: Following, asked: readonly Doing[]): Found[] {
  const caller = [...following.calls.values()].find(({ name }) => name === 'caller');
  return [
    ...signsInRequests(step, following),
    ...step.entries.flatMap((entry) => signInEntry(entry)),
    ...cutPrompts(step.entries),
    ...(caller ? [...leftInSilence(step, caller, asked), ...ends(step, caller)] : []),
  ];
}

const loops: ReadonlySet<string> = new Set(['CALL_REQUESTS_LIMIT', 'CALL_STEPS_LIMIT']);

function signInEntry({ input, output }: JournalEntry): Found[] {
  if (output?.type === 'problem') return ofProblem(output.code, output.message, output.at);
  if (input?.type === 'leg.skipped')
    return [
      { kind: 'promptCut', message: `${input.url} is not heard: ${input.reason}`, url: input.url, same: input.url },
    ];
  if (input?.type === 'callback.attempted' && input.attempt.code !== undefined) {
    const { url, method, reason = input.attempt.code } = input.attempt;
    return [
      {
        kind: 'callbackFailed',
        message: `${method} ${pathOf(url)} (${input.event}): ${reason}`,
        url,
        same: pathOf(url),
      },
    ];
  }
  return [];
}

function ofProblem(code: string, message: string, at?: { line: number; column: number; element: string }): Found[] {
  const place = at && { line: at.line, column: at.column };
  if (code === 'CALL_NUMBER_NOT_VALID') return [{ kind: 'numberNotValid', message, ...place }];
  if (loops.has(code)) return [{ kind: 'redirectLoop', message, ...place, same: code }];
  // The request that failed says more.
  if (code.startsWith('HANDLER_') || code.startsWith('DOCUMENT_') || code === 'AUDIO_NOT_AVAILABLE') return [];
  return [{ kind: 'problem', message: `${code} ${message}`, ...place }];
}

/** The application ends the call after something that the caller did, and does not say a word. */
function ends({ act, heard, entries }: Step, { record, bridge }: Followed): Found[] {
  const isTheirs = act && 'who' in act && act.who === 'caller' && act.does !== 'hangUp';
  const ended = record.endTime !== undefined && record.endedBy === 'us' && record.errorCode === undefined;
  const wasJoined =
    bridge !== undefined ||
    entries.some(({ output }) => output?.type === 'bridge.entered' || output?.type === 'bridge.left');
  if (!ended || wasJoined || (heard.get('caller') ?? []).length > 0) return [];
  if (act?.does === 'wait')
    return [
      {
        kind: 'silenceNotHandled',
        message: `a caller who does nothing is hung up on without a word${lastUrl(entries)}`,
      },
    ];
  if (!isTheirs) return [];
  return [{ kind: 'silentEnd', message: `the call ends without a word${lastUrl(entries)}` }];
}

function lastUrl(entries: readonly JournalEntry[]): string {
  const attempt = entries.findLast(({ input }) => input?.type === 'handler.attempted')?.input;
  return attempt?.type === 'handler.attempted'
    ? `, after ${attempt.attempt.method} ${pathOf(attempt.attempt.url)}`
    : '';
}
