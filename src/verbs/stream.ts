import { waiting } from './logic.ts';
import type { HandlerUrl, Written } from './verb.ts';

/** Two-way audio with an application that has opened the stream of this name. */
export interface Stream extends Written {
  verb: 'stream';
  name: string;
  next?: HandlerUrl;
}

export const stream = waiting<Stream, string>(
  ({ instruction, stage }) => {
    const id = stage.id();
    stage.send({ type: 'stream', id, name: instruction.name });
    return { memory: id };
  },
  (event, id, { instruction: { name, next } }) => {
    if (event.type === 'leg.failed' && event.id === id)
      return { type: 'failed', code: 'STREAM_NOT_OPEN', reason: `no application has opened ${name}` };
    if (event.type !== 'leg.done' || event.id !== id) return undefined;
    const result = { type: 'streamed', parameters: {} } as const;
    return next ? { type: 'request', urls: [next], result } : { type: 'continue', result };
  },
);
