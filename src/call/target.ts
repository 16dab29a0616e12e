import type { CallRecord } from '../records.ts';
import type { Target } from '../telephony/network.ts';

/** Whom the network is to call for this call, and how it shows itself. */
export function targetOf({ to, from, callerId, transport, sipHeaders, callerName, options, hops }: CallRecord): Target {
  return {
    to,
    from: callerId ?? from,
    transport,
    ...(sipHeaders && { headers: sipHeaders }),
    ...(callerName !== undefined && { callerName }),
    ...(options?.sip && { sip: options.sip }),
    ...(hops && { hops }),
  };
}
