import { waiting } from './logic.ts';
import type { HandlerUrl, Program, Written } from './verb.ts';

/** Wait in a queue until somebody takes the call; meanwhile the wait program runs above this one. */
export interface Enqueue extends Written {
  verb: 'enqueue';
  queue: string;
  wait?: Program;
  next?: HandlerUrl;
}

export const enqueue = waiting<Enqueue, true>(
  ({ instruction: { queue, wait }, stage }) => {
    stage.enqueue(queue);
    if (wait) stage.run(wait, stage.call.id);
    return { memory: true };
  },
  (event, _memory, { instruction: { wait, next }, stage }) => {
    if (event.type === 'ran' && event.call === stage.call.id && event.finished && wait) {
      stage.run(wait, stage.call.id);
      return undefined;
    }
    if (event.type !== 'queue.left') return undefined;
    const result = { type: 'dequeued', reason: event.reason, waitedMs: event.waitedMs } as const;
    return next ? { type: 'request', urls: [next], result } : { type: 'continue', result };
  },
);
