/** Which number or SIP domain an incoming call is for, and what it is to run. */
import type { Route } from '../../call/calls.ts';
import type { Store } from '../../store/store.ts';
import type { Incoming } from '../../telephony/network.ts';

export function routeOf(_store: Store, _incoming: Incoming): Route | undefined {
  return undefined;
}
