import type { ErrorCode } from '../errors.ts';
import type { JournalEntry } from '../journal/journal.ts';

/** Something that went wrong in a call, as its owner wants to hear of it. */
export interface Incident {
  code: ErrorCode;
  message: string;
  call: string;
  family: string;
  at: number;
  severity: 'warning' | 'error';
  /** Without query and credentials. */
  url?: string;
  status?: number;
  /** In the document. */
  line?: number;
  column?: number;
}

/** What went wrong by this entry, if anything did. */
export function incidentOf({ subject, family, at, input, output }: JournalEntry): Incident | undefined {
  const about = { call: subject, family, at };
  if (output?.type === 'problem') {
    const { code, message, at: place } = output;
    return {
      ...about,
      code,
      message: discreet(message),
      severity: 'error',
      ...(place && { line: place.line, column: place.column }),
    };
  }
  if (output?.type === 'callback.givenUp') {
    const message = `${output.event} was given up after ${output.attempts} attempts`;
    return { ...about, code: 'CALLBACK_GIVEN_UP', message, severity: 'error' };
  }
  if (input?.type !== 'handler.attempted' && input?.type !== 'callback.attempted') return undefined;
  const { code, reason = '', url, status } = input.attempt;
  // The call ended while its application was asked: nobody did anything wrong.
  if (code === undefined || code === 'HANDLER_ABANDONED') return undefined;
  const [, line, column] = /^(\d+):(\d+) /.exec(reason) ?? [];
  return {
    ...about,
    code,
    message: discreet(reason),
    severity: 'warning',
    url: discreet(url),
    ...(status !== undefined && { status }),
    ...(line && { line: Number(line), column: Number(column) }),
  };
}

/** A text without what URLs in it may give away: credentials, and tokens in queries. */
export const discreet = (text: string): string =>
  text.replace(
    /\b([a-z][a-z0-9+.-]*:\/\/)([^\s/?#"']*@)?([^\s?#"']*)(\?[^\s"']*?(?=[.,:;]?(?:[\s"']|$)))?/gi,
    (_, scheme, _user, rest, query) => `${scheme}${rest}${query ? '?…' : ''}`,
  );
