import type { HangUpCause, LegEvent } from '../leg-event.ts';

export type HungUp = Extract<LegEvent, { type: 'leg.hungUp' }>;

export const hungUp = (by: HungUp['by'], cause: HangUpCause, sipCode?: number): HungUp => ({
  type: 'leg.hungUp',
  by,
  cause,
  ...(sipCode !== undefined && { sipCode }),
});
