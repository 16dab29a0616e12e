import { assign, setup } from 'xstate';
import type { LegEvent, Sound } from '../telephony/leg.ts';
import type { HandlerUrl, Outcome, VerbInput, Written } from './verb.ts';

/** Collect keypad digits, listening while the prompts play. */
export interface Gather extends Written {
  verb: 'gather';
  prompts: readonly Sound[];
  maxDigits: number;
  /** The key that ends the collection and is not kept; empty: every key is kept. */
  stopKey: string;
  /** Silence, after the prompts or the last digit, that ends the collection. */
  timeoutMs: number;
  /** Who hears the digits, none included; absent: execution goes on. */
  next?: HandlerUrl;
}

export interface Context extends VerbInput<Gather> {
  digits: string;
  /** The prompts that play. */
  play: string;
  reason: 'complete' | 'stopKey' | 'timeout';
}

export const gather = setup({
  types: {
    input: {} as VerbInput<Gather>,
    context: {} as Context,
    events: {} as LegEvent,
    output: {} as Outcome,
  },
  delays: { silence: ({ context }) => context.instruction.timeoutMs },
  guards: {
    hasPrompts: ({ context }) => context.instruction.prompts.length > 0,
    isOurs: ({ context }, id: string) => context.play === id,
    isStopKey: ({ context }, digit: string) => context.instruction.stopKey === digit,
    hasAllDigits: ({ context }) => context.digits.length >= context.instruction.maxDigits,
  },
  actions: {
    playPrompts: assign({
      play: ({ context: { stage, instruction } }) => {
        const id = stage.id();
        stage.send({ type: 'play', id, sounds: instruction.prompts });
        return id;
      },
    }),
    stopPrompts: ({ context: { stage, play } }) => stage.send({ type: 'stop', id: play }),
    keepDigit: assign({ digits: ({ context }, digit: string) => context.digits + digit }),
    keepReason: assign({ reason: (_, reason: Context['reason']) => reason }),
  },
}).createMachine({
  id: 'gather',
  context: ({ input }) => ({ ...input, digits: '', play: '', reason: 'complete' }),
  initial: 'choosing',
  states: {
    choosing: { always: [{ guard: 'hasPrompts', target: 'prompting' }, { target: 'collecting' }] },
    prompting: {
      entry: 'playPrompts',
      on: {
        'leg.done': { guard: { type: 'isOurs', params: ({ event }) => event.id }, target: 'collecting' },
        'leg.failed': { guard: { type: 'isOurs', params: ({ event }) => event.id }, target: 'collecting' },
        'leg.pressed': [
          {
            guard: { type: 'isStopKey', params: ({ event }) => event.digit },
            actions: ['stopPrompts', { type: 'keepReason', params: 'stopKey' }],
            target: 'done',
          },
          {
            actions: ['stopPrompts', { type: 'keepDigit', params: ({ event }) => event.digit }],
            target: 'collecting',
          },
        ],
      },
    },
    collecting: {
      always: { guard: 'hasAllDigits', target: 'done' },
      after: { silence: { actions: { type: 'keepReason', params: 'timeout' }, target: 'done' } },
      on: {
        'leg.pressed': [
          {
            guard: { type: 'isStopKey', params: ({ event }) => event.digit },
            actions: { type: 'keepReason', params: 'stopKey' },
            target: 'done',
          },
          {
            actions: { type: 'keepDigit', params: ({ event }) => event.digit },
            target: 'collecting',
            reenter: true,
          },
        ],
      },
    },
    done: { type: 'final' },
  },
  output: ({ context: { digits, reason, instruction } }): Outcome => {
    const result = { type: 'digits', digits, reason } as const;
    return instruction.next ? { type: 'request', urls: [instruction.next], result } : { type: 'continue', result };
  },
});
