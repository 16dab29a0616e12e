import type { Attempt, JournalEntry } from '../../journal/journal.ts';
import { iso } from './call-view.ts';

/** The requests to the application's handlers, each attempt of them, in their order. */
export const requestsIn = (entries: readonly JournalEntry[]): object[] =>
  entries.flatMap(({ subject, at, input }) =>
    input?.type === 'handler.attempted'
      ? [{ call: subject, at: iso(at), request: input.request, ...exchange(input.attempt) }]
      : [],
  );

/** The attempts to deliver callbacks. */
export const callbacksIn = (entries: readonly JournalEntry[]): object[] =>
  entries.flatMap(({ subject, at, input }) => {
    if (input?.type !== 'callback.attempted') return [];
    const { delivery, event, number, attempt } = input;
    return [{ call: subject, at: iso(at), delivery, event, attempt: number, ...exchange(attempt) }];
  });

const exchange = ({ method, url, status, ms, bytes, code, reason, redirectedTo, ...messages }: Attempt) => ({
  method,
  url,
  ...(status !== undefined && { status }),
  ms,
  bytes,
  ...(code !== undefined && { code }),
  ...(reason !== undefined && { reason }),
  ...(redirectedTo !== undefined && { redirectedTo }),
  requestHeaders: messages.requestHeaders,
  requestBody: messages.requestBody,
  responseHeaders: messages.responseHeaders,
  responseBody: messages.responseBody,
});
