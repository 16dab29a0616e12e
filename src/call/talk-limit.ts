import { Alarm } from '../clock.ts';
import type { CallChange } from '../journal/act.ts';
import type { LiveCall } from './live-call.ts';

/** After so long the call is over, whoever is talking. */
export function limitTalk(call: LiveCall, ms: number): void {
  call.talkLimit?.clear();
  call.talkLimit = new Alarm(call.clock, () => call.send({ type: 'letGo', reason: 'maximum' }));
  call.talkLimit.set(ms);
}

/** Somebody outside wants a call otherwise than it was when it was made. */
export function changeCall(call: LiveCall, { fallback, stateCallback, maxMs }: CallChange): void {
  const { options = { handlerUrls: [], ringMs: call.ringMs }, answerTime } = call.record;
  const told = stateCallback && { ...options.stateCallback, ...stateCallback };
  call.update({
    options: {
      ...options,
      ...(fallback && { fallback }),
      ...(told && { stateCallback: told }),
      ...(maxMs !== undefined && { maxMs }),
    },
  });
  if (maxMs !== undefined && answerTime !== undefined)
    limitTalk(call, Math.max(0, answerTime + maxMs - call.around.ledger.now()));
}
