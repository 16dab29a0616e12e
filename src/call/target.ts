import type { CallRecord } from '../records/call.ts';
import type { Target } from '../telephony/network.ts';

/** Whom the network is to call for this call, and how it shows itself; `own`: the headers of every invitation. */
export function targetOf(
  { to, from, callerId, transport, sipHeaders, callerName, options, hops }: CallRecord,
  own?: Readonly<Record<string, string>>,
): Target {
  return {
    to,
    from: callerId ?? from,
    transport,
    ...((own || sipHeaders) && { headers: { ...own, ...sipHeaders } }),
    ...(callerName !== undefined && { callerName }),
    ...(options?.sip && { sip: options.sip }),
    ...(hops && { hops }),
  };
}
