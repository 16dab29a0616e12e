import { number, shape, such, text, yes } from '../../replay/shape.ts';
import type { Outcome } from '../../replay/telephone.ts';
import { actFields, type CallerAct, readAs } from './call-order.ts';

/** What happens to a telephone that rings. */
export interface RingingAct {
  answer?: true;
  decline?: true;
  busy?: true;
  unreachable?: true;
  /** A machine answers, says this, beeps and listens. */
  machine?: string;
  /** It rings until whoever calls gives up. */
  letRing?: true;
}

/** What somebody does next, and how long to wait for what comes of it. */
export interface SessionStep extends CallerAct, RingingAct {
  /** The number that was called and whose telephone this is about; unless given, the caller does it. */
  as?: string;
  /** Virtual seconds. */
  advance?: number;
  /** Until something is heard that contains this text. */
  until?: string;
}

const ringing = {
  answer: yes,
  decline: yes,
  busy: yes,
  unreachable: yes,
  machine: text('the greeting of a machine'),
  letRing: yes,
};

const acts = Object.keys({ ...actFields, ...ringing });

const step = such(
  shape<SessionStep>('a step such as { "press": "1" }', {
    ...actFields,
    ...ringing,
    as: text('a number that was called'),
    advance: number('seconds, 86400 at most', 0, 86_400),
    until: text('a text that will be heard'),
  }),
  (value) => {
    const named = acts.filter((name) => name in value);
    if (named.length > 1) return { found: named.join(' and '), expected: `one of ${acts.join(', ')}` };
    const [act = 'nothing to do'] = named;
    if (act in ringing && !('as' in value))
      return {
        found: act,
        expected: `"as" beside it, the number that was called: { "as": "+61491570156", "${act}": … }`,
      };
    return 'as' in value && named.length === 0 ? { found: act, expected: `one of ${acts.join(', ')}` } : undefined;
  },
);

export const stepSchema = step.schema;
export const asSessionStep = (body: unknown): SessionStep => readAs<SessionStep>(step, body ?? {});

/** What is decided about a telephone that rings; undefined when nothing is. */
export function outcomeOf({ answer, decline, busy, unreachable, machine }: RingingAct): Outcome | undefined {
  if (machine !== undefined) return { greeting: machine };
  if (answer) return 'answer';
  if (decline) return 'decline';
  if (busy) return 'busy';
  return unreachable ? 'unreachable' : undefined;
}
