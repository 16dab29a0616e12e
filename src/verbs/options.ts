import type { Detection } from '../telephony/leg-command.ts';
import type { SipDetails } from '../telephony/network.ts';
import type { HandlerUrl } from './verb.ts';

export interface Origination {
  to: string;
  transport: 'PSTN' | 'SIP' | 'CLIENT';
  callerId?: string;
  callerName?: string;
  /** How long it may ring. */
  ringMs: number;
  headers?: Readonly<Record<string, string>>;
  /** Who hears of which states of the child. */
  stateCallback?: StateCallback;
  /** Keys to send once answered, before anything else is heard or asked. */
  sendDigits?: string;
  machineDetection?: MachineDetection;
  sip?: SipOptions;
}

/** Who hears of the states of a call, and of which. */
export interface StateCallback extends HandlerUrl {
  /** Every state when absent. */
  events?: readonly StateEvent[];
}

export type StateEvent = 'initiated' | 'ringing' | 'answered' | 'completed';

/** How a SIP address is called. */
export interface SipOptions extends SipDetails {
  /** The password, encrypted: for whoever places the call after a restart. */
  sealed?: string;
}

/** Who or what has answered is found out from what is heard first. */
export interface MachineDetection extends Omit<Detection, 'partial'> {
  /** `before`: no document is asked for until the verdict; `beside`: it is told to `callback`. */
  when: 'before' | 'beside';
  callback?: HandlerUrl;
  /** What is thought before the verdict is told too. */
  partialResults?: true;
}

export interface RecordingOptions {
  source: 'record' | 'call' | 'dial' | 'conference' | 'api';
  channels: 1 | 2;
  /** Whose voice: what is received, what is sent, or both (unless given). */
  track?: 'received' | 'sent' | 'both';
  /** Which of its states are told to `recordingReady`: `completed` unless given. */
  events?: readonly ('began' | 'completed' | 'empty')[];
  /** Where the audio is sent instead of being kept. */
  storage?: { url: string; method: 'POST' | 'PUT' };
  maxMs?: number;
  silenceMs?: number;
  trim: boolean;
  transcribe: boolean;
  recordingReady?: HandlerUrl;
  transcriptionReady?: HandlerUrl;
}
