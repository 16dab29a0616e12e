import { isAnswered } from './lifecycle.ts';
import type { LiveCall } from './live-call.ts';
import { Opening } from './opening.ts';
import { limitTalk } from './talk-limit.ts';

/** The telephone that we call rings. */
export function rang(call: LiveCall): void {
  if (call.record.direction === 'incoming' || call.record.state !== 'starting') return;
  call.update({ state: 'ringing', ringTime: call.around.ledger.now() });
  call.tellParent({ type: 'child.ringing', call: call.id });
}

/**
 * Somebody has answered, with these headers where it is a SIP call. Gives what comes before everything else, if there is
 * something: until it is over nobody talks to them.
 */
export function pickedUp(call: LiveCall, responseHeaders?: Readonly<Record<string, string>>): Opening | undefined {
  // Somebody picked up while we were hanging up: nobody talks to them any more.
  if (isAnswered(call.record) || call.ending) return undefined;
  const answerTime = call.around.ledger.now();
  call.update({ state: 'inProgress', answerTime, ...(responseHeaders && { responseHeaders }) });
  call.around.spending.answered(call);
  if (call.recordingConfig?.trigger === 'answer') call.startRecording();
  const { sendDigits, machineDetection, maxMs } = call.record.options ?? {};
  if (maxMs !== undefined) limitTalk(call, maxMs);
  if (call.record.direction === 'outgoing' && (sendDigits || machineDetection)) return opened(call);
  call.tellParent({ type: 'child.answered', call: call.id });
  return undefined;
}

/** The ringing is over, and yet it is not answered for anybody. */
function opened(call: LiveCall): Opening {
  call.ringLimit.clear();
  const opening = new Opening(call, () => {
    call.send({ type: 'leg.answered' });
    call.tellParent({ type: 'child.answered', call: call.id });
  });
  opening.begin();
  return opening;
}
