/** The machine of a call as its actors run it: XState decides, and what a decision comes to is worked out once. */
import type { ActorLogic, ExecutableActionObject, SnapshotFrom } from 'xstate';
import { callMachine } from './call.ts';
import type { CallEvent } from './call-event.ts';
import type { Tie } from './tie.ts';

type Machine = typeof callMachine;
type Snapshot = SnapshotFrom<Machine>;
type Scope = Parameters<Machine['transition']>[2];
type Transition = ReturnType<Machine['getTransitionData']>[number];
type Action = (what: object, params: undefined) => void;

/** What comes of a transition in a state. */
interface Step {
  actions: readonly Action[];
  /** How things are afterwards, with no call's context; undefined where they stay as they are. */
  to: Snapshot | undefined;
}

const steps = new Map<Transition, Map<unknown, Step | 'not the same each time'>>();

const noCall = {} as Snapshot['context'];
const beginning = callMachine.resolveState({ value: 'beginning', context: noCall });

/**
 * Which states a transition leaves and enters, and what is done on the way, XState works out at every step, and that is
 * most of what a step takes; it is the same each time (docs/decisions/0014).
 */
function transition(snapshot: Snapshot, event: CallEvent, scope: Scope): Snapshot {
  if (event.type.startsWith('xstate.')) return callMachine.transition(snapshot, event, scope);
  const [chosen] = callMachine.getTransitionData(snapshot, event);
  if (!chosen) return snapshot;
  const step = steps.get(chosen)?.get(snapshot.value);
  if (!step) return learn(chosen, snapshot, event, scope);
  if (step === 'not the same each time') return callMachine.transition(snapshot, event, scope);
  const { context } = snapshot;
  const args = { context, event, self: scope.self, system: scope.system };
  for (const action of step.actions) action(args, undefined);
  return step.to ? { ...step.to, context } : snapshot;
}

/** Lets XState do it, and remembers what it did. */
function learn(chosen: Transition, snapshot: Snapshot, event: CallEvent, scope: Scope): Snapshot {
  const actions: Action[] = [];
  const actionExecutor = (action: ExecutableActionObject) => {
    if (action.exec) actions.push(action.exec as Action);
    scope.actionExecutor(action);
  };
  const next = callMachine.transition(snapshot, event, { ...scope, actionExecutor });
  const to = next === snapshot ? undefined : { ...next, context: noCall };
  const ofState = steps.get(chosen) ?? new Map<unknown, Step | 'not the same each time'>();
  ofState.set(snapshot.value, isSame(chosen, snapshot, next) ? { actions, to } : 'not the same each time');
  steps.set(chosen, ofState);
  return next;
}

/** Nothing that XState does itself, as setting a timer, and nothing that hangs on what the call is then. */
function isSame(chosen: Transition, before: Snapshot, after: Snapshot): boolean {
  const nodes = [...before._nodes, ...after._nodes];
  const actions = [chosen.actions, ...nodes.flatMap(({ entry, exit }) => [entry, exit])].flat();
  return actions.every(isOurs) && nodes.every(({ always, invoke }) => !always?.length && invoke.length === 0);
}

const isOurs = (action: unknown): boolean => {
  const does = typeof action === 'string' ? callMachine.implementations.actions[action as never] : undefined;
  return typeof does === 'function' && !('resolve' in does);
};

export const callLogic: ActorLogic<Snapshot, CallEvent, Tie> = {
  transition,
  getInitialSnapshot: (_scope, tie) => ({ ...beginning, context: { tie } }),
  getPersistedSnapshot: callMachine.getPersistedSnapshot,
};
