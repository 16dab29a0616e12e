import { isE164 } from './addresses.ts';
import { instant } from './logic.ts';
import type { HandlerUrl, Outcome, Result, Written } from './verb.ts';

/** Send a text message while the call goes on. */
export interface Message extends Written {
  verb: 'message';
  /** The far side unless given. */
  to?: string;
  /** Our side unless given. */
  from?: string;
  text: string;
  /** Hears whether it could be sent. */
  callback?: HandlerUrl;
  next?: HandlerUrl;
}

export const message = instant<Message>(({ instruction, stage }): Outcome => {
  const { text, callback, next } = instruction;
  const { call } = stage;
  const [far, ours] = call.direction === 'incoming' ? [call.from, call.to] : [call.to, call.from];
  const { to = far, from = ours } = instruction;
  const wrong = [to, from].find((address) => !isE164(address));
  const obstacle =
    wrong === undefined ? nothingToSend(text) : `${JSON.stringify(wrong)} is not an E.164 number with a plus`;
  if (obstacle !== undefined) stage.problem('MESSAGE_NOT_SENT', obstacle);
  const result: Result =
    obstacle === undefined
      ? { type: 'messaged', message: stage.sendText({ to, from, text }, callback), sent: true }
      : { type: 'messaged', sent: false };
  return next ? { type: 'request', urls: [next], result } : { type: 'continue', result };
});

const nothingToSend = (text: string): string | undefined => (text === '' ? 'there is nothing to send' : undefined);
