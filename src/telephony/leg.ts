import type { LegCommand } from './leg-command.ts';
import type { LegEvent } from './leg-event.ts';

/**
 * The telephony side of a call. A placed leg always ends, also when the network dies. A leg never calls its listener
 * from within `send`: events of a command come after it has returned.
 */
export interface Leg {
  readonly id: string;
  /** By what name the far side knows a SIP call that we have placed. */
  readonly sipCallId?: string;
  send(command: LegCommand): void;
}

export type LegListener = (event: LegEvent) => void;
