import type { RejectCause } from '../telephony/leg-command.ts';
import { instant } from './logic.ts';
import type { Written } from './verb.ts';

/** Refuse an incoming call that nobody has answered; an answered one is hung up. */
export interface Reject extends Written {
  verb: 'reject';
  cause: RejectCause;
  /** Kept as the call's error message. */
  message?: string;
}

export const reject = instant<Reject>(({ instruction: { cause, message } }) => ({
  type: 'reject',
  cause,
  ...(message !== undefined && { message }),
}));
