import type { ErrorCode } from '../../errors.ts';
import type { CallRecord } from '../../records/call.ts';
import type { HangUpCause } from '../../telephony/leg-event.ts';

/** Beside USER the vendor documents no codes; these are ours, in one place (VoiceML 4.6). */
const codes: Partial<Record<ErrorCode, string>> = {
  CALL_NO_ROUTE: 'NO_ROUTE',
  CALL_HOPS_LIMIT: 'LIMIT_REACHED',
  CALL_NUMBER_NOT_VALID: 'INVALID_NUMBER',
  CALL_CALLER_ID: 'INVALID_NUMBER',
  CALL_NETWORK: 'NETWORK_ERROR',
  CALL_NOT_PERMITTED: 'NOT_PERMITTED',
  CALLS_LIMIT: 'LIMIT_REACHED',
  CALL_FAMILY_LIMIT: 'LIMIT_REACHED',
  SPEND_LIMIT: 'LIMIT_REACHED',
  MINUTES_LIMIT: 'LIMIT_REACHED',
};

const causes: Partial<Record<HangUpCause, string>> = {
  unreachable: 'NO_ROUTE',
  looped: 'LIMIT_REACHED',
  invalidNumber: 'INVALID_NUMBER',
  failed: 'NETWORK_ERROR',
};

/** Ordinary ends: whatever the engine noted about them, the vendor shows only what the application said itself. */
const ordinary: ReadonlySet<CallRecord['state']> = new Set(['busy', 'notAnswered', 'rejected', 'canceled']);

/** The vendor's code for what went wrong with a call, if anything did. */
export function errorCodeOf({ errorCode, state, cause }: CallRecord): string | undefined {
  if (errorCode === undefined) return state === 'failed' && cause !== undefined ? causes[cause] : undefined;
  if (errorCode === 'USER') return 'USER';
  if (ordinary.has(state)) return undefined;
  return codes[errorCode] ?? byRoom(errorCode);
}

function byRoom(code: ErrorCode): string {
  if (/^(DOCUMENT|ELEMENT|ATTRIBUTE|TEXT)_/.test(code)) return 'INVALID_VOICEML';
  return /^(HANDLER|URL)_/.test(code) ? 'HANDLER_UNAVAILABLE' : 'INTERNAL';
}
