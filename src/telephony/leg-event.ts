/** What a finished recording holds. */
export interface RecordedAudio {
  /** After trimming. */
  ms: number;
  channels: 1 | 2;
  /** Nothing but silence was heard. */
  silent: boolean;
  /** Where the network has put the audio (a path, or an id of the store); absent when it keeps none. */
  file?: string;
  bytes?: number;
  /** What was said, when the network understands it; `channel` 0 is the leg itself, 1 the other side. */
  utterances: Utterance[];
}

export interface Utterance {
  channel: 0 | 1;
  offsetMs: number;
  ms: number;
  text: string;
}

/** Who or what has answered; a machine's greeting is known to be over by a beep, by silence, or otherwise. */
export type AnsweredBy =
  | 'human'
  | 'machine'
  | 'machineEndBeep'
  | 'machineEndSilence'
  | 'machineEndOther'
  | 'fax'
  | 'unknown';

/** How the far side of a leg came to an end. */
export type HangUpCause =
  /** A normal end after an answer, or a caller who gave up before. */
  | 'normal'
  | 'busy'
  | 'noAnswer'
  | 'rejected'
  /** The network could not reach the far side. */
  | 'unreachable'
  /** The call has come round too often. */
  | 'looped'
  | 'invalidNumber'
  /** The network failed. */
  | 'failed'
  | 'canceled';

export interface Statistics {
  meanOpinionScore?: number;
  roundTripMs?: number;
  jitterMs?: number;
  lostPackets?: number;
}

/**
 * What a leg tells. Plain data. Events of one leg come in order; `leg.hungUp` comes exactly once and nothing of the
 * leg after it.
 */
export type LegEvent =
  | { type: 'leg.ringing' }
  | { type: 'leg.earlyMedia' }
  /** `headers`: of the answer to the invitation of a SIP call. */
  | { type: 'leg.answered'; headers?: Readonly<Record<string, string>> }
  | { type: 'leg.pressed'; digit: string }
  /** Speech begins, or goes on with what has been understood so far: whoever counts silence stops counting. */
  | { type: 'leg.speaking'; text?: string }
  /** `confidence` from 0 to 1, when the network knows. */
  | { type: 'leg.spoke'; text: string; ms: number; confidence?: number }
  | { type: 'leg.machine'; id: string; kind: AnsweredBy; partial?: true }
  /** A stream is open; a transcription, or a recording elsewhere, goes on. */
  | { type: 'leg.forked'; id: string }
  /** What was said on one side, from 0 to 1 as sure; `partial`: so far. */
  | {
      type: 'leg.transcribed';
      id: string;
      track: 'received' | 'sent';
      text: string;
      confidence: number;
      partial?: true;
    }
  /** The far side has put us on hold, or come back. */
  | { type: 'leg.held' }
  | { type: 'leg.resumed' }
  /** `request`: how the far side has taken it; `transfer`: how it stands with the call it makes. */
  | { type: 'leg.referred'; id: string; of: 'request' | 'transfer'; status: number }
  /** One audio file of a `play` could not be had; the rest is played. */
  | { type: 'leg.skipped'; id: string; url: string; code: string; reason: string }
  | ({ type: 'leg.done'; id: string; reason?: DoneReason } & Length)
  | ({ type: 'leg.stopped'; id: string } & Length)
  | { type: 'leg.failed'; id: string; code: string; reason: string }
  | {
      type: 'leg.hungUp';
      by: 'farSide' | 'us' | 'network';
      cause: HangUpCause;
      sipCode?: number;
      /** Of the answer that refuses the invitation of a SIP call. */
      headers?: Readonly<Record<string, string>>;
      statistics?: Statistics;
      /** What the recordings hold that were running. */
      recorded?: readonly ({ id: string } & Length)[];
    };

/** Of a recording. */
export interface Length {
  ms?: number;
  /** What is left of it after trimming, as far as is known by now; absent when that is all of it. */
  trimmedMs?: number;
  /** Nothing but silence was heard, as far as is known by now. */
  silent?: true;
}

/** Why something that could have gone on for longer is done. */
export type DoneReason = 'silence' | 'maximum' | 'finished';
