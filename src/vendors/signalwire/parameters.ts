import type { AnsweredBy, CallRecord } from '../../records/call.ts';
import { callStatus } from './call-status.ts';
import type { Parameters } from './form.ts';
import { accountSid, sidOf } from './sids.ts';

export const apiVersion = '2010-04-01';

/** What every request and callback about a call carries (LaML 3.2). */
export function standardParameters(call: CallRecord): Parameters {
  return {
    CallSid: sidOf(call.id),
    AccountSid: accountSid(call.project),
    ApiVersion: apiVersion,
    From: shownFrom(call),
    To: shownTo(call),
    CallStatus: callStatus(call),
    Direction: directionOf(call),
    ParentCallSid: call.originatingCall && sidOf(call.originatingCall),
    ForwardedFrom: call.forwardedFrom,
    CallerName: call.direction === 'incoming' ? call.callerName : undefined,
    ...(call.transport === 'SIP' && sipParameters(call)),
  };
}

/** The names that tell how it stands with a call; whatever else a request carries has just been found out. */
export const isStandard = (name: string): boolean => names.has(name) || name.startsWith('SipHeader_');

const names: ReadonlySet<string> = new Set(
  'CallSid AccountSid ApiVersion From To CallStatus Direction ParentCallSid ForwardedFrom CallerName SipCallId SipDomain SipUser'.split(
    ' ',
  ),
);

/** The long form, for requests and callbacks; bodies of the API say only `inbound` and `outbound`. */
function directionOf({ direction, createMethod }: CallRecord): 'inbound' | 'outbound-api' | 'outbound-dial' {
  if (direction === 'incoming') return 'inbound';
  return createMethod === 'parentCall' ? 'outbound-dial' : 'outbound-api';
}

/** Who is called, and who calls: nobody learns whose call it is who wants it private. */
export const shownTo = (call: CallRecord): string => addressed(call.to, call, 'outgoing');

export function shownFrom(call: CallRecord): string {
  const isHidden = call.from === '' || (call.isPrivate && call.transport === 'PSTN');
  return isHidden ? 'anonymous' : addressed(call.from, call, 'incoming');
}

/** The name of a client has `client:` before it; `side` is the direction of calls on whose far side the address is. */
function addressed(address: string, { transport, direction }: CallRecord, side: CallRecord['direction']): string {
  const isClient = transport === 'CLIENT' && direction === side && !/^(\+|[a-z]+:)/.test(address);
  return isClient ? `client:${address}` : address;
}

/** The headers are those of the far side: of its invitation, or of its answer to ours. */
function sipParameters({ sipCallId, sipHeaders, responseHeaders, to, direction }: CallRecord): Parameters {
  if (direction === 'outgoing') return { SipCallId: sipCallId, ...xHeaders('SipHeader_', responseHeaders ?? {}) };
  const address = /^sips?:(?:([^@;?]*)@)?([^;?:>]+)/.exec(to);
  return {
    SipCallId: sipCallId,
    SipDomain: address?.[2],
    SipUser: address?.[1],
    ...xHeaders('SipHeader_', sipHeaders ?? {}),
  };
}

/** One parameter for each header that is an application's own. */
export function xHeaders(prefix: string, headers: Readonly<Record<string, string>>): Parameters {
  const own = Object.entries(headers).filter(([name]) => /^x-/i.test(name));
  return Object.fromEntries(own.map(([name, value]) => [prefix + name, value]));
}

/** From which direction the end of a call came; the network is on neither side. */
export function directionOfEnd(endedBy: CallRecord['endedBy']): 'inbound' | 'outbound' | undefined {
  if (endedBy === undefined || endedBy === 'network') return undefined;
  return endedBy === 'farSide' ? 'inbound' : 'outbound';
}

/** Who has answered and how long it took to know (LaML 5.5). */
export function answeredParameters(call: CallRecord): Parameters {
  const { answeredBy } = call;
  if (!answeredBy) return {};
  return {
    AnsweredBy: answerers[answeredBy.kind],
    MachineDetectionDuration: String(Math.round(answeredBy.ms)),
  };
}

const answerers: Readonly<Record<AnsweredBy, string>> = {
  human: 'human',
  machine: 'machine_start',
  machineEndBeep: 'machine_end_beep',
  machineEndSilence: 'machine_end_silence',
  machineEndOther: 'machine_end_other',
  fax: 'fax',
  unknown: 'unknown',
};
