import type { CallOptions, CallRecord } from '../records/call.ts';
import type { Incoming } from '../telephony/network.ts';
import type { Origination } from '../verbs/verb.ts';

/** What every new call has, before anything is known of it. */
export const blank = (id: string, now: number) =>
  ({ id, family: id, createTime: now, updateTime: now, labels: {}, bridged: false, mode: 'document' }) as const;

type Routed = Pick<CallRecord, 'project' | 'dialect' | 'fromLocation' | 'fromZone'> & {
  options: CallOptions;
  mode?: CallRecord['mode'];
};

/** What its route says of it, and nothing else that a route may hold. */
export const routed = ({ project, dialect, options, mode, fromLocation, fromZone }: Routed) =>
  ({
    project,
    dialect,
    options,
    mode: mode ?? 'document',
    ...(fromLocation && { fromLocation }),
    ...(fromZone !== undefined && { fromZone }),
  }) as const;

/** What the call keeps of how it comes in: not which call it was before, which may be that of another project. */
export function withoutCaller(incoming: Incoming): Incoming {
  if (incoming.placed === undefined) return incoming;
  const { placed: _, ...rest } = incoming;
  return rest;
}

/** A call that comes in. */
export function arrived(incoming: Incoming, route: ReturnType<typeof routed>, id: string, now: number): CallRecord {
  const { sourceAddress: _, sipUser: __, ...told } = incoming;
  return {
    ...blank(id, now),
    ...told,
    ...route,
    direction: 'incoming',
    createMethod: 'incomingCall',
    state: 'starting',
    startTime: now,
  };
}

/** A call that another one makes. */
export function childOf(parent: CallRecord, child: Origination, id: string, now: number): CallRecord {
  const { project, dialect, family } = parent;
  const { stateCallback, sendDigits, machineDetection, sip } = child;
  const options = {
    handlerUrls: [],
    ringMs: child.ringMs,
    ...(stateCallback && { stateCallback }),
    ...(sendDigits !== undefined && { sendDigits }),
    ...(machineDetection && { machineDetection }),
    ...(sip && { sip }),
  };
  return {
    ...blank(id, now),
    project,
    dialect,
    family,
    to: child.to,
    from: child.callerId ?? '',
    transport: child.transport,
    direction: 'outgoing',
    createMethod: 'parentCall',
    originatingCall: parent.id,
    state: 'starting',
    ...(child.callerName !== undefined && { callerName: child.callerName }),
    ...(child.headers && { sipHeaders: child.headers }),
    ...(parent.hops !== undefined && { hops: parent.hops }),
    ...(Object.keys(options).length > 2 && { options }),
  };
}
