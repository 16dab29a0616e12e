import type { Output } from '../../journal/journal.ts';
import type { MessageRecord } from '../../records/message.ts';
import type { Owed } from '../vendor.ts';
import type { Parameters } from './form.ts';
import { toOwed } from './owed.ts';
import { apiVersion } from './parameters.ts';
import { accountSid, sidOf } from './sids.ts';

/** Whether a text message could be sent (LaML 4.24). */
export function messageCallback(output: Output): Owed | undefined {
  if (output.type !== 'message.ended') return undefined;
  const { record } = output;
  const { id, project, callback, state, to, from, text } = record;
  if (!callback) return undefined;
  return toOwed('message', project, callback, {
    AccountSid: accountSid(project),
    ...senderOf(record),
    SmsSid: sidOf(id),
    SmsStatus: state,
    From: from,
    To: to,
    Body: text,
  });
}

/** A document has sent it, or somebody who knows the API of messages. */
const senderOf = ({ id, call, state, failure }: MessageRecord): Parameters =>
  call !== undefined
    ? { CallSid: sidOf(call) }
    : {
        ApiVersion: apiVersion,
        MessageSid: sidOf(id),
        MessageStatus: state,
        ErrorCode: failure === undefined ? undefined : String(unreachable),
        ErrorMessage: failure,
      };

/** The nearest of the vendor's numbers to whatever keeps a message from being delivered (LaML 7.2). */
export const unreachable = 21214;
