import type { CallEvent } from './call-event.ts';
import type { Ending } from './lifecycle.ts';
import type { LiveCall } from './live-call.ts';
import { type Plan, planFor } from './plan.ts';
import type { Performance } from './program-stack.ts';

/** Which verbs stop and which one starts: their actors are the machine's. */
export interface Staging {
  stop: readonly string[];
  start?: Performance;
}

/** Does what the plan for this event says. */
export function carryOut(call: LiveCall, event: CallEvent): Staging {
  const plan = planFor(call, event);
  call.planned = undefined; // the same act may come again, and mean something else
  const stop = [...settle(call, event), ...replace(call, event)];
  return { ...follow(call, plan, stop), stop };
}

/** The verb that is over, if the event says so. */
function settle(call: LiveCall, event: CallEvent): string[] {
  if (event.type === 'takenOver') return [...event.stopped];
  if (event.type === 'act.stop') return call.programs.stopActivity(event.activity);
  if (!('actorId' in event) || !('output' in event)) return [];
  const known = call.programs.settle(event.actorId, event.output);
  if (!known) call.output({ type: 'dropped', what: event.type, epoch: call.epoch });
  return [event.actorId];
}

/** Somebody outside replaces the program: what it was doing is interrupted, and its answers are out of date. */
function replace(call: LiveCall, event: CallEvent): string[] {
  if (event.type !== 'act.replace' && event.type !== 'act.redirect') return [];
  call.epoch++;
  call.requests.cancel();
  const stopped = call.programs.unwind(0);
  call.around.bridges.leave(call);
  return stopped;
}

function follow(call: LiveCall, plan: Plan, stop: string[]): { start?: Performance } {
  switch (plan.to) {
    case 'performing':
    case 'answering': {
      stop.push(...call.programs.unwind(plan.height + 1));
      if (plan.load) call.programs.load(plan.height, plan.load, plan.requester);
      call.programs.top!.position = plan.position;
      if (plan.to === 'performing') return { start: call.programs.perform() };
      call.command({ type: 'answer' });
      return {};
    }
    case 'asking':
      stop.push(...call.programs.unwind(plan.height + 1));
      call.requests.ask(plan.urls, plan.result);
      return {};
    case 'resuming':
      stop.push(...call.programs.unwind(plan.height, plan.finished));
      if (plan.leaves) call.around.queues.leave(call.id, 'left');
      return {};
    case 'waiting':
    case 'idling':
      stop.push(...call.programs.unwind(0, plan.finished));
      return {};
    case 'ending':
      blame(call, plan.ending);
      return {};
    case 'staying':
      return {};
    default:
      return plan satisfies never;
  }
}

/** What the customer should mend is told at once, not only in the record when the call has ended. */
function blame(call: LiveCall, ending: Ending): void {
  const { errorCode, errorMessage } = ending;
  if (errorCode && errorCode !== 'USER') call.problem(errorCode, errorMessage ?? '');
  call.endWith(ending);
}
