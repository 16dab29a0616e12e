/** One thing that can be heard. `loops`: how often, 1 unless given, 0 until somebody stops it. */
export type Sound = { loops?: number } & (
  | { type: 'speech'; text: string; voice?: string; language?: string }
  | { type: 'audio'; url: string }
  /** Keypad tones, 100 ms each and 100 ms between; `w` is half a second of silence. */
  | { type: 'tones'; digits: string }
  | { type: 'silence'; ms: number }
  | { type: 'beep' }
);

/** Why a leg is refused or given up, in the words of the network. */
export type RejectCause =
  | 'notFound'
  | 'busy'
  | 'rejected'
  | 'noAnswer'
  | 'subscriberAbsent'
  | 'invalidNumber'
  | 'unavailable';

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

/**
 * What a leg can be told. Plain data. A command with an id takes time and ends in exactly one `done`, `stopped` or
 * `failed` with that id, or in the end of the leg. Commands to a dead leg do nothing (a recording is finished, empty).
 */
export type LegCommand =
  /** Let the caller hear ringing. */
  | { type: 'ring' }
  /** Open early media: what is played now is heard although nobody has answered. */
  | { type: 'progress' }
  | { type: 'answer' }
  | { type: 'reject'; cause: RejectCause }
  | { type: 'hangUp' }
  /**
   * Ends in `done` when everything has been played. An audio file that cannot be had is a `leg.skipped`, then the rest.
   * On a leg that nobody has answered, and without `progress`, the far side goes on hearing ringing meanwhile.
   */
  | { type: 'play'; id: string; sounds: readonly Sound[] }
  /** Ends the command of this id, whatever it is: `stopped` follows, unless it has ended already. */
  | { type: 'stop'; id: string }
  /** Keypad tones to the far side, 100 ms each and 100 ms between; `w` waits half a second. */
  | { type: 'sendDigits'; id: string; digits: string }
  /**
   * Records what the far side says (and, with two channels, what it hears). The leg ends it itself after `maxMs`, and
   * after `silenceMs` in which nothing was said. `done` says how long it was; the finished audio comes later as a
   * `Finished` of the network, under the same id, also when the leg has ended meanwhile.
   */
  | { type: 'record'; id: string; channels: 1 | 2; maxMs?: number; silenceMs?: number; trim: boolean }
  | { type: 'pauseRecording'; id: string }
  | { type: 'resumeRecording'; id: string }
  /** Reports speech as `spoke` events until stopped. */
  | { type: 'listen'; id: string; hints?: string }
  | { type: 'detectMachine'; id: string }
  /** Two-way audio with an application; fails with STREAM_NOT_OPEN when nobody has opened it. */
  | { type: 'stream'; id: string; name: string }
  | { type: 'transcribe'; id: string }
  | { type: 'refer'; id: string; to: string }
  /** The received fax comes as a `Finished` of the network, under the same id. */
  | { type: 'receiveFax'; id: string; timeoutMs: number }
  | { type: 'echo'; id: string }
  | { type: 'denoise'; on: boolean }
  | { type: 'siprec'; id: string; url: string };

/** How the far side of a leg came to an end. */
export type HangUpCause =
  /** A normal end after an answer, or a caller who gave up before. */
  | 'normal'
  | 'busy'
  | 'noAnswer'
  | 'rejected'
  /** The network could not reach the far side. */
  | 'unreachable'
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
  | { type: 'leg.answered' }
  | { type: 'leg.pressed'; digit: string }
  /** Speech begins: whoever counts silence stops counting. */
  | { type: 'leg.speaking' }
  | { type: 'leg.spoke'; text: string; ms: number }
  | { type: 'leg.machine'; id: string; kind: 'human' | 'machine' | 'fax' | 'unknown' }
  /** The far side has put us on hold, or come back. */
  | { type: 'leg.held' }
  | { type: 'leg.resumed' }
  | { type: 'leg.referred'; id: string; status: number }
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
      statistics?: Statistics;
    };

/** Of a recording. */
export interface Length {
  ms?: number;
  /** Nothing but silence was heard, as far as is known by now. */
  silent?: true;
}

/** Why something that could have gone on for longer is done. */
export type DoneReason = 'silence' | 'maximum' | 'finished';

/**
 * The telephony side of a call. A placed leg always ends, also when the network dies. A leg never calls its listener
 * from within `send`: events of a command come after it has returned.
 */
export interface Leg {
  readonly id: string;
  send(command: LegCommand): void;
}

export type LegListener = (event: LegEvent) => void;
