import type { CallRecord } from '../../records/call.ts';

/** A call as this API shows it: in the engine's own words, without its options. */
export function callView(call: CallRecord): object {
  const { id, family, originatingCall, to, from, transport, direction, state } = call;
  const { endedBy, cause, errorCode, errorMessage, labels } = call;
  return {
    id,
    family,
    ...(originatingCall !== undefined && { originatingCall }),
    to,
    from,
    transport,
    direction,
    state,
    ...timesOf(call),
    ...(endedBy !== undefined && { endedBy }),
    ...(cause !== undefined && { cause }),
    ...(errorCode !== undefined && { errorCode }),
    ...(errorMessage !== undefined && { errorMessage }),
    labels,
  };
}

function timesOf({ createTime, answerTime, endTime }: CallRecord) {
  return {
    createTime: iso(createTime),
    ...(answerTime !== undefined && { answerTime: iso(answerTime) }),
    ...(endTime !== undefined && { endTime: iso(endTime) }),
  };
}

export const iso = (instant: number): string => new Date(instant).toISOString();
