import type { Sound } from '../telephony/sound.ts';
import { Dialing } from './dialing.ts';
import { lasting } from './logic.ts';
import type { HandlerUrl, MachineDetection, RecordingOptions, SipOptions, StateCallback, Written } from './verb.ts';

/** Call somebody else and join the two calls. */
export interface Dial extends Written {
  verb: 'dial';
  targets: readonly DialTarget[];
  /**
   * simultaneous: all ring, the first to accept wins · linear: one after the other until one accepts · failover: the
   * next one only when the one before could not be reached.
   */
  strategy: 'simultaneous' | 'linear' | 'failover';
  /** What the called party sees; the call's own caller ID unless given. */
  callerId?: string;
  /** How long a target may ring. */
  ringMs: number;
  /** How long the two may talk. */
  maxMs: number;
  /** What the caller hears instead of ringing, over and over. */
  ringAudio?: Sound;
  /** The ringing of this country, two letters, when there is no ring audio. */
  ringTone?: string;
  next?: HandlerUrl;
  /** `next` is asked too when the caller has hung up; the answer is ignored. */
  tellsEnd?: true;
  /** Who is asked when nobody was reached: further handlers of the call, of which none may be left. */
  otherwise?: readonly HandlerUrl[];
  /** When nobody was reached the call ends as the attempt to reach somebody did. */
  relays?: true;
  /** The key with which the caller ends the conversation, and goes on. */
  hangUpKey?: string;
  callerName?: string;
  /** Of the conversation, or of the ringing too. The caller is channel 1, the called party channel 2. */
  recording?: RecordingOptions & { from: 'ringing' | 'answer' };
}

export interface DialTarget {
  /** `+` E.164 or a SIP URI. */
  to: string;
  transport: 'PSTN' | 'SIP' | 'CLIENT';
  callerId?: string;
  ringMs?: number;
  /** Heard by the called party, who accepts with `key` within `timeoutMs` after it. */
  screen?: { sounds: readonly Sound[]; key: string; timeoutMs: number };
  /** Heard by the called party before the two are joined. */
  whisper?: readonly Sound[];
  /** The document of this URL runs on the called party, who accepts by hearing it to its end, and declines by hanging up. */
  consult?: HandlerUrl;
  sendDigits?: string;
  headers?: Readonly<Record<string, string>>;
  sip?: SipOptions;
  stateCallback?: StateCallback;
  machineDetection?: MachineDetection;
}

export const dial = lasting<Dial>((input, maximum) => new Dialing(input, maximum));
