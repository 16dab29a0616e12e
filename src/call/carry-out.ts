import type { CallEvent } from './call-event.ts';
import type { Ending } from './lifecycle.ts';
import type { LiveCall } from './live-call.ts';
import type { Performance } from './performance.ts';
import { type Plan, planFor } from './plan.ts';

/** Does what the plan for this event says; gives the performance that is to begin, if one is. */
export function carryOut(call: LiveCall, event: CallEvent): Performance | undefined {
  const plan = planFor(call, event);
  call.planned = undefined; // the same act may come again, and mean something else
  settle(call, event);
  replace(call, event);
  return follow(call, plan);
}

/** The verb that is over, if the event says so. */
function settle(call: LiveCall, event: CallEvent): void {
  if (event.type === 'act.stop') call.programs.stopActivity(event.activity);
  if (event.type !== 'verb.over') return;
  const known = call.programs.settle(event.name, event.outcome);
  if (!known) call.output({ type: 'dropped', what: event.type, epoch: call.epoch });
}

/** Somebody outside replaces the program: what it was doing is interrupted, and its answers are out of date. */
function replace(call: LiveCall, event: CallEvent): void {
  if (event.type !== 'act.replace' && event.type !== 'act.redirect') return;
  call.epoch++;
  call.requests.cancel();
  const told = call.programs.performances().flatMap(({ stage }) => stage.replaced?.([]) ?? []);
  call.programs.unwind(0, { finished: false, replaced: true });
  call.around.bridges.leave(call);
  for (const { urls, result } of told) call.requests.tell(urls, result);
}

function follow(call: LiveCall, plan: Plan): Performance | undefined {
  switch (plan.to) {
    case 'performing':
    case 'answering': {
      // Somebody above may have been asking.
      if (call.programs.stack.length > plan.height + 1) call.requests.cancel();
      call.programs.unwind(plan.height + 1);
      if (plan.load) call.programs.load(plan.height, plan.load, plan.requester);
      call.programs.top!.position = plan.position;
      if (plan.to === 'performing') return call.programs.perform();
      call.command({ type: 'answer' });
      return undefined;
    }
    case 'asking':
      call.programs.unwind(plan.height + 1);
      call.requests.ask(plan.urls, plan.result);
      return undefined;
    case 'resuming':
      call.requests.cancel();
      call.programs.unwind(plan.height, plan);
      if (plan.leaves) call.around.queues.leave(call.id, 'left');
      return undefined;
    case 'waiting':
    case 'idling':
      call.requests.cancel();
      call.programs.unwind(0, plan);
      return undefined;
    case 'ending':
      blame(call, plan.ending);
      return undefined;
    case 'staying':
      return undefined;
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
