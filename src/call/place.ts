import { hasEnded } from './lifecycle.ts';
import type { LiveCall } from './live-call.ts';
import { targetOf } from './target.ts';

/** Calls out, once the attempt is committed. */
export function place(call: LiveCall): void {
  const { network, ledger, spending, handler } = call.around;
  if (call.record.state === 'queued' && spending.refuses(call)) return;
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
