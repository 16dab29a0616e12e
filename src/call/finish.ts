import type { LegEvent } from '../telephony/leg-event.ts';
import { childEnded, endOf } from './lifecycle.ts';
import type { LiveCall } from './live-call.ts';
import { charged } from './spending.ts';

/** The leg is gone, or never was: the final state, and nothing is left behind. */
export function finish(call: LiveCall, event: Extract<LegEvent, { type: 'leg.hungUp' }>): void {
  const { bridges, checkouts, forks, ledger, spending, farewells, find } = call.around;
  const bridge = bridges.forget(call);
  forks.over(call.id);
  checkouts.over(call);
  const endTime = ledger.now();
  const recording = call.measured?.();
  const recorded = recording && { recording };
  call.update({ ...endOf(call.record, event, call.ending), endTime, ...charged(call.record, endTime), ...recorded });
  spending.ended(call.record, call);
  const ended = childEnded(call.record);
  // Before it is told that the call has left its bridge: that it has ended says more.
  call.tellParent(ended);
  bridges.leave(call, bridge);
  for (const { farewell, children } of call.farewells) {
    const live = children.filter((child) => find(child));
    farewells.owe(call, farewell, live, event);
  }
  farewells.ended(ended);
  call.around.forget(call);
}
