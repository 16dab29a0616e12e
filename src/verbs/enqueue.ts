import { waiting } from './logic.ts';
import type { HandlerUrl, Outcome, Program, Result, Written } from './verb.ts';

/** Wait in a queue until somebody takes the call; meanwhile the wait program runs above this one. */
export interface Enqueue extends Written {
  verb: 'enqueue';
  queue: string;
  wait?: Program;
  next?: HandlerUrl;
}

export const enqueue = waiting<Enqueue, true>(
  ({ instruction: { queue, wait, next }, stage }) => {
    if (!stage.enqueue(queue)) return { outcome: over(next, { type: 'dequeued', reason: 'error', waitedMs: 0 }) };
    if (wait) stage.run(wait, stage.call.id);
    return { memory: true };
  },
  (event, _memory, { instruction: { wait, next }, stage }) => {
    if (event.type === 'ran' && event.call === stage.call.id && event.finished && wait) {
      stage.run(wait, stage.call.id);
      return undefined;
    }
    if (event.type !== 'queue.left') return undefined;
    return over(next, { type: 'dequeued', reason: event.reason, waitedMs: event.waitedMs });
  },
);

const over = (next: HandlerUrl | undefined, result: Result): Outcome =>
  next ? { type: 'request', urls: [next], result } : { type: 'continue', result };
