import type { Attempt } from './dial-attempt.ts';
import { decide } from './dial-attempt.ts';
import type { DialDetails, DialStatus, Farewell, HandlerUrl, Result, VerbEvent } from './verb.ts';

type ChildEnded = Extract<VerbEvent, { type: 'child.ended' }>;
type Dialed = Extract<Result, { type: 'dialed' }>;

/** What a dial knows of itself when it is over. */
export interface Dialled {
  attempts: readonly Attempt[];
  /** Whoever accepted; empty when nobody did. */
  winner: string;
  /** The two have been joined. */
  bridged: boolean;
  recording?: string | undefined;
  /** Which of the two ended the conversation. */
  hungUpBy?: DialDetails['hungUpBy'] | undefined;
}

/** How a dial ended, and what is known of whoever was called. */
export function dialed(over: Dialled): Dialed {
  const { attempts, winner, bridged, recording, hungUpBy } = over;
  const last = attempts.findLast(({ call }) => call !== undefined)?.call;
  const end = attempts.find(({ call }) => call !== undefined && call === (winner || last))?.end;
  // How the invitation was answered, whatever came after.
  const sipCode = end?.sipCallId !== undefined && end.answeredMs !== undefined ? 200 : end?.sipCode;
  const answeredMs = end?.answeredMs ?? (winner === '' ? 0 : undefined);
  return {
    ...(winner === '' ? decide(attempts) : ({ type: 'dialed', status: 'completed', call: winner } as const)),
    statuses: attempts.map(({ call, status }) => (call === winner ? 'completed' : (status ?? 'notAnswered'))),
    ...(attempts.some(isRefused) && { sipCodes: attempts.map(({ end }) => end?.sipCode ?? 0) }),
    bridged,
    ...(last !== undefined && { last }),
    ...(answeredMs !== undefined && { answeredMs }),
    ...(recording !== undefined && { recording }),
    ...(sipCode !== undefined && { sipCode }),
    ...(end?.sipCallId !== undefined && { sipCallId: end.sipCallId }),
    ...(end?.headers && { headers: end.headers }),
    ...(end && { to: end.to }),
    ...(end?.by && { endedBy: end.by }),
    ...(hungUpBy && { hungUpBy }),
  };
}

const isRefused = ({ status, end }: Attempt): boolean => status === 'failed' && end?.sipCode !== undefined;

/** What the application is told when the caller has hung up, once everybody who was called has ended. */
export const toldAfterwards = (next: HandlerUrl, now: () => Dialled): Farewell => {
  return (endedSince, hungUp) => {
    const over = now();
    const attempts = endedSince.reduce(
      (all, end) => all.map((one) => (one.call === end.call ? { ...one, status: one.status ?? given(end), end } : one)),
      over.attempts,
    );
    const hungUpBy = over.bridged && hungUp?.by === 'farSide' ? 'caller' : undefined;
    return { urls: [next], result: dialed({ ...over, attempts, hungUpBy }) };
  };
};

/** Nobody had answered yet whom the caller has given up, unless an API has done so before. */
const given = ({ by }: ChildEnded): DialStatus => (by === 'api' ? 'canceled' : 'notAnswered');
