import { number, shape, such, text } from '../../replay/shape.ts';
import { actFields, type CallerAct, readAs } from './call-order.ts';

/** What the caller does next, and how long to wait for what comes of it. */
export interface SessionStep extends CallerAct {
  /** Virtual seconds. */
  advance?: number;
  /** Until something is heard that contains this text. */
  until?: string;
}

const acts = Object.keys(actFields);

const step = such(
  shape<SessionStep>('a step such as { "press": "1" }', {
    ...actFields,
    advance: number('seconds, 86400 at most', 0, 86_400),
    until: text('a text that will be heard'),
  }),
  (value) => {
    const named = acts.filter((name) => name in value);
    return named.length > 1 ? { found: named.join(' and '), expected: `one of ${acts.join(', ')}` } : undefined;
  },
);

export const stepSchema = step.schema;
export const asSessionStep = (body: unknown): SessionStep => readAs<SessionStep>(step, body ?? {});
