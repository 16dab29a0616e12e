import type { ActorLogic, AnyActor, EventObject, Snapshot } from 'xstate';
import { Alarm } from '../clock.ts';
import type { Outcome, VerbEvent, VerbInput } from './verb.ts';

export interface VerbSnapshot<Memory> {
  status: 'active' | 'done';
  output: Outcome | undefined;
  error: undefined;
  memory: Memory;
}

type VerbLogic<I, Memory> = ActorLogic<
  VerbSnapshot<Memory> & Snapshot<Outcome>,
  VerbEvent,
  VerbInput<I>,
  // biome-ignore lint/suspicious/noExplicitAny: XState's own default for the system of a logic
  any,
  EventObject
>;

/**
 * A verb that waits at most for one thing: `begin` does the work and either ends at once or says what it remembers;
 * `hear` looks at each event until it names an outcome. A machine for this would cost five times as much per call.
 */
export function waiting<I, Memory>(
  begin: (input: VerbInput<I>) => { outcome: Outcome } | { memory: Memory },
  hear: (event: VerbEvent, memory: Memory, input: VerbInput<I>) => Outcome | undefined,
): VerbLogic<I, { input: VerbInput<I>; memory: Memory } | undefined> {
  type Kept = { input: VerbInput<I>; memory: Memory } | undefined;
  type State = VerbSnapshot<Kept> & Snapshot<Outcome>;
  const active = (memory: Kept): State => ({ status: 'active', output: undefined, error: undefined, memory });
  const done = (output: Outcome): State => ({ status: 'done', output, error: undefined, memory: undefined });
  return {
    getInitialSnapshot: (_scope, input) => {
      const begun = begin(input);
      return 'outcome' in begun ? done(begun.outcome) : active({ input, memory: begun.memory });
    },
    transition: (state, event) => {
      if (!state.memory) return state;
      const outcome = hear(event, state.memory.memory, state.memory.input);
      return outcome ? done(outcome) : state;
    },
    getPersistedSnapshot: (state) => state,
  };
}

/** A verb that is over as soon as it has begun. */
export function instant<I>(does: (input: VerbInput<I>) => Outcome) {
  return waiting<I, undefined>(
    (input) => ({ outcome: does(input) }),
    () => undefined,
  );
}

export type Heard = VerbEvent | { type: 'woken' };

/** A verb at work: it begins, and hears what happens, until it says how it ends. */
export interface Work {
  begin(): Outcome | undefined;
  hear(event: Heard): Outcome | undefined;
}

type Lasting = Snapshot<Outcome> & { work: Work; alarm: Alarm };

/** A verb that goes on for a while, and is `woken` by its alarm. */
export function lasting<I>(
  start: (input: VerbInput<I>, alarm: Alarm) => Work,
  // biome-ignore lint/suspicious/noExplicitAny: XState's own default for the system of a logic
): ActorLogic<Lasting, Heard, VerbInput<I>, any, EventObject> {
  const after = (output: Outcome | undefined, work: Work, alarm: Alarm): Lasting =>
    output
      ? { status: 'done', output, error: undefined, work, alarm }
      : { status: 'active', output: undefined, error: undefined, work, alarm };
  return {
    getInitialSnapshot: ({ self }, input) => {
      const actor = self as AnyActor;
      const alarm = new Alarm(actor.clock, () => actor.send({ type: 'woken' }));
      const work = start(input, alarm);
      return after(work.begin(), work, alarm);
    },
    transition: (state, event: { type: string }) => {
      const { work, alarm } = state;
      const isStopped = event.type === 'xstate.stop';
      const outcome = isStopped ? undefined : work.hear(event as Heard);
      if (!isStopped && !outcome) return state;
      alarm.clear();
      return isStopped
        ? { ...state, status: 'stopped', output: undefined, error: undefined }
        : after(outcome, work, alarm);
    },
    getPersistedSnapshot: (state) => state,
  };
}
