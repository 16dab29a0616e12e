import type { CallOptions } from '../records/call.ts';
import type { Incoming } from '../telephony/network.ts';
import type { Script } from '../telephony/simulated/script.ts';
import type { Flow, FlowNumber, TimedCall } from './flow.ts';
import { optionsOf } from './planned-options.ts';

/** A call of a flow, ready to be made. */
export interface PlannedCall {
  atMs: number;
  direction: 'incoming' | 'outgoing';
  /** Who calls whom. */
  incoming: Incoming;
  options: CallOptions;
  labels: Readonly<Record<string, string>>;
  caller: Script | undefined;
}

/** Numbers that nobody has: one for each side. */
const ours = '+61255501234';
const theirs = '+61491570006';

/** Fills in what a flow leaves out. */
export function planCall(call: TimedCall, flow: Flow, base: string): PlannedCall {
  const { at = 0, direction = 'incoming', labels = {}, caller } = call;
  return {
    atMs: at * 1000,
    direction,
    incoming: partiesOf(call, direction),
    options: optionsOf(call.options ?? {}, urlsOf(call, flow), base),
    labels,
    caller,
  };
}

/** What a call to a number of ours runs. */
export function optionsOfNumber(runs: string | FlowNumber, flow: Flow, base: string): CallOptions {
  const { options = {}, ...urls } = typeof runs === 'string' ? { url: runs } : runs;
  return optionsOf(options, urlsOf(urls, flow), base);
}

function urlsOf(call: TimedCall, flow: Flow): readonly string[] {
  if (call.urls) return call.urls;
  if (call.url !== undefined) return [call.url];
  return flow.urls ?? [flow.url ?? '/voice'];
}

function partiesOf(call: TimedCall, direction: PlannedCall['direction']): Incoming {
  const [to, from] = direction === 'incoming' ? [ours, theirs] : [theirs, ours];
  const { private: isPrivate, callerName, forwardedFrom, sipCallId, sipHeaders } = call;
  const parties = { to: call.to ?? to, from: call.from ?? from };
  const farSide = direction === 'incoming' ? parties.from : parties.to;
  return {
    ...parties,
    transport: call.transport ?? (/^sips?:/.test(farSide) ? 'SIP' : 'PSTN'),
    ...(isPrivate !== undefined && { isPrivate }),
    ...(callerName !== undefined && { callerName }),
    ...(forwardedFrom !== undefined && { forwardedFrom }),
    ...(sipCallId !== undefined && { sipCallId }),
    ...(sipHeaders && { sipHeaders }),
  };
}
