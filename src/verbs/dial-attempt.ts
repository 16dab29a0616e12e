import type { ErrorCode } from '../errors.ts';
import { isE164, sipUri, withUser } from './addresses.ts';
import type { Dial, DialTarget } from './dial.ts';
import type { DialStatus, HandlerUrl, Program, Result, Stage, VerbEvent } from './verb.ts';

/** One target that was tried, in the order of the targets. */
export interface Attempt {
  /** Absent when no call could be made. */
  call?: string;
  /** Set once it is known that nobody accepted. */
  status?: DialStatus;
  /** What was told of its end. */
  end?: Extract<VerbEvent, { type: 'child.ended' }>;
}

interface Dialing {
  instruction: Dial;
  stage: Stage;
  attempts: readonly Attempt[];
  winner: string;
}

/** Whom to call when nobody rings any more: all, the next one, or nobody. */
export function nextTargets({
  instruction,
  attempts,
}: Pick<Dialing, 'instruction' | 'attempts'>): readonly DialTarget[] {
  const { strategy, targets } = instruction;
  const left = targets.slice(attempts.length);
  if (strategy === 'simultaneous') return left;
  const reached = strategy === 'failover' && (attempts.at(-1)?.status ?? 'failed') !== 'failed';
  return reached ? [] : left.slice(0, 1);
}

const callerIdFor = (stage: Stage, instruction: Dial, target: DialTarget): string | undefined =>
  target.callerId ?? instruction.callerId ?? stage.call.callerId;

/** What forbids to call a target: its address, or the caller ID. */
export function obstacle(
  stage: Stage,
  instruction: Dial,
  target: DialTarget,
): { code: ErrorCode; reason: string } | undefined {
  const { to, transport } = target;
  if (transport === 'PSTN' && !isE164(to)) {
    const reason = `${JSON.stringify(to)} is neither an E.164 number with a plus nor a SIP URI`;
    return { code: 'CALL_NUMBER_NOT_VALID', reason };
  }
  if (transport === 'SIP' && !sipUri(to))
    return { code: 'CALL_NUMBER_NOT_VALID', reason: `${JSON.stringify(to)} is not a SIP URI` };
  if (transport === 'CLIENT' && /^[a-z]+:$/.test(to))
    return { code: 'CALL_NUMBER_NOT_VALID', reason: `${JSON.stringify(to)} names nobody` };
  const callerId = callerIdFor(stage, instruction, target);
  if (transport !== 'PSTN' || isE164(callerId ?? '')) return undefined;
  const found = callerId === undefined ? 'none is given and the call has none' : `${JSON.stringify(callerId)} is none`;
  return { code: 'CALL_CALLER_ID', reason: `to call ${to}, a caller ID in E.164 with a plus is needed: ${found}` };
}

/** Makes the child call of a target, unless something forbids it. */
export function attempt(stage: Stage, instruction: Dial, target: DialTarget): Attempt {
  const found = obstacle(stage, instruction, target);
  if (found) {
    stage.problem(found.code, found.reason);
    return { status: 'failed' };
  }
  const callerId = callerIdFor(stage, instruction, target);
  const { callerName } = instruction;
  const { headers, sip, sendDigits, stateCallback, machineDetection } = target;
  const call = stage.originate({
    to: target.transport === 'SIP' ? withUser(target.to, stage.call.to) : target.to,
    transport: target.transport,
    ringMs: target.ringMs ?? instruction.ringMs,
    ...(callerId !== undefined && { callerId }),
    ...(callerName !== undefined && { callerName }),
    ...(headers && { headers }),
    ...(sip && { sip }),
    ...(sendDigits !== undefined && { sendDigits }),
    ...(stateCallback && { stateCallback }),
    ...(machineDetection && { machineDetection }),
  });
  return { call };
}

/** Somebody else has accepted: this one stops ringing. */
export function cancel(stage: Stage, other: Attempt, winner: string): Attempt {
  if (other.call === undefined || other.call === winner || other.status !== undefined) return other;
  stage.hangUp(other.call, 'canceled');
  return { ...other, status: 'canceled' };
}

export const ended = (attempts: readonly Attempt[], call: string, status: DialStatus): readonly Attempt[] =>
  attempts.map((tried) => (tried.call === call && tried.status === undefined ? { ...tried, status } : tried));

/** The call of this attempt has ended: how, is known when its result is asked for. */
export const noted = (attempts: readonly Attempt[], end: NonNullable<Attempt['end']>): readonly Attempt[] =>
  attempts.map((tried) => (tried.call === end.call ? { ...tried, end } : tried));

/** What a child that answered and has gone before it was joined counts as: one that heard a document has declined by hanging up. */
export const statusOfGone = (dialing: Dialing, call: string): DialStatus =>
  targetOf(dialing, call)?.consult ? 'notAnswered' : 'rejected';

/** The document that the called party hears first, and accepts by hearing it to its end. */
export const consultOf = (dialing: Dialing, call: string): HandlerUrl | undefined => targetOf(dialing, call)?.consult;

/** What a called party who did not press the right key counts as. */
export const statusOfScreened = (result: Result): DialStatus =>
  result.type === 'digits' && result.digits === '' && result.reason === 'timeout' ? 'notAnswered' : 'rejected';

const targetOf = ({ instruction, attempts }: Dialing, call: string): DialTarget | undefined =>
  instruction.targets[attempts.findIndex((tried) => tried.call === call)];

/** Asks the called party to accept. */
export function screening(dialing: Dialing, call: string): Program | undefined {
  const screen = targetOf(dialing, call)?.screen;
  if (!screen) return undefined;
  const { sounds, timeoutMs } = screen;
  return {
    url: '',
    purpose: 'whisper',
    instructions: [{ verb: 'gather', answers: false, prompts: sounds, maxDigits: 1, stopKey: '', timeoutMs }],
  };
}

/** Has the called party pressed the key that accepts? */
export function accepts({ instruction, attempts }: Dialing, call: string, result: Result): boolean {
  const index = attempts.findIndex((tried) => tried.call === call && tried.status === undefined);
  const screen = instruction.targets[index]?.screen;
  return screen !== undefined && result.type === 'digits' && result.digits === screen.key;
}

/** What the called party hears before the two are joined. */
export function whisper(dialing: Dialing): Program | undefined {
  const sounds = targetOf(dialing, dialing.winner)?.whisper;
  if (!sounds || sounds.length === 0) return undefined;
  return { url: '', purpose: 'whisper', instructions: [{ verb: 'play', answers: false, sounds }] };
}

const best: readonly DialStatus[] = ['busy', 'rejected', 'notAnswered', 'canceled', 'failed'];

/** When nobody was joined: the attempt that tells most about why. */
export function decide(attempts: readonly Attempt[]): Extract<Result, { type: 'dialed' }> {
  for (const status of best) {
    const found = attempts.find((tried) => tried.status === status);
    if (found) return { type: 'dialed', status, ...(found.call !== undefined && { call: found.call }) };
  }
  return { type: 'dialed', status: 'failed' };
}
