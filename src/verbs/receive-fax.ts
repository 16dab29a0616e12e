import { waiting } from './logic.ts';
import type { HandlerUrl, Outcome, Result, Written } from './verb.ts';

/** Receive a fax: it may take a while, and none may come. */
export interface ReceiveFax extends Written {
  verb: 'receiveFax';
  /** How long to wait for fax tones. */
  timeoutMs: number;
  ready?: HandlerUrl;
  next?: HandlerUrl;
}

export const receiveFax = waiting<ReceiveFax, string>(
  ({ instruction: { timeoutMs, ready }, stage }) => ({
    memory: stage.receiveFax({ timeoutMs, ...(ready && { ready }) }),
  }),
  (event, id, { instruction }) => {
    if (event.type === 'leg.done' && event.id === id) return over(instruction, { type: 'faxed', fax: id });
    if (event.type === 'leg.failed' && event.id === id)
      return over(instruction, { type: 'faxed' }, { type: 'failed', code: 'FAX_NOT_RECEIVED', reason: event.reason });
    return undefined;
  },
);

const over = ({ next }: ReceiveFax, result: Result, otherwise: Outcome = { type: 'continue', result }): Outcome =>
  next ? { type: 'request', urls: [next], result } : otherwise;
