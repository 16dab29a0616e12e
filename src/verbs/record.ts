import { assign, setup } from 'xstate';
import type { LegEvent, Length } from '../telephony/leg.ts';
import type { HandlerUrl, Outcome, VerbInput, Written } from './verb.ts';

/** Record what the far side says, until a key, silence, the maximum or the end of the call. */
export interface RecordAudio extends Written {
  verb: 'record';
  beep: boolean;
  /** The keys that end the recording, none of which is kept in it; empty: no key does. */
  stopKeys: string;
  silenceMs: number;
  maxMs: number;
  trim: boolean;
  transcribe: boolean;
  recordingReady?: HandlerUrl;
  transcriptionReady?: HandlerUrl;
  next?: HandlerUrl;
}

export interface Context extends VerbInput<RecordAudio> {
  /** The beep while it plays, then the recording. */
  id: string;
  ms: number;
  silent: boolean;
  stopKey?: string;
}

export const record = setup({
  types: {
    input: {} as VerbInput<RecordAudio>,
    context: {} as Context,
    events: {} as LegEvent,
    output: {} as Outcome,
  },
  guards: {
    beeps: ({ context }) => context.instruction.beep,
    isOurs: ({ context }, id: string) => context.id === id,
    isStopKey: ({ context }, digit: string) => context.instruction.stopKeys.includes(digit),
  },
  actions: {
    beep: assign({
      id: ({ context: { stage } }) => {
        const id = stage.id();
        stage.send({ type: 'play', id, sounds: [{ type: 'beep' }] });
        return id;
      },
    }),
    record: assign({
      id: ({ context: { stage, instruction } }) => {
        const { silenceMs, maxMs, trim, transcribe, recordingReady, transcriptionReady } = instruction;
        return stage.record({
          source: 'record',
          channels: 1,
          silenceMs,
          maxMs,
          trim,
          transcribe,
          ...(recordingReady && { recordingReady }),
          ...(transcriptionReady && { transcriptionReady }),
        });
      },
    }),
    stop: ({ context: { stage, id } }) => stage.send({ type: 'stop', id }),
    keepStopKey: assign({ stopKey: (_, digit: string) => digit }),
    keepLength: assign({
      ms: (_, { ms = 0 }: Length) => ms,
      silent: (_, { silent }: Length) => silent === true,
    }),
  },
}).createMachine({
  id: 'record',
  context: ({ input }) => ({ ...input, id: '', ms: 0, silent: false }),
  initial: 'choosing',
  states: {
    choosing: { always: [{ guard: 'beeps', target: 'beeping' }, { target: 'recording' }] },
    beeping: {
      entry: 'beep',
      on: {
        'leg.done': { guard: { type: 'isOurs', params: ({ event }) => event.id }, target: 'recording' },
        'leg.failed': { guard: { type: 'isOurs', params: ({ event }) => event.id }, target: 'recording' },
      },
    },
    recording: {
      entry: 'record',
      on: {
        'leg.pressed': {
          guard: { type: 'isStopKey', params: ({ event }) => event.digit },
          actions: [{ type: 'keepStopKey', params: ({ event }) => event.digit }, 'stop'],
          target: 'stopping',
        },
      },
    },
    stopping: {},
    done: { type: 'final' },
  },
  on: {
    'leg.done': {
      guard: { type: 'isOurs', params: ({ event }) => event.id },
      actions: { type: 'keepLength', params: ({ event }) => event },
      target: '.done',
    },
    'leg.stopped': {
      guard: { type: 'isOurs', params: ({ event }) => event.id },
      actions: { type: 'keepLength', params: ({ event }) => event },
      target: '.done',
    },
    'leg.failed': { guard: { type: 'isOurs', params: ({ event }) => event.id }, target: '.done' },
  },
  output: ({ context: { instruction, id, ms, silent, stopKey } }): Outcome => {
    const result = {
      type: 'recorded',
      recording: id,
      ms,
      ...(silent && { silent }),
      ...(stopKey !== undefined && { stopKey }),
    } as const;
    return instruction.next ? { type: 'request', urls: [instruction.next], result } : { type: 'continue', result };
  },
});
