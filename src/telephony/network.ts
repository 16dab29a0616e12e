import type { Bridge, BridgeListener } from './bridge.ts';
import type { Leg, LegListener } from './leg.ts';
import type { RecordedAudio } from './leg-event.ts';
import type { Secret } from './secret.ts';

/** Whom to call, and how we show ourselves. */
export interface Target {
  /** `+` E.164, or a SIP URI. */
  to: string;
  from: string;
  transport: 'PSTN' | 'SIP' | 'CLIENT';
  /** How long the network rings at most; absent: as long as it likes. */
  ringMs?: number;
  headers?: Readonly<Record<string, string>>;
  callerName?: string;
  sip?: SipDetails;
  /** How often the call has come in through numbers of ours already: goes along, so that it does not go round for ever. */
  hops?: number;
}

/** How a SIP address is called. */
export interface SipDetails {
  username?: string;
  password?: Secret;
  codecs?: readonly string[];
  sessionTimeoutMs?: number;
  transport?: 'udp' | 'tcp' | 'tls';
}

/** A text message to be sent. */
export interface TextMessage {
  to: string;
  from: string;
  text: string;
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
  /** The IP address it comes from, as far as the network knows. */
  sourceAddress?: string;
  /** As whom the caller has proved itself to the network. */
  sipUser?: string;
  /** How often it has come in through numbers of ours, this time included; 0 unless given. */
  hops?: number;
  /** The call of ours that was placed and comes in again here. */
  placed?: string;
}

/** What is finished later than the command that began it, also after the end of the leg. */
export type Finished =
  | { type: 'recording'; id: string; audio: RecordedAudio }
  | { type: 'recordingFailed'; id: string; reason: string }
  | { type: 'fax'; id: string; pages: number; file?: string }
  /** A text message was sent, or why it could not be. */
  | { type: 'message'; id: string; failure?: string };

/**
 * The telephone network. Laws: every leg that was placed or offered ends in exactly one `leg.hungUp`; listeners are
 * never called from within a command; every recording that was commanded ends in one `Finished`, an empty one if its
 * leg had ended already (who commands it may not know that yet), every text message too, a fax only when received.
 */
export interface Network {
  /** Calls out. `id` is the id of the call that the leg belongs to. */
  place(id: string, target: Target, listener: LegListener): Leg;
  /** Who hears of calls that come in, and gives back the listener of the leg. The id of the leg is the network's. */
  onIncoming(offer: (incoming: Incoming, leg: Leg) => LegListener): void;
  onFinished(listener: (finished: Finished) => void): void;
  openBridge(id: string, listener?: BridgeListener): Bridge;
  sendText(id: string, message: TextMessage): void;
  /** Of this recording, which a process before this one began, nobody will hear: what there is of it goes. */
  discard(recording: string): void;
}
