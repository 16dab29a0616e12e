import { instant } from './logic.ts';
import type { Written } from './verb.ts';

/** End the call. */
export interface HangUp extends Written {
  verb: 'hangUp';
}

export const hangUp = instant<HangUp>(() => ({ type: 'hangUp' }));
