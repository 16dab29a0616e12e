import { instant } from './logic.ts';
import type { Written } from './verb.ts';

/** Leave the queue or conference above which this program runs. */
export interface Leave extends Written {
  verb: 'leave';
}

export const leave = instant<Leave>(() => ({ type: 'leave' }));
