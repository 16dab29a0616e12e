import type { Answer } from '../journal/journal.ts';
import type { Failure, Verdict } from './verdict.ts';

/** The failure after which the next URL is tried. */
export interface Last {
  url: string;
  failure: Failure;
  document: boolean;
}

/** Why there is no document, when the last of so many URLs has failed so. */
export function toRefusal(last: Last | undefined, count: number): Answer {
  if (!last) return { type: 'refused', code: 'HANDLER_UNAVAILABLE', reason: 'there is no handler URL' };
  const where = count > 1 ? `none of ${count} handler URLs gave a document; the last, ${last.url}` : last.url;
  return {
    type: 'refused',
    code: last.document ? 'DOCUMENT_NOT_VALID' : 'HANDLER_UNAVAILABLE',
    reason: `${where}: ${last.failure.reason}`,
  };
}

/** The answer that a document gives. */
export const toAnswer = ({ program, problems }: Extract<Verdict, { type: 'program' }>): Answer => ({
  type: 'program',
  program,
  ...(problems.length > 0 && { problems }),
});
