import type { ErrorCode } from '../errors.ts';
import type { Leg, LegListener } from '../telephony/leg.ts';
import type { RejectCause } from '../telephony/leg-command.ts';
import type { Incoming } from '../telephony/network.ts';
import type { Ledger } from './ledger.ts';
import { withoutCaller } from './new-record.ts';
import type { Route } from './route.ts';

/** Why a call does not come in: what the network is told, and what whoever set things up. */
export interface Refusal {
  cause: RejectCause;
  code: ErrorCode;
  reason: string;
}

export const isRefusal = (found: Route | Refusal | undefined): found is Refusal =>
  found !== undefined && 'cause' in found;

/** Nobody has this number, or nobody has said what it does. */
export const noRoute = ({ to }: Incoming): Refusal => ({
  cause: 'notFound',
  code: 'CALL_NO_ROUTE',
  reason: `nothing is set up for calls to ${to}`,
});

export const tooMany = ({ to }: Incoming): Refusal => ({
  cause: 'unavailable',
  code: 'CALLS_LIMIT',
  reason: `the project of ${to} has as many live calls as it may`,
});

export const cameRound = ({ to, from }: Incoming, hops: number): Refusal => ({
  cause: 'looped',
  code: 'CALL_HOPS_LIMIT',
  reason: `the call from ${from} to ${to} has come in through own numbers ${hops} times, and no call may more often`,
});

/** Whether a call that is to run this has anything to run. */
export const leadsNowhere = ({ options, mode, program }: Route): boolean =>
  options.handlerUrls.length === 0 && mode !== 'api' && program === undefined;

/** Refuses a call that comes in: there is no record of it, only what the journal says. */
export function refuse(ledger: Ledger, incoming: Incoming, leg: Leg, { cause, code, reason }: Refusal): LegListener {
  ledger.turn(() => {
    ledger.input(leg.id, leg.id, { type: 'offered', incoming: withoutCaller(incoming) });
    ledger.output(leg.id, leg.id, { type: 'problem', code, message: reason });
    const command = { type: 'reject', cause } as const;
    ledger.output(leg.id, leg.id, { type: 'commanded', command });
    leg.send(command);
  });
  return (event) => ledger.turn(() => ledger.input(leg.id, leg.id, event));
}
