import type { ErrorCode } from '../errors.ts';
import type { CallRecord } from '../records/call.ts';
import type { Surroundings } from './surroundings.ts';

/** Why a child must not be called, in a family that has had so many calls; undefined when it may. */
export function obstacleTo(
  { admission, refusalOf, limits, spending }: Surroundings,
  { project, to, family }: CallRecord,
  made: number,
): { errorCode: ErrorCode; errorMessage: string } | undefined {
  const refusal = refusalOf(project, to);
  if (refusal !== undefined) return { errorCode: 'CALL_NOT_PERMITTED', errorMessage: refusal };
  const most = limits().family;
  if (made >= most)
    return {
      errorCode: 'CALL_FAMILY_LIMIT',
      errorMessage: `a call and the calls it originated may be ${most} at most`,
    };
  if (!admission.mayBegin(project))
    return { errorCode: 'CALLS_LIMIT', errorMessage: 'as many calls of the project are live as may be' };
  return spending.obstacleTo(project, family);
}
