import type { Bridge } from './bridge.ts';
import type { Leg, LegListener, RecordedAudio } from './leg.ts';

/** Whom to call, and how we show ourselves. */
export interface Target {
  /** `+` E.164, or a SIP URI. */
  to: string;
  from: string;
  transport: 'PSTN' | 'SIP' | 'CLIENT';
  /** How long the network rings at most; absent: as long as it likes. */
  ringMs?: number;
  headers?: Readonly<Record<string, string>>;
}

/** A call that comes in. */
export interface Incoming {
  to: string;
  from: string;
  transport: 'PSTN' | 'SIP' | 'CLIENT';
  isPrivate?: boolean;
  callerName?: string;
  forwardedFrom?: string;
  sipCallId?: string;
  sipHeaders?: Readonly<Record<string, string>>;
}

/** What is finished later than the command that began it, also after the end of the leg. */
export type Finished =
  | { type: 'recording'; id: string; audio: RecordedAudio }
  | { type: 'recordingFailed'; id: string; reason: string }
  | { type: 'fax'; id: string; pages: number; file?: string };

/**
 * The telephone network. Laws: every leg that was placed or offered ends in exactly one `leg.hungUp`; listeners are
 * never called from within a command; every recording that was commanded ends in one `Finished`, an empty one if its
 * leg had ended already (who commands it may not know that yet), a fax only when received.
 */
export interface Network {
  /** Calls out. `id` is the id of the call that the leg belongs to. */
  place(id: string, target: Target, listener: LegListener): Leg;
  /** Who hears of calls that come in, and gives back the listener of the leg. The id of the leg is the network's. */
  onIncoming(offer: (incoming: Incoming, leg: Leg) => LegListener): void;
  onFinished(listener: (finished: Finished) => void): void;
  openBridge(id: string): Bridge;
  /** Of this recording, which a process before this one began, nobody will hear: what there is of it goes. */
  discard(recording: string): void;
}
