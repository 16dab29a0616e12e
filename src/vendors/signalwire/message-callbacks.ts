import type { Output } from '../../journal.ts';
import type { Owed } from '../vendor.ts';
import { toOwed } from './owed.ts';
import { accountSid, sidOf } from './sids.ts';

/** Whether a text message could be sent (LaML 4.24). */
export function messageCallback(output: Output): Owed | undefined {
  if (output.type !== 'message.ended') return undefined;
  const { id, call, project, callback, state, to, from, text } = output.record;
  if (!callback) return undefined;
  return toOwed('message', project, callback, {
    AccountSid: accountSid(project),
    CallSid: sidOf(call),
    SmsSid: sidOf(id),
    SmsStatus: state,
    From: from,
    To: to,
    Body: text,
  });
}
