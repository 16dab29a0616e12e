import { byUs, hasEnded } from './lifecycle.ts';
import type { LiveCall } from './live-call.ts';
import { targetOf } from './target.ts';

/** Calls out, once the attempt is committed. */
export function place(call: LiveCall): void {
  const { network, ledger, spending, handler } = call.around;
  if (call.record.state === 'queued' && (isRefused(call) || spending.refuses(call))) return;
  call.update({ state: 'starting', startTime: ledger.now() });
  ledger.after(() => {
    if (call.ending || hasEnded(call.record)) return;
    try {
      const own = call.record.transport === 'SIP' ? handler.invitationHeaders?.(call.record) : undefined;
      call.leg = network.place(call.id, targetOf(call.record, own), call.hearLeg);
      const { sipCallId } = call.leg;
      if (sipCallId !== undefined) ledger.turn(() => call.update({ sipCallId }));
    } catch (error) {
      ledger.turn(() => call.fail(error));
    }
  });
}

/** Its turn has come when its project may not call there any more: it ends, and this is true. */
function isRefused(call: LiveCall): boolean {
  const { ledger, refusalOf } = call.around;
  const { project, to } = call.record;
  const errorMessage = refusalOf(project, to);
  if (errorMessage === undefined) return false;
  const errorCode = 'CALL_NOT_PERMITTED';
  call.problem(errorCode, errorMessage);
  call.endWith(byUs('failed', { cause: 'unavailable', errorCode, errorMessage }));
  ledger.post(() => call.send({ type: 'letGo', reason: 'maximum' }));
  return true;
}
